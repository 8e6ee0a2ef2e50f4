import { mount } from 'svelte';
import Screening from '../ui/Screening.svelte';

/**
 * The whole script of the pages that offer the questionnaire: they bring no other (`csr = false`), so that they weigh half
 * as much, ask for nothing once open, and leave the storage of the browser alone. Its data stands in the page.
 */
const place = document.querySelector<HTMLElement>('[data-questionnaire]');

const data = place?.querySelector('script')?.textContent;

if (place && data) {
  // Telephones that do not know `Temporal` receive it before the first question.
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
  const props = JSON.parse(data);
  const only = (name: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`[data-only="${name}"]`)];
  for (const element of only('without-script')) element.remove();
  place.replaceChildren();
  mount(Screening, {
    target: place,
    props: {
      ...props,
      onscreen: (screen: unknown) => {
        for (const element of only('start')) element.hidden = screen !== 'start';
      },
    },
  });
  document.documentElement.dataset.hydrated = '';
}
