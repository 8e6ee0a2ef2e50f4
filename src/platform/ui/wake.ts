import { type Component, hydrate } from 'svelte';

/** Components by the name that `Island.svelte` gives them. Each receives its props from the page, unread here. */
// biome-ignore lint/suspicious/noExplicitAny: the page gives each component the props of its own type.
type Islands = Readonly<Record<string, Component<any>>>;

/** Wakes the islands of a page: what the server drew takes its events, keeping what was typed meanwhile. */
export const wake = async (islands: Islands): Promise<void> => {
  // Telephones that do not know `Temporal` receive it first.
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
  for (const place of document.querySelectorAll<HTMLElement>('[data-island]')) {
    const component = islands[place.dataset.island ?? ''];
    if (component) hydrate(component, { target: place, props: JSON.parse(place.dataset.props ?? '{}') });
  }
  // Browser tests wait for this mark before they type.
  document.documentElement.dataset.hydrated = '';
};
