import { stem, words } from '#platform/text.ts';
import type { FieldsOf, PlacePrecision } from './model.ts';
import {
  accessFacts,
  audiences,
  bitsOf,
  costs,
  kinds,
  labelOf,
  languages,
  type Mode,
  modes,
  rankOf,
} from './vocabulary.ts';

/** A commune as far as the directory needs it. */
export interface CommuneFacts {
  readonly code: string;
  readonly name: string;
  readonly departement: string;
  readonly lat: number;
  readonly lon: number;
  readonly timeZone: string;
}

/** ISO day on which somebody who knows last confirmed that everything is right. Absent: nobody has. */
interface Checked {
  readonly checked_on?: string | null;
}

/** All that is told of one service at one place, on one stop of a tour, or in the territories that it serves. */
export interface OfferParts {
  readonly service: FieldsOf['service'] & { readonly slug: string } & Checked;
  readonly placement: { readonly hours: string | null; readonly areas: readonly string[] };
  readonly place: (FieldsOf['place'] & { readonly slug: string } & Checked) | null;
  readonly tour: FieldsOf['tour'] | null;
  readonly stop: FieldsOf['tour_stop'] | null;
  readonly organisation: { readonly name: string } | null;
  readonly professional: { readonly name: string; readonly profession: string; readonly at_home?: boolean } | null;
  /** Of the place or of the stop. */
  readonly commune: CommuneFacts | undefined;
}

/** Where an offer is, as it may be told in public. */
export interface ShownPlace {
  readonly name: string | null;
  readonly address: string | null;
  readonly postcode: string | null;
  readonly commune: string | null;
  readonly insee: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: PlacePrecision;
}

/** An offer as lists and the API show it, without what depends on the question: its distance, its next opening. */
export interface ShownOffer {
  readonly name: string;
  readonly kind: string;
  readonly summary: string | null;
  readonly organisation: string | null;
  readonly priorities: readonly number[];
  readonly audiences: readonly string[];
  readonly stage: readonly [fromWeek: number, toWeek: number] | null;
  readonly modes: readonly string[];
  readonly bookings: readonly string[];
  readonly costs: readonly string[];
  readonly languages: readonly string[];
  readonly access: readonly string[];
  readonly phone: string | null;
  readonly website: string | null;
  /** Null for what has no place to be told: at a distance, at home, or confidential. */
  readonly place: ShownPlace | null;
  readonly tour: { readonly name: string; readonly stop: string } | null;
  readonly areas: readonly string[];
  /** Address of its page on the site. */
  readonly page: string;
  /** ISO day on which somebody who knows last confirmed it, see `checkedWords`. */
  readonly checked_on: string | null;
}

/** The searchable unit: flat, with nothing left to look up. Masks follow the lists of vocabulary.ts. */
export interface OfferDocument {
  readonly lat: number | null;
  readonly lon: number | null;
  readonly insee: string | null;
  readonly areas: readonly string[];
  readonly kind: number;
  readonly priorities: number;
  readonly audiences: number;
  readonly modes: number;
  readonly access: number;
  readonly languages: number;
  readonly costs: number;
  readonly stage_from: number;
  readonly stage_to: number;
  readonly time_zone: string;
  readonly terms: string;
  readonly shown: string;
}

/** From the project of a child to the third birthday: what a service covers when it does not say. */
export const ALL_STAGES = { fromWeek: -92, toWeek: 156 } as const;

/**
 * Resolves an offer. A confidential place gives neither name, address, commune nor point: only its département, as a
 * territory served. Somebody who works at home is shown at the point of the commune.
 */
