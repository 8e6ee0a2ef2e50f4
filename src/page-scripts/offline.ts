import Offline from '#modules/directory/ui/Offline.svelte';
import { wake } from '#platform/ui/wake.ts';

/** A département kept on the device. */
await wake({ Offline });
