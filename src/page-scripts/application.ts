import { autosave, partPage } from '#modules/calls/device/index.ts';
import CommuneField from '#modules/territory/ui/CommuneField.svelte';
import { wake } from '#platform/ui/wake.ts';

/** A part of an application: it is kept as it is typed, and shows what others write of it. */
if (document.querySelector('[data-island]')) await wake({ CommuneField });
else document.documentElement.dataset.hydrated = '';
const page = partPage();
if (page) autosave(page);
