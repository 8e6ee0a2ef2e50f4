import { z } from 'zod';
import { priorityParameter } from '#modules/priorities/index.ts';
import { isCommuneCode, parseTerritory } from '#modules/territory/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { commaList } from '#platform/server/http/endpoint.ts';
import type { OfferFilters } from '../search/filters.ts';
import type { Position } from '../search/first-ones.ts';
import type { Opening } from '../search/moments.ts';

import { WEEKS_AHEAD } from '../timetable.ts';
import { accessFacts, audiences, codesOf, costs, kinds, languages, modes, stages } from '../vocabulary.ts';
import type { OfferRequest } from './find-offers.ts';
import type { PlaceAsked } from './where.ts';

/** Farthest that a search may be asked to look, in kilometres, and widest box, in degrees. */
export const MOST_KM = 100;
const MOST_DEGREES = 20;

const oneOf = <const Codes extends readonly [string, ...string[]]>(codes: Codes, what: string) =>
  commaList(z.enum(codes, { error: `attend ${what} parmi : ${codes.join(', ')}` })).optional();

const described = (words: readonly { code: string; label: string }[]): string =>
  words.map(({ code, label }) => `${code} (${label})`).join(', ');

const numbers = (text: string, count: number): number[] | undefined => {
  const parts = text.split(',').map((part) => part.trim());
  return parts.length === count && parts.every((part) => /^-?\d{1,3}(\.\d{1,25})?$/.test(part))
    ? parts.map(Number)
    : undefined;
};

const near = z.string().transform((text, context) => {
  const [lat = 91, lon = 181] = numbers(text, 2) ?? [];
  if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) return { lat, lon };
  context.addIssue('attend une latitude entre −90 et 90 et une longitude entre −180 et 180, par exemple 48.11,-1.68');
  return z.NEVER;
});

const bbox = z.string().transform((text, context) => {
  const [west = 0, south = 0, east = 0, north = 0] = numbers(text, 4) ?? [];
  const inside = Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90;
  // From west to east, across the date line when west is the greater (RFC 7946 §5.2).
  const wide = west <= east ? east - west : east - west + 360;
  if (inside && wide > 0 && south < north && wide <= MOST_DEGREES && north - south <= MOST_DEGREES) {
    return { kind: 'box', west, south, east, north } as const;
  }
  context.addIssue(
    `attend ouest,sud,est,nord en degrés, d’au plus ${MOST_DEGREES} degrés de côté, par exemple -1.8,48.0,-1.5,48.2`,
  );
  return z.NEVER;
});

const territory = z.string().transform((text, context) => {
  const parsed = parseTerritory(text);
  if (parsed.ok) return parsed.value;
  context.addIssue(parsed.error.message);
  return z.NEVER;
});

const open = z.string().transform((given, context): Opening => {
  // The « + » of an offset that nobody wrote as %2B arrives as a space.
  const text = given.replace(/ (?=\d\d:\d\d$)/, '+');
  if (text === 'now' || text === 'evening' || text === 'saturday') return { when: text };
  try {
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?$/.test(text))
      return { when: 'local', at: Temporal.PlainDateTime.from(text) };
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text))
      return { when: 'instant', at: Temporal.Instant.from(text) };
  } catch {
    // A day that does not exist: refused below like any other text.
  }
  context.addIssue(
    'attend « now », « evening », « saturday », ou une date et une heure comme 2026-11-24T10:00, à l’heure de chaque lieu',
  );
  return z.NEVER;
});

/** What the JSON, GeoJSON and CSV answers are filtered by. */
export const offerParameters = z.object({
  near: near.optional().describe('Autour d’un point : LATITUDE,LONGITUDE'),
  radius: z.coerce
    .number({ error: `attend un nombre de kilomètres entre 0,1 et ${MOST_KM}` })
    .min(0.1, { error: `attend un nombre de kilomètres entre 0,1 et ${MOST_KM}` })
    .max(MOST_KM, { error: `attend un nombre de kilomètres entre 0,1 et ${MOST_KM}` })
    .optional()
    .describe('Rayon en kilomètres autour du point ou de la commune. Sans lui, la recherche s’élargit d’elle-même'),
  bbox: bbox
    .optional()
    .describe('Dans un rectangle : OUEST,SUD,EST,NORD. L’ouest plus grand que l’est : il passe la ligne de date'),
  commune: z
    .string()
    .toUpperCase()
    .refine(isCommuneCode, { error: 'attend le code INSEE d’une commune, par exemple 35238' })
    .optional()
    .describe('Dans toute une commune (code INSEE) et autour de son centre'),
  territory: territory
    .optional()
    .describe('Dans un territoire : region:84, departement:75, epci:SIREN ou commune:INSEE'),
  priority: commaList(priorityParameter).optional().describe('Priorités, de 1 à 10'),
  kind: oneOf(codesOf(kinds), 'des sortes de lieux').describe(`Sortes de lieux : ${described(kinds)}`),
  stage: oneOf(codesOf(stages), 'des moments').describe(`Moments : ${described(stages)}`),
  audience: oneOf(codesOf(audiences), 'des publics').describe(`Publics : ${described(audiences)}`),
  mode: oneOf(codesOf(modes), 'des manières').describe(`Manières : ${described(modes)}`),
  language: oneOf(codesOf(languages), 'des langues').describe(`Langues : ${described(languages)}`),
  access: oneOf(codesOf(accessFacts), 'des facilités').describe(
    `Facilités d’accès, toutes nécessaires : ${described(accessFacts)}`,
  ),
  cost: oneOf(codesOf(costs), 'des coûts').describe(`Coûts : ${described(costs)}`),
  q: z
    .string()
    .trim()
    .max(200, { error: 'accepte 200 caractères au plus' })
    .optional()
    .describe('Mots, sans souci des accents ni d’une faute de frappe'),
  open: open
    .optional()
    .describe(
      'Ouvert maintenant (now), ce soir (evening), samedi (saturday) ou à un moment : 2026-11-24T10:00 ; à l’heure de chaque lieu',
    ),
});

