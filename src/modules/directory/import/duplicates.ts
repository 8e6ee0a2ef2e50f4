import { distanceKm } from '#modules/territory/index.ts';
import { words } from '#platform/text.ts';

/** What two places are compared by. */
export interface ComparedPlace {
  readonly name: string;
  readonly kind: string;
  readonly line: string | null;
  readonly postcode: string | null;
  readonly phone: string | null;
  readonly siret: string | null;
  readonly finess: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
}

/**
 * Why two places may be one, in French; none when nothing tells so. An identifier is enough by itself; otherwise two
 * different signs are needed, of which names or kinds must be one: neighbours share streets, and one hospital's services
 * share its telephone.
 */
export const reasonsToBeOne = (a: ComparedPlace, b: ComparedPlace): string[] => [
  ...compare(prepare(a), prepare(b)).reasons,
];

/** A place whose texts are cut into words once, for who compares it with many. */
export interface PreparedPlace extends ComparedPlace {
  readonly nameWords: ReadonlySet<string>;
  readonly lineWords: ReadonlySet<string>;
}

/** Cuts the texts of a place into words. */
export const prepare = <P extends ComparedPlace>(place: P): P & PreparedPlace => ({
  ...place,
  nameWords: new Set(words(place.name)),
  lineWords: new Set(words(place.line ?? '')),
});

/**
 * Why two places may be one, and how much it weighs, from 0 (nothing tells so) to 100, to begin with the surest. The same
 * whichever comes first.
 */
export const compare = (
  a: PreparedPlace,
  b: PreparedPlace,
): { readonly score: number; readonly reasons: readonly string[] } => {
  if (a.finess !== null && a.finess === b.finess) return { score: 100, reasons: ['même numéro FINESS'] };
  const reasons = reasonsOf(a, b);
  const score = reasons.reduce((sum, reason) => sum + (weights.find(([shape]) => shape.test(reason))?.[1] ?? 0), 0);
  return { score: Math.min(99, score), reasons };
};

/** What each reason weighs. An identifier and a name say more than a street that neighbours share. */
const weights: readonly (readonly [RegExp, number])[] = [
  [/^même SIRET/, 40],
  [/^même nom/, 30],
  [/^noms proches/, 20],
  [/^même téléphone/, 20],
  [/^même adresse/, 20],
  [/^à \d+ m/, 10],
  [/^même type/, 5],
];

const reasonsOf = (a: PreparedPlace, b: PreparedPlace): string[] => {
  const names = likeness(a.nameWords, b.nameWords);
  const sameKind = a.kind === b.kind && a.kind !== 'autre';
  // Said before anything else is reckoned: so it is for most of those who only are neighbours.
  if (names < 0.6 && !sameKind) return [];
  const metres = distance(a, b);
  const reasons = [
    ...(a.siret !== null && a.siret === b.siret ? ['même SIRET'] : []),
    ...(a.phone !== null && a.phone === b.phone ? ['même téléphone'] : []),
    ...(sameLine(a, b) ? ['même adresse'] : []),
    ...(metres !== undefined && metres <= 150 ? [`à ${Math.round(metres)} m l’un de l’autre`] : []),
    ...(names === 1 ? ['même nom'] : names >= 0.6 ? ['noms proches'] : []),
  ];
  const needed = sameKind && names >= 0.6 ? 1 : 2;
  const signs = reasons.filter((reason) => !/nom/.test(reason)).length + (names >= 0.6 ? 1 : 0);
  if (signs < needed) return [];
  // The same name and nothing else, far apart: two libraries of one city.
  if (reasons.every((reason) => /nom/.test(reason)) && (names < 1 || (metres ?? 0) > 500)) return [];
  return [...reasons, ...(sameKind ? ['même type de lieu'] : [])];
};

/** In metres; undefined when one of them is known by its commune only. */
const distance = (a: ComparedPlace, b: ComparedPlace): number | undefined =>
  a.lat === null || a.lon === null || b.lat === null || b.lon === null
    ? undefined
    : distanceKm({ lat: a.lat, lon: a.lon }, { lat: b.lat, lon: b.lon }) * 1_000;

/** Share of the words that two names have in common, from 0 to 1 (Dice). */
const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return (2 * common) / (a.size + b.size);
};

const sameLine = (a: PreparedPlace, b: PreparedPlace): boolean =>
  a.line !== null && b.line !== null && a.postcode === b.postcode && likeness(a.lineWords, b.lineWords) === 1;
