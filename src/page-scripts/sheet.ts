import SheetMaker from '#modules/directory/ui/SheetMaker.svelte';
import { wake } from '#platform/ui/wake.ts';

/** A sheet for a family, made and read on the device. */
await wake({ SheetMaker });