export const offerDocument = (parts: OfferParts): OfferDocument => {
  const { service, placement, place, tour, stop, commune } = parts;
  const hidden = place?.confidential === true;
  const where = hidden ? null : shownPlace(parts);
  const areas = hidden && commune ? [`departement:${commune.departement}`] : placement.areas;
  const modesOf = service.modes?.length ? service.modes : impliedModes(parts);
  const kind = tour ? 'itinerant' : service.kind;
  const shown: ShownOffer = {
    name: service.name,
    kind,
    summary: service.summary ?? null,
    organisation: parts.organisation?.name ?? parts.professional?.name ?? null,
    priorities: service.priorities ?? [],
    audiences: service.audiences ?? [],
    stage: stageOf(service),
    modes: modesOf,
    bookings: service.bookings ?? [],
    costs: service.costs ?? [],
    languages: service.languages ?? [],
    access: place?.access ?? [],
    phone: service.phone ?? (hidden ? null : (place?.phone ?? tour?.phone ?? null)),
    website: service.website ?? (hidden ? null : (place?.website ?? tour?.website ?? null)),
    place: where,
    tour: tour && stop ? { name: tour.name, stop: stop.label } : null,
    areas,
    page: place && !hidden ? `/lieux/${place.slug}` : `/services/${service.slug}`,
    checked_on: latest(place?.checked_on, service.checked_on),
  };
  return {
    lat: where?.lat ?? null,
    lon: where?.lon ?? null,
    insee: where?.insee ?? null,
    areas,
    kind: Math.max(0, rankOf(kinds, kind)),
    priorities: (service.priorities ?? []).reduce((bits, priority) => bits | (1 << (priority - 1)), 0),
    audiences: bitsOf(audiences, service.audiences ?? []),
    modes: bitsOf(modes, modesOf),
    access: bitsOf(accessFacts, place?.access ?? []),
    languages: bitsOf(languages, service.languages ?? []),
    costs: bitsOf(costs, service.costs ?? []),
    stage_from: service.stage_from ?? ALL_STAGES.fromWeek,
    stage_to: service.stage_to ?? ALL_STAGES.toWeek,
    time_zone: commune?.timeZone ?? 'Europe/Paris',
    terms: termsOf(
      ...[service.name, service.summary, labelOf(kinds, kind), shown.organisation, tour?.name],
      // A PMI in a bus is sought by both names.
      ...[labelOf(kinds, service.kind), where?.name, where?.commune, parts.professional?.profession],
    ),
    shown: JSON.stringify(shown),
  };
};

/** How a service that does not say it is given, when where it is given says it. */
const impliedModes = ({ service, place, tour }: OfferParts): readonly Mode[] => {
  if (tour) return ['itinerant'];
  if (place) return ['sur-place'];
  return service.kind === 'a-domicile' ? ['a-domicile'] : [];
};

const latest = (one: string | null | undefined, other: string | null | undefined): string | null =>
  [one, other].reduce<string | null>((last, day) => (day && (!last || day > last) ? day : last), null);

const stageOf = ({ stage_from, stage_to }: FieldsOf['service']): ShownOffer['stage'] =>
  stage_from == null && stage_to == null ? null : [stage_from ?? ALL_STAGES.fromWeek, stage_to ?? ALL_STAGES.toWeek];

/** Where an offer is, as it may be told. A confidential place is not told at all: that is for the caller to see. */
export const shownPlace = ({
  place,
  stop,
  professional,
  commune,
}: Pick<OfferParts, 'place' | 'stop' | 'professional' | 'commune'>): ShownPlace | null => {
  const spot = stop ?? place;
  if (!spot) return null;
  const atHome = professional?.at_home === true && !stop;
  const exact = !atHome && spot.lat != null && spot.lon != null;
  return {
    name: stop ? stop.label : (place?.name ?? null),
    address: atHome ? null : (spot.line ?? null),
    postcode: spot.postcode ?? null,
    commune: commune?.name ?? null,
    insee: commune?.code ?? spot.insee ?? null,
    lat: rounded((exact ? spot.lat : commune?.lat) ?? null),
    lon: rounded((exact ? spot.lon : commune?.lon) ?? null),
    precision: exact ? precisionOf(spot.precision) : commune ? 'commune' : 'none',
  };
};

/** A point that came without a word on its precision was put there by somebody. */
const precisionOf = (precision: PlacePrecision | undefined): PlacePrecision =>
  precision === undefined || precision === 'none' ? 'manual' : precision;

/** Six decimals: ten centimetres. */
const rounded = (degrees: number | null): number | null => (degrees === null ? null : Math.round(degrees * 1e6) / 1e6);

/** The stems of some texts, each once, in alphabetical order. */
export const termsOf = (...texts: readonly (string | null | undefined)[]): string =>
  [...new Set(texts.flatMap((text) => (text ? words(text).map(stemOf) : [])))].sort().join(' ');

const known = new Map<string, string>();

/** Stemming costs microseconds and directories repeat themselves: the stems met are kept, up to a bound. */
const stemOf = (word: string): string => {
  const before = known.get(word);
  if (before !== undefined) return before;
  const result = stem(word);
  if (known.size > 50_000) known.clear();
  known.set(word, result);
  return result;
};
