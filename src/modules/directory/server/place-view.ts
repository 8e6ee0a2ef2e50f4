import { fill, formatDay } from '#messages/format.ts';
import { near as words } from '#messages/fr/near.ts';
import { parseTerritory, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { checkedWords } from '../checked.ts';
import type { Closure } from '../model.ts';
import type { ShownOffer } from '../offer.ts';
import { dayWords, hourWords, openingWords, weekWords } from '../opening-words.ts';
import { PERSON, type Provenance } from '../provenance.ts';
import { nextOpening, nextOpenings, timesOf } from '../search/moments.ts';
import { rowOf, type Segment, shownText } from '../search/segment.ts';
import { steadyHours, usualWeek } from '../search/usual-week.ts';
import { tourPath } from '../tour-address.ts';
import {
  accessFacts,
  audiences,
  bookings,
  costs,
  kinds,
  labelOf,
  languages,
  modes,
  stages,
  type Word,
} from '../vocabulary.ts';
import { isoOfMoment } from '../week.ts';
import { offersIndex } from './offers-index.ts';
import { type PlaceRow, readPlace, readService } from './read-sheet.ts';

/** A place with its services, as its page shows it; undefined when no place has this slug. */
export const placeView = async (context: Context, slug: string) => {
  const place = await readPlace(context.db, slug);
  return place && placeTold(context, slug, place);
};

/** `placeView` of a place already read, by `placeQuestion`. */
export const placeTold = (context: Context, slug: string, place: PlaceRow) => {
  // A confidential place has no page: even its name could tell where it is.
  if (place.confidential) return undefined;
  const territories = context.indexes.get(territoryIndex);
  const commune = place.insee ? territories.commune(place.insee) : undefined;
  const services = place.services.map((row) => ({ ...serviceTold(row), ...openingsOf(context, row.offer) }));
  return {
    ...{ id: place.id, slug, title: place.name, kind: place.kind, ofPerson: place.source === PERSON },
    kindName: place.kind === 'autre' ? undefined : labelOf(kinds, place.kind),
    closed: place.state === 'closed',
    closedOn: place.closed_on ? ` le ${formatDay('fr', place.closed_on.toString())}` : '',
    checked: checkedWords(place.checked_on?.toString(), todayIn(context.clock, 'Europe/Paris'), words.checked),
    organisation: place.organisation_name ?? undefined,
    commune: commune && { code: commune.code, name: commune.name },
    address: [place.line, [place.postcode, commune?.name].filter(Boolean).join(' ')].filter(Boolean) as string[],
    postcode: place.postcode ?? undefined,
    more: place.more ?? undefined,
    approximate: place.lat === null,
    lat: place.lat ?? commune?.lat,
    lon: place.lon ?? commune?.lon,
    phone: place.phone ?? undefined,
    phoneOn: place.provenance.phone?.on ? formatDay('fr', place.provenance.phone.on) : undefined,
    email: place.email ?? undefined,
    website: place.website ?? undefined,
    access: [place.access.map((fact) => labelOf(accessFacts, fact)).join(', '), place.access_note].filter(
      Boolean,
    ) as string[],
    acceslibre: place.acceslibre ?? undefined,
    hoursText: place.hours ?? undefined,
    hoursNote: place.hours_note ?? undefined,
    closures: closuresTold(
      place.closures,
      todayIn(context.clock, commune ? timeZoneOfCommune(commune) : 'Europe/Paris'),
    ),
    services,
    sameHours: sameHours(services),
    sources: sourcesTold(place.source_titles, [
      place.provenance,
      ...place.services.flatMap(({ provenance, placement_provenance }) => [provenance, placement_provenance ?? {}]),
    ]),
  };
};

/** The hours of a place whose services all have the same: said once, not for each of them. */
const sameHours = (services: readonly ReturnType<typeof openingsOf>[]) => {
  const [first, ...others] = services.map(({ opening, next, usual }) => ({ opening, next, usual }));
  const said = JSON.stringify(first);
  return others.length > 0 && others.every((hours) => JSON.stringify(hours) === said) ? first : undefined;
};

export type PlaceView = NonNullable<ReturnType<typeof placeTold>>;

/** A service as its page shows it: where it is given, its stops; undefined when no service has this slug. */
export const serviceView = async (context: Context, slug: string) => {
  const service = await readService(context.db, slug);
  if (!service) return undefined;
  const offers = service.offers.map((offer) => ({ ...offer, shown: JSON.parse(offer.shown) as ShownOffer }));
  const first = offers[0]?.shown;
  const ofNoPlace = offers.find(({ shown, tour_id }) => shown.place === null && tour_id === null);
  return {
    ...{ id: service.id, slug, title: service.name, kind: service.kind, closed: service.state === 'closed' },
    ofPerson: service.source === PERSON,
    closedOn: service.closed_on ? ` le ${formatDay('fr', service.closed_on.toString())}` : '',
    checked: checkedWords(first?.checked_on, todayIn(context.clock, 'Europe/Paris'), words.checked),
    organisation: service.organisation_name ?? undefined,
    ...serviceTold(service),
    phone: first?.phone ?? undefined,
    email: service.email ?? undefined,
    website: first?.website ?? undefined,
    /** Of what has neither a place nor stops to be told: a line that one calls, somebody who comes home. */
    openings: ofNoPlace && openingsOf(context, ofNoPlace.id),
    tour: tourOf(offers.find(({ tour_id }) => tour_id !== null)),
    confidential: offers.some(({ confidential }) => confidential === true),
    areas: areasTold(context, first?.areas ?? []),
    areaNames: areaNames(context, first?.areas ?? []),
    facts: first ? factsOf(first) : [],
    stops: stopsTold(
      offers
        .filter(({ shown }) => shown.tour !== null)
        .map(({ id, shown, note }) => ({
          ...{ id, label: shown.tour?.stop ?? '', href: `/services/${slug}/arrets/${id}.ics` },
          where: [shown.place?.address, shown.place?.commune].filter(Boolean).join(', '),
          notes: note ? [note] : [],
          ...openingsOf(context, id),
        })),
    ),
    places: offers.flatMap(({ id, place_slug, confidential, shown }) => {
      const told = shown.place;
      if (!place_slug || confidential || !told) return [];
      const detail = [told.commune, openingsOf(context, id).opening?.text].filter(Boolean).join(' · ');
      return [{ href: `/lieux/${place_slug}`, title: told.name ?? '', detail: detail || undefined }];
    }),
    sources: sourcesTold(service.source_titles, [
      service.provenance,
      ...offers.flatMap(({ placement_provenance, tour_provenance, stop_provenance }) =>
        [placement_provenance, tour_provenance, stop_provenance].filter((provenance) => provenance !== null),
      ),
    ]),
  };
};

export type ServiceView = NonNullable<Awaited<ReturnType<typeof serviceView>>>;

const tourOf = (offer: { readonly tour_id: number | null; readonly tour_name: string | null } | undefined) =>
  offer?.tour_id && offer.tour_name
    ? { name: offer.tour_name, href: tourPath({ id: offer.tour_id, name: offer.tour_name }) }
    : undefined;

/** Dates of a stop on the page; the others are in the calendar that it offers. */
const DATES_OF_A_STOP = 4;

interface StopTold {
  readonly id: number;
  readonly label: string;
  readonly href: string;
  readonly where: string;
  /** How to find it: « Derrière la mairie ». */
  readonly notes: readonly string[];
  readonly opening: { readonly text: string; readonly now: boolean } | undefined;
  readonly next: readonly { readonly at: string; readonly day: string; readonly hours: string }[];
}

/** One stop for each place, visited morning and afternoon or not: the first date is what it is told by. */
const stopsTold = (rows: readonly StopTold[]): StopTold[] =>
  [...Map.groupBy(rows, ({ label, where }) => `${label}\n${where}`).values()].flatMap((same) => {
    const [first] = same.toSorted((one, other) => (one.next[0]?.at ?? '9').localeCompare(other.next[0]?.at ?? '9'));
    const next = same.flatMap((row) => row.next).sort((one, other) => one.at.localeCompare(other.at));
    const notes = [...new Set(same.flatMap((row) => row.notes))];
    return first ? [{ ...first, notes, next: next.slice(0, DATES_OF_A_STOP) }] : [];
  });

interface ServiceRow {
  readonly slug: string;
  readonly name: string;
  readonly summary: string | null;
  readonly description: string | null;
  readonly bookings: readonly string[];
  readonly booking_note: string | null;
  readonly cost_note: string | null;
}

const serviceTold = (row: ServiceRow) => ({
  href: `/services/${row.slug}`,
  name: row.name,
  summary: row.summary ?? undefined,
  description: row.description ?? undefined,
  bookingNote: row.booking_note ?? undefined,
  costNote: row.cost_note ?? undefined,
});

/** What the index knows of an offer: its labels, its openings. Empty for one that it has not seen yet. */
const openingsOf = (context: Context, id: number) => {
  const found = locate(context.indexes.get(offersIndex).segments, id);
  if (!found) return { facts: [], opening: undefined, next: [], usual: [], hours: [] };
  const { segment, row } = found;
  const offer = JSON.parse(shownText(segment, row)) as ShownOffer;
  const zone = segment.zoneNames[segment.zones[row] ?? 0] ?? 'Europe/Paris';
  const now = timesOf(context.clock.now()).now(zone);
  const today = Temporal.PlainDate.from(isoOfMoment(now).slice(0, 10));
  const isStop = offer.tour !== null;
  const usual = isStop ? undefined : usualWeek(segment, segment.timetables[row] ?? 0);
  // « Ouvert jour et nuit » says it all.
  const always = usual?.always === true;
  return {
    facts: factsOf(offer),
    opening: openingWords(nextOpening(segment, row, now), today, words.opening, isStop),
    next: (always ? [] : nextOpenings(segment, row, now, DATES_OF_A_STOP)).map(({ from, to }) => ({
      at: from,
      day: dayWords(Temporal.PlainDate.from(from.slice(0, 10)), today),
      hours: fill(words.opening.fromTo, {
        from: hourWords(from, words.opening),
        to: hourWords(to, words.opening),
      }),
    })),
    usual: usual && !always ? weekWords(usual, words.opening) : [],
    hours: usual ? steadyHours(usual) : [],
  };
};

const locate = (segments: readonly Segment[], id: number): { segment: Segment; row: number } | undefined => {
  for (const segment of segments) {
    const row = rowOf(segment, id);
    if (row >= 0 && segment.dead?.[row] !== 1) return { segment, row };
  }
  return undefined;
};

const labels = (list: readonly Word[], codes: readonly string[]): string =>
  codes.map((code) => labelOf(list, code)).join(', ');

const factsOf = (offer: ShownOffer): { term: string; detail: string }[] => {
  const stage = offer.stage;
  const moments = stage && stages.filter(({ fromWeek, toWeek }) => stage[0] < toWeek && stage[1] > fromWeek);
  return [
    { term: words.place.forWhom, detail: labels(audiences, offer.audiences) },
    { term: words.place.moment, detail: moments ? moments.map(({ label }) => label).join(', ') : '' },
    { term: words.place.how, detail: labels(modes, offer.modes) },
    { term: words.place.booking, detail: labels(bookings, offer.bookings) },
    { term: words.place.cost, detail: labels(costs, offer.costs) },
    { term: words.place.languages, detail: labels(languages, offer.languages) },
  ].filter(({ detail }) => detail !== '');
};

const areaNames = (context: Context, areas: readonly string[]): string[] => {
  const territories = context.indexes.get(territoryIndex);
  return areas.flatMap((area) => {
    if (area === 'france') return ['France'];
    const territory = parseTerritory(area);
    const told = territory.ok ? territories.describe(territory.value) : undefined;
    return told ? [told.name] : [];
  });
};

/** Where a service without a place is given, in words: « En Ille-et-Vilaine ». */
const areasTold = (context: Context, areas: readonly string[]): string[] => {
  const territories = context.indexes.get(territoryIndex);
  return areas.flatMap((area) => {
    if (area === 'france') return ['Partout en France'];
    const territory = parseTerritory(area);
    const told = territory.ok ? territories.describe(territory.value) : undefined;
    return told ? [told.locative.replace(/^./, (letter) => letter.toUpperCase())] : [];
  });
};

/** The closures under way or to come. `today`: by the clock of the place. */
const closuresTold = (closures: readonly Closure[], today: Temporal.PlainDate): string[] =>
  closures
    .filter(({ to }) => to >= today.toString())
    .map(({ from, to, reason }) => {
      const phrase = from === to ? words.place.closureDay : words.place.closure;
      const days = fill(phrase, { from: formatDay('fr', from), to: formatDay('fr', to) });
      return reason ? `${days} (${reason})` : days;
    });

/** Each source with the day it spoke and the fields that are its own: « horaires, téléphone : FINESS, 12 mai 2026 ». */
const sourcesTold = (titles: Readonly<Record<string, string>>, provenances: readonly Provenance[]): string[] => {
  const groups = new Map<string, Set<string>>();
  for (const provenance of provenances) {
    for (const [field, { source, on }] of Object.entries(provenance)) {
      const name = words.fields[field as keyof typeof words.fields];
      if (!name) continue;
      const key = `${source} ${on ?? ''}`;
      groups.set(key, (groups.get(key) ?? new Set()).add(name));
    }
  }
  return [...groups].map(([key, fields]) => {
    const [id = '', on = ''] = key.split(' ');
    return fill(words.place.sourceOf, {
      fields: [...fields].join(', '),
      source: id === PERSON ? words.place.correctedBy : (titles[id] ?? id),
      on: on ? formatDay('fr', on) : words.place.undated,
    });
  });
};
