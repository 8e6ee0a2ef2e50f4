import type { Reroute, Transport } from '@sveltejs/kit/hooks';
import { localesOf, readAddress } from '#messages/locale.ts';
import { unsentTransport } from '#platform/unsent.ts';

/**
 * `/en/aide` and `/ar/aide` are the route of `/aide`. A page without that translation is left as it is, so that it is
 * not found rather than French under a foreign address.
 */
export const reroute: Reroute = ({ url }) => {
  const { locale, path } = readAddress(url.pathname);
  return locale !== 'fr' && localesOf(path).includes(locale) ? path : undefined;
};

export const transport: Transport = { unsent: unsentTransport };
