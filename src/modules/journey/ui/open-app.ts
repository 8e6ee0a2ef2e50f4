import { hasPath } from '../device/database.ts';
import { asksForView } from './address.ts';
import type { Parts } from './path.svelte.ts';

/**
 * Opens the path in place of what the server drew: when somebody starts one, comes back to one, or follows a link to a
 * view. Until then the application is not even fetched.
 */
export const openApp = async (): Promise<void> => {
  const [intro, app, trouble] = ['intro', 'app', 'trouble'].map((name) =>
    document.querySelector<HTMLElement>(`[data-path="${name}"]`),
  );
  if (!intro || !app || !trouble) return;
  try {
    const [{ mountPath }, parts, sharing] = await Promise.all([
      import('./mount-path.ts'),
      fetchParts(),
      isShared() ? import('./SharedScreen.svelte') : undefined,
    ]);
    intro.remove();
    mountPath(app, parts, sharing?.default);
  } catch {
    trouble.hidden = false;
  }
};

/** Opens at once for whoever has a path here, or came by a link to a view. */
export const openIfAwaited = async (): Promise<void> => {
  if (asksForView(location.hash) || isShared() || (await hasPath())) await openApp();
};

const isShared = (): boolean => new URLSearchParams(location.search).has('ecran-partage');

const fetchParts = async (): Promise<Parts> => {
  const answer = await fetch('/mon-parcours/reperes.json');
  if (!answer.ok) throw new Error(`the schedule is answered ${answer.status}`);
  return answer.json();
};
