import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import { type ComparedPlace, compare, prepare } from '#modules/directory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { type Draft, nameOfDraft } from '../draft.ts';
import { listingOf } from '../listing.ts';

/** A page of the directory that may be what somebody registers. */
export interface LikelyListing {
  readonly slug: string;
  readonly name: string;
  readonly detail: string;
  readonly reasons: readonly string[];
}

/** The structure gave its number: enough to ask it, whatever the page calls itself. */
const surest = { score: 100, reasons: ['même SIRET'] };
const sameSiret = (one: string | null, other: string | null): boolean => one !== null && one === other;

/** The most that are proposed: more would be noise. */
const MOST = 3;

/**
 * The imported pages that may be the places of a registration, the likeliest first, so that they are claimed rather than
 * told twice. Nobody keeps them yet. A sheltered place is compared with nothing.
 */
export const likelyListings = async ({ db }: Context, draft: Draft): Promise<readonly LikelyListing[]> => {
  if (draft.as !== 'structure') return [];
  const mine = listingOf('', draft, () => undefined).flatMap(({ place }) =>
    place && !place.fields.confidential ? [place.fields] : [],
  );
  const siret = draft.structure.siret.replaceAll(/\D/g, '') || null;
  const communes = [...new Set(mine.map(({ insee }) => insee).filter(Boolean))];
  if (communes.length === 0) return [];
  const { rows } = await sql<ComparedPlace & { slug: string; insee: string }>`
    select slug, insee, name, kind, line, postcode, phone, siret, finess, lat, lon from place
    where insee = any(${communes}::text[]) and state = 'open' and not confidential and source <> ${PERSON}
      and not exists (select from listing_owner where entity = 'place' and entity_id = place.id)`.execute(db);
  const wanted = mine.flatMap((fields) =>
    // A place may bear its own name, or that of its structure.
    [fields.name, nameOfDraft(draft)].map((name) => ({
      insee: fields.insee,
      place: prepare({
        ...{ name, kind: fields.kind, line: fields.line ?? null, postcode: fields.postcode ?? null, siret },
        ...{ phone: fields.phone ?? null, finess: null, lat: fields.lat ?? null, lon: fields.lon ?? null },
      }),
    })),
  );
  return rows
    .flatMap((row) => {
      const other = prepare(row);
      const likely = wanted
        .filter(({ insee }) => insee === row.insee)
        .map(({ place }) => (sameSiret(siret, row.siret) ? surest : compare(place, other)))
        .toSorted((one, two) => two.score - one.score)[0];
      return likely && likely.score > 0 ? [{ row, ...likely }] : [];
    })
    .toSorted((one, two) => two.score - one.score || one.row.slug.localeCompare(two.row.slug))
    .slice(0, MOST)
    .map(({ row, reasons }) => ({
      ...{ slug: row.slug, name: row.name, reasons },
      detail: [row.line, row.postcode].filter(Boolean).join(', '),
    }));
};
