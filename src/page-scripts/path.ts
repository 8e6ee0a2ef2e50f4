import { openApp, openIfAwaited } from '#modules/journey/ui/open-app.ts';

/** A family's path: the application comes when it is wanted, the worker at once, so that the next visit needs no network. */
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');

document.querySelector('[data-path="start"] a')?.addEventListener('click', (event) => {
  event.preventDefault();
  history.replaceState(null, '', '#commencer');
  void openApp();
});
await openIfAwaited();
if (import.meta.env.PROD) void navigator.serviceWorker?.register('/service-worker.js', { type: 'module' });
// Browser tests wait for this mark before they type.
document.documentElement.dataset.hydrated = '';
