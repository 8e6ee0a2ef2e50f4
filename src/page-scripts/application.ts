import CommuneField from '#modules/territory/ui/CommuneField.svelte';
import { wake } from '#platform/ui/wake.ts';

await wake({ CommuneField });
