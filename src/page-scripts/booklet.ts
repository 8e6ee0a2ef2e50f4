import Print from '#modules/library/ui/Print.svelte';
import { wake } from '#platform/ui/wake.ts';
import BookletPage from '../routes/livret/BookletPage.svelte';

/** A booklet for a moment or for chosen articles; a choice made here stays on the device. */
await wake({ BookletPage, Print });
