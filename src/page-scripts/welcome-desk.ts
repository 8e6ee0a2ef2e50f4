import WelcomeDesk from '#modules/houses/ui/WelcomeDesk.svelte';
import { wake } from '#platform/ui/wake.ts';

/** The welcome desk of a Maison: touches are kept on the device until they are sent. */
await wake({ WelcomeDesk });