/** Which page of the answers. */
export const pageParameters = {
  limit: z.coerce
    .number({ error: 'attend un nombre de 1 à 100' })
    .int({ error: 'attend un nombre de 1 à 100' })
    .min(1, { error: 'attend un nombre de 1 à 100' })
    .max(100, { error: 'attend un nombre de 1 à 100' })
    .default(20)
    .describe('Nombre de réponses au plus'),
  cursor: z
    .string()
    .max(100, { error: 'n’est pas un repère de cette recherche' })
    .optional()
    .describe('La suite : la valeur « next » de la réponse précédente, avec les mêmes paramètres'),
};

export type OfferParameters = z.infer<typeof offerParameters>;

const places = ['near', 'bbox', 'commune', 'territory'] as const;

/**
 * Turns parameters into a request. Refuses none or several places, a radius without a centre, a moment too far to be
 * known, and a cursor of another search.
 */
export const toRequest = (
  parameters: OfferParameters & { limit?: number; cursor?: string | undefined },
  now: Temporal.Instant,
): Result<OfferRequest, Refusal> => {
  const [given, other] = places.filter((name) => parameters[name] !== undefined);
  if (!given)
    return refuse({
      code: 'needs_place',
      field: 'near',
      message: 'dites où chercher : near, bbox, commune ou territory',
    });
  if (other)
    return refuse({ code: 'two_places', field: other, message: `un seul lieu à la fois : ${given} est déjà donné` });
  const place = placeOf(parameters);
  const hasCentre = place?.kind === 'near' || (place?.kind === 'territory' && place.territory.kind === 'commune');
  if (!place) return refuse({ code: 'needs_place', field: given, message: 'dites où chercher' });
  if (parameters.radius !== undefined && !hasCentre) {
    return refuse({ code: 'needs_centre', field: 'radius', message: 'demande un point (near) ou une commune' });
  }
  if (parameters.open && !isKnown(parameters.open, now)) {
    return refuse({ code: 'too_far', field: 'open', message: 'attend un moment des six prochains mois' });
  }
  const after = parameters.cursor === undefined ? undefined : readCursor(parameters);
  if (after === null)
    return refuse({ code: 'bad_cursor', field: 'cursor', message: 'n’est pas un repère de cette recherche' });
  return ok({
    place,
    ...(parameters.radius === undefined ? {} : { km: parameters.radius }),
    filters: filtersOf(parameters),
    limit: parameters.limit ?? 20,
    ...(after ? { after } : {}),
  });
};

const placeOf = ({ near, bbox, commune, territory }: OfferParameters): PlaceAsked | undefined => {
  if (near) return { kind: 'near', spot: near };
  if (bbox) return bbox;
  if (commune) return { kind: 'territory', territory: { kind: 'commune', code: commune } };
  return territory && { kind: 'territory', territory };
};

/** The filters of some parameters. */
export const filtersOf = (parameters: Partial<OfferParameters>): OfferFilters => {
  const { priority, kind, stage, audience, mode, language, access, cost, q, open } = parameters;
  return {
    ...(priority ? { priorities: priority } : {}),
    ...(kind ? { kinds: kind } : {}),
    ...(stage ? { stages: stage } : {}),
    ...(audience ? { audiences: audience } : {}),
    ...(mode ? { modes: mode } : {}),
    ...(language ? { languages: language } : {}),
    ...(access ? { access } : {}),
    ...(cost ? { costs: cost } : {}),
    ...(q ? { text: q } : {}),
    ...(open ? { opening: open } : {}),
  };
};

const isKnown = (opening: Opening, now: Temporal.Instant): boolean => {
  const at =
    opening.when === 'local'
      ? opening.at.toZonedDateTime('UTC').toInstant()
      : opening.when === 'instant'
        ? opening.at
        : now;
  const days = now.until(at, { largestUnit: 'hours' }).hours / 24;
  return days >= -1 && days <= (WEEKS_AHEAD - 1) * 7;
};

/** Where a page ends, tied to its search by a fingerprint of the parameters. */
export const cursorOf = (parameters: OfferParameters, { far, id }: Position): string =>
  `${fingerprint(parameters)}.${bitsOfDouble(far)}.${id.toString(36)}`;

/** Null for a cursor that is not of this search. */
const readCursor = (parameters: OfferParameters & { cursor?: string | undefined }): Position | null => {
  const [mark, far = '', id = '', ...rest] = (parameters.cursor ?? '').split('.');
  const whole = /^[0-9a-f]{16}$/.test(far) && /^[0-9a-z]{1,7}$/.test(id);
  if (mark !== fingerprint(parameters) || !whole || rest.length > 0) return null;
  return { far: doubleOfBits(far), id: Number.parseInt(id, 36) };
};

/** A number exactly, in sixteen letters: a rounded one would give an answer twice, or lose one. */
const bitsOfDouble = (value: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};

const doubleOfBits = (text: string): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${text}`));
  return view.getFloat64(0);
};

/** FNV-1a over what the search is about: it guards against mistakes, not against malice. */
const fingerprint = (parameters: OfferParameters): string => {
  let hash = 0x811c9dc5;
  for (const name of Object.keys(offerParameters.shape)) {
    const text = `${name}=${JSON.stringify(Reflect.get(parameters, name)) ?? ''};`;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(36);
};
