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
export const reasonsToBeOne = (a: ComparedPlace, b: ComparedPlace): string[] => {
  if (a.finess !== null && a.finess === b.finess) return ['même numéro FINESS'];
  const metres = distance(a, b);
  const names = likeness(a.name, b.name);
  const sameKind = a.kind === b.kind && a.kind !== 'autre';
  const reasons = [
    ...(a.siret !== null && a.siret === b.siret ? ['même SIRET'] : []),
    ...(a.phone !== null && a.phone === b.phone ? ['même téléphone'] : []),
    ...(sameLine(a, b) ? ['même adresse'] : []),
    ...(metres !== undefined && metres <= 150 ? [`à ${Math.round(metres)} m l’un de l’autre`] : []),
    ...(names === 1 ? ['même nom'] : names >= 0.6 ? ['noms proches'] : []),
  ];
  const alike = names >= 0.6 || sameKind;
  const needed = sameKind && names >= 0.6 ? 1 : 2;
  const signs = reasons.filter((reason) => !/nom/.test(reason)).length + (names >= 0.6 ? 1 : 0);
  if (!alike || signs < needed) return [];
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
const likeness = (a: string, b: string): number => {
  const [first, second] = [new Set(words(a)), new Set(words(b))];
  if (first.size === 0 || second.size === 0) return 0;
  return (2 * first.intersection(second).size) / (first.size + second.size);
};

const sameLine = (a: ComparedPlace, b: ComparedPlace): boolean =>
  a.line !== null && b.line !== null && a.postcode === b.postcode && likeness(a.line, b.line) === 1;
