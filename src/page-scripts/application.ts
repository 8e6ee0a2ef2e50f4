import { autosave, partPage } from '#modules/calls/device/index.ts';

/** A part of an application: it is kept as it is typed, and shows what others write of it. */
if (document.querySelector('[data-island]')) {
  const [{ default: CommuneField }, { wake }] = await Promise.all([
    import('#modules/territory/ui/CommuneField.svelte'),
    import('#platform/ui/wake.ts'),
  ]);
  await wake({ CommuneField });
} else document.documentElement.dataset.hydrated = '';
const page = partPage();
if (page) autosave(page);
