import CommuneField from '#modules/territory/ui/CommuneField.svelte';
import { wake } from '#platform/ui/wake.ts';

/** A page whose only life is its field for a commune. */
await wake({ CommuneField });
