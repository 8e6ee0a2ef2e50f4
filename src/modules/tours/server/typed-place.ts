import { type Commune, communeAsked } from '#modules/territory/index.ts';
import { type Geocoder, pointOfAddress, territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { StopPlace } from '../stop-form.ts';

/** The commune that a form says, by its code or by its name; undefined when none, or several, answer. */
export const communeTyped = ({ indexes }: Pick<Context, 'indexes'>, form: FormData): Commune | undefined => {
  const typed = String(form.get('commune') ?? '').trim();
  const asked = communeAsked(indexes.get(territoryIndex), typed.slice(0, 100), String(form.get('code') ?? ''));
  return asked.state === 'found' ? asked.commune : undefined;
};

/**
 * The columns of a point for a typed address: at its door or in its street, else none, and its commune stands for it. To be
 * called outside any transaction: it asks the network.
 */
export const pointTyped = async (
  { indexes }: Pick<Context, 'indexes'>,
  { line, insee }: StopPlace,
  geocoder: Geocoder | undefined,
) => {
  const address = { line: line ?? '', postcode: '', insee: insee ?? '' };
  const point = geocoder && (await pointOfAddress(geocoder, indexes.get(territoryIndex), address));
  return { lat: point?.lat ?? null, lon: point?.lon ?? null, precision: point?.precision ?? ('none' as const) };
};
