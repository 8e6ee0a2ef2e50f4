import ReceivedCard from '#modules/journey/ui/ReceivedCard.svelte';
import { wake } from '#platform/ui/wake.ts';

/** The card that a parent sent, read behind the `#` of the link. */
await wake({ ReceivedCard });
