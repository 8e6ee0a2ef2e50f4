import { wake } from '#platform/ui/wake.ts';
import Library from '../routes/s-informer/Library.svelte';

/** The library: search by words, subject and moment, on the device when it can. */
await wake({ Library });
