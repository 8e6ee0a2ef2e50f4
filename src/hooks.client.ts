import type { ClientInit } from '@sveltejs/kit/hooks';

/** Telephones that do not know `Temporal` receive it before the page starts; the others do not load it. */
export const init: ClientInit = async () => {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
};
