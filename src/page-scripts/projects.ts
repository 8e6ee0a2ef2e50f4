import CommuneField from '#modules/territory/ui/CommuneField.svelte';
import Share from '#platform/ui/Share.svelte';
import { wake } from '#platform/ui/wake.ts';

/** The list of projects, and one project. */
await wake({ CommuneField, Share });
