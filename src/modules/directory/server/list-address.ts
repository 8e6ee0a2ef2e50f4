import { z } from 'zod';
import { type Commune, communeAsked, type TerritoryIndex } from '#modules/territory/index.ts';
import type { GeocodeAnswer } from '#modules/territory/server/index.ts';
import { type OfferParameters, offerParameters } from './parameters.ts';

/** What the page's address says, in what the API understands. What cannot be read is left out, never refused. */
export interface ListAddress {
  /** What was typed, as it was typed. */
  readonly typed: string;
  readonly place:
    | { readonly state: 'none' }
    | { readonly state: 'unknown' }
    | { readonly state: 'several'; readonly choices: readonly Commune[] }
    | { readonly state: 'commune'; readonly commune: Commune }
    | { readonly state: 'point'; readonly label: string | undefined };
  readonly parameters: OfferParameters & { readonly cursor?: string | undefined };
  readonly when: 'now' | 'evening' | 'saturday' | undefined;
  /** The parameters of the address, by name: to write other addresses of the same list. */
  readonly texts: Readonly<Record<string, string>>;
}

const filterNames = [
  ...['priority', 'kind', 'stage', 'audience', 'mode', 'language', 'access', 'cost', 'q', 'open', 'radius'],
] as const;
export const moments = ['now', 'evening', 'saturday'] as const;

/**
 * Reads the address of the list. `code` is the INSEE code that the field proposed, `commune` what was typed, `near` a
 * position; `quand` a moment in words. `geocode` is asked last, for what is no commune's name;
 * an answer that knows no more than the commune is the whole of it.
 */
export const readListAddress = async (
  territories: TerritoryIndex,
  given: URLSearchParams,
  geocode: (text: string) => Promise<GeocodeAnswer[]>,
): Promise<ListAddress> => {
  const typed = (given.get('commune') ?? '').trim().slice(0, 100);
  const texts: Record<string, string> = {};
  for (const name of ['commune', 'code', 'near', ...filterNames, 'quand']) {
    const text = given.getAll(name).filter(Boolean).join(',').slice(0, 1_000);
    if (text) texts[name] = text;
  }
  const when = moments.find((moment) => moment === (texts.quand ?? texts.open));
  // A moment in words is one thing, whichever of its two names it came under: it is shown, and can be taken away.
  if (when) {
    texts.quand = when;
    delete texts.open;
  }
  const read = readable(texts);
  const base = { typed, when, texts };
  const cursor = given.get('suite')?.slice(0, 100);
  const withCursor = (parameters: OfferParameters) => ({ ...parameters, ...(cursor ? { cursor } : {}) });

  const { near, ...filters } = read;
  const asked = communeAsked(territories, typed, texts.code ?? '');
  if (asked.state === 'found') {
    const { commune } = asked;
    const parameters = withCursor({ ...filters, commune: commune.code });
    return { ...base, typed: commune.name, place: { state: 'commune', commune }, parameters };
  }
  if (near) {
    return { ...base, place: { state: 'point', label: undefined }, parameters: withCursor({ ...filters, near }) };
  }
  if (asked.state === 'several') {
    return { ...base, place: { state: 'several', choices: asked.communes }, parameters: filters };
  }
  if (!typed) return { ...base, place: { state: 'none' }, parameters: filters };
  const [address] = await geocode(typed);
  const commune = address?.kind === 'municipality' ? territories.commune(address.commune) : undefined;
  if (commune) {
    const parameters = withCursor({ ...filters, commune: commune.code });
    return { ...base, place: { state: 'commune', commune }, parameters };
  }
  if (!address) return { ...base, place: { state: 'unknown' }, parameters: filters };
  return {
    ...base,
    place: { state: 'point', label: address.label },
    parameters: withCursor({ ...filters, near: { lat: address.lat, lon: address.lon } }),
  };
};

/** The filters that can be read, one by one: an old link with a word that is gone still shows the list. */
const readable = (texts: Readonly<Record<string, string>>): OfferParameters => {
  const read: Record<string, unknown> = {};
  for (const name of [...filterNames, 'near'] as const) {
    const text = texts[name];
    if (text === undefined) continue;
    const parsed = z.safeParse(offerParameters.shape[name], text);
    if (parsed.success) read[name] = parsed.data;
  }
  return read as OfferParameters;
};

/** The address of the same list with other values; an empty one takes the parameter away. Always from the first page. */
export const addressWith = (
  { texts }: ListAddress,
  changes: Readonly<Record<string, string>>,
  path = '/autour-de-moi',
): string => {
  const kept = Object.entries({ ...texts, ...changes }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(kept).toString();
  return query ? `${path}?${query}` : path;
};
