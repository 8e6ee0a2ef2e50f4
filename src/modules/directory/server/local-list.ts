import { sql } from 'kysely';
import type { Territory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { ShownOffer } from '../offer.ts';
import { PERSON } from '../provenance.ts';
import { type OfferAnswer, type OfferQuestion, searchOffers } from '../search/search.ts';
import { shownText } from '../search/segment.ts';
import { kinds, labelOf } from '../vocabulary.ts';
import { offersIndex } from './offers-index.ts';
import { findPlace } from './where.ts';

/** A place, a tour or a service without a place, with all that it offers: a line of a local directory. */
export interface LocalEntry {
  readonly name: string;
  /** What it is, in words: « PMI (protection maternelle et infantile) ». */
  readonly kind: string;
  /** Nothing for what has no place to be told: at a distance, at home, confidential. */
  readonly commune: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly website: string | null;
  readonly services: readonly string[];
  readonly priorities: readonly number[];
  /** Its page on the site, without the origin. */
  readonly page: string;
}

/** What the directory knows in exactly one territory, or serving it: counts of places and of services without a place. */
export interface LocalOverview {
  readonly total: number;
  /** For each priority from 1 to 10: how many, and the first few. */
  readonly priorities: readonly {
    readonly priority: number;
    readonly total: number;
    readonly first: readonly { readonly name: string; readonly page: string }[];
  }[];
  /** The kinds of places and services that are not there, in words, in the order of the vocabulary. */
  readonly missingKinds: readonly string[];
}

/** Names shown for each priority. */
const FIRST = 4;

/** Who does what in a territory. Nothing for one that does not exist. */
export const localOverview = (context: Context, territory: Territory): LocalOverview | undefined => {
  const search = searchIn(context, territory);
  if (!search) return undefined;
  const all = search({ filters: {}, limit: 1, by: 'site', countFacets: true });
  const counts = all.facets?.kinds ?? {};
  return {
    total: all.total,
    priorities: Array.from({ length: 10 }, (_, at) => {
      const { total, hits } = search({ filters: { priorities: [at + 1] }, limit: FIRST, by: 'site' });
      // Written by offerDocument alone.
      const first = hits.map(({ segment, row }) => named(JSON.parse(shownText(segment, row)) as ShownOffer));
      return { priority: at + 1, total, first };
    }),
    missingKinds: kinds
      .filter(({ code }) => code !== 'autre' && (counts[code] ?? 0) === 0)
      .map(({ code, label }) => shortLabel(code, label)),
  };
};

/** Offers that a local directory may hold: beyond, it is no booklet any more. */
const MOST_LISTED = 1_500;

/**
 * Everything that the directory knows in a territory, one entry a place, from the centre outwards. Nothing for a territory
 * that does not exist; `tooMany` when there is more than a booklet holds.
 */
export const localEntries = (
  context: Context,
  territory: Territory,
): { readonly entries: readonly LocalEntry[]; readonly tooMany: boolean } | undefined => {
  const found = searchIn(context, territory)?.({ filters: {}, limit: MOST_LISTED });
  if (!found) return undefined;
  if (found.total > MOST_LISTED) return { entries: [], tooMany: true };
  return {
    entries: gathered(found.hits.map(({ segment, row }) => JSON.parse(shownText(segment, row)) as ShownOffer)),
    tooMany: false,
  };
};

/** What people who registered tell of themselves, as the directory shows it. `registrations`: their ids. */
export const offersOfPerson = async (
  { db }: Pick<Context, 'db'>,
  registrations: readonly string[],
): Promise<LocalEntry[]> => {
  const { rows } = await sql<{ shown: string }>`
    select offer.shown from offer
    join service on service.id = offer.service_id and service.source = ${PERSON}
      and split_part(service.source_ref, '/', 1) = any(${registrations}::text[])
    where not offer.gone order by offer.id limit ${MOST_LISTED}`.execute(db);
  // Written by offerDocument alone.
  return gathered(rows.map(({ shown }) => JSON.parse(shown) as ShownOffer));
};

/** The offers of one page are one entry. */
const gathered = (offers: readonly ShownOffer[]): LocalEntry[] => {
  const pages = Map.groupBy(offers, ({ page }) => page);
  return [...pages.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { place } = first;
    const name = named(first).name;
    const address = [place?.address, place?.postcode].filter(Boolean).join(', ');
    return {
      ...{ name, page: first.page, kind: labelOf(kinds, first.kind), phone: first.phone, website: first.website },
      ...{ commune: place?.commune ?? null, address: address || null },
      services: [...new Set(same.map((offer) => offer.name))].filter((service) => service !== name),
      priorities: [...new Set(same.flatMap(({ priorities }) => priorities))].toSorted((a, b) => a - b),
    };
  });
};

const named = ({ tour, place, name, page }: ShownOffer): { name: string; page: string } => ({
  name: tour?.name ?? place?.name ?? name,
  page,
});

/** « Crèche », « PMI »: without what is between brackets, for a list of many. */
const shortLabel = (code: string, label: string): string => (code === 'pmi' ? 'PMI' : label.replace(/ \(.*\)$/, ''));

type Question = Pick<OfferQuestion, 'filters' | 'limit'> & Partial<Pick<OfferQuestion, 'by' | 'countFacets'>>;

/**
 * Searches exactly one territory: a commune without what is around it; with what has no place and serves the territory, a
 * part of it, or what holds it. Nothing for a territory that does not exist.
 */
const searchIn = (context: Context, territory: Territory): ((question: Question) => OfferAnswer) | undefined => {
  const territories = context.indexes.get(territoryIndex);
  const { segments } = context.indexes.get(offersIndex);
  const found = findPlace(territories, { kind: 'territory', territory }, territory.kind === 'commune' ? 0 : undefined);
  if (!found.ok) return undefined;
  const { where } = found.value;
  const parts = territories
    .communesOf(territory)
    .flatMap(({ code, epci, departement }) => [
      `commune:${code}`,
      ...(epci ? [`epci:${epci}`] : []),
      `departement:${departement}`,
    ]);
  const areas = [...new Set([...found.value.areas, ...parts])];
  return (question) => searchOffers(segments, { ...question, where, areas, now: context.clock.now() });
};
