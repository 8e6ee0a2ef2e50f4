import Here from '#modules/directory/ui/Here.svelte';
import MapToggle from '#modules/directory/ui/MapToggle.svelte';
import PrintButton from '#modules/directory/ui/PrintButton.svelte';
import CommuneField from '#modules/territory/ui/CommuneField.svelte';
import Share from '#platform/ui/Share.svelte';
import { wake } from '#platform/ui/wake.ts';

/** What is near: the field of the commune, the position, the map; a place: to pass on, to print. */
await wake({ CommuneField, Here, MapToggle, PrintButton, Share });
