import ArticleTools from '#modules/library/ui/ArticleTools.svelte';
import Share from '#platform/ui/Share.svelte';
import { wake } from '#platform/ui/wake.ts';

/** An article, or one essential message: to hear, to print, to keep, to pass on. */
await wake({ ArticleTools, Share });
