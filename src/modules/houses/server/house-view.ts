import { jsonObjectFrom } from 'kysely/helpers/postgres';
import { hoursWords } from '#modules/agenda/index.ts';
import { cardOf, findEvents, readEvents } from '#modules/agenda/server/index.ts';
import { dayWords, labelOf } from '#modules/directory/index.ts';
import {
  type PlaceView,
  placeQuestion,
  placeTold,
  placeView,
  type ServiceView,
  serviceView,
} from '#modules/directory/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { compiledQuery } from '#platform/server/database/compiled.ts';
import type { Database } from '#platform/server/database/database.ts';
import { slotsOf, timesSchema } from '../hours.ts';
import { appointmentModes, looksLikeHouse } from '../house.ts';
import type { readAppointment } from './appointments.ts';
import { type House, whichIsOpen } from './houses.ts';
import { openSlots, type Slot } from './slots.ts';
import { membersOf } from './team.ts';
import './tables.ts';

/** Dates of the programme shown on the page of a house, and of a permanence. */
const SHOWN = { events: 6, permanence: 3 } as const;

/** One site of a house as its page shows it: a place of the directory, or a service that travels. */
export type SiteView = { readonly place: PlaceView } | { readonly service: ServiceView };

/**
 * The page of a Maison: what its team says, and what the directory says of each of its sites. Where nobody runs it here, the
 * directory alone, with the day of its source. Undefined for a name that is no Maison.
 */
export const houseView = async (context: Context, slug: string) => (await houseAt(context, slug)).view;

/**
 * What is at an address of a Maison: its page (`houseView`); and, where it is that of a site of a Maison that is run here
 * under another name, this name.
 */
export const houseAt = async (context: Context, slug: string) => {
  const place = await readPlaceThere(context.db, slug);
  const found = place ?? (await readThere(context.db, slug));
  if (found?.house) return { view: await runView(context, found.house), siteOf: undefined };
  const listed = await listedHouse(context, slug, place);
  return { view: listed && { ...listed, run: undefined }, siteOf: found?.siteOf ?? undefined };
};

/** What this module knows of an address. */
const there = (db: Database, slug: string) =>
  [
    jsonObjectFrom(whichIsOpen(db, slug)).as('house'),
    db
      .selectFrom('house_site as site')
      .innerJoin('house', 'house.id', 'site.house')
      .innerJoin('registration', 'registration.id', 'house.registration')
      .leftJoin('place as listed', 'listed.id', 'site.place')
      .leftJoin('service as given', 'given.id', 'site.service')
      .select('house.slug')
      .where(({ eb, or }) => or([eb('listed.slug', '=', slug), eb('given.slug', '=', slug)]))
      .where('site.closed_at', 'is', null)
      .where('house.status', '=', 'open')
      .where('registration.status', '=', 'published')
      .limit(1)
      .as('siteOf'),
  ] as const;

/** The same with the place of this slug, in one question: most addresses are those of places that nobody runs here. */
const readPlaceThere = compiledQuery((db, slug) => placeQuestion(db, slug).select(there(db, slug)));

const readThere = compiledQuery((db, slug) => db.selectNoFrom(there(db, slug)));

/** The page of a Maison that is run here. */
const runView = async (context: Context, house: House) => {
  const sites = await siteViews(context, house.id);
  const slots = await openSlots(context, house.id);
  return {
    ...{ slug: house.slug, name: house.name, sites },
    run: {
      ...{ words: house.words, registration: house.registration },
      team: (await membersOf(context, house.id)).map(({ id, role, name }) => ({
        ...{ id, role, name },
        appointments: slots.some(({ member }) => member === id),
      })),
      next: slots[0] && slotWords(context, slots[0]),
      permanences: await permanencesOf(context, house.id),
      ...(await programmeOf(context, house.registration)),
    },
  };
};
export type HouseView = NonNullable<Awaited<ReturnType<typeof houseView>>>;

/** A Maison of the directory that nobody runs here: a place by its slug, or a service without a place. */
const listedHouse = async (context: Context, slug: string, row: Parameters<typeof placeTold>[2] | undefined) => {
  const place = row && looksLikeHouse(row) ? placeTold(context, slug, row) : undefined;
  if (place) return { slug, name: place.title, sites: [{ place }] };
  const service = await serviceView(context, slug);
  return service && looksLikeHouse({ kind: service.kind, name: service.title })
    ? { slug, name: service.title, sites: [{ service }] }
    : undefined;
};

/** The sites of a house with their pages of the directory; one that closed there meanwhile says so itself. */
const siteViews = async (context: Context, house: string): Promise<SiteView[]> => {
  const listings = await context.db
    .selectFrom('house_site as site')
    .leftJoin('place', 'place.id', 'site.place')
    .leftJoin('service', 'service.id', 'site.service')
    .select(['place.slug as place', 'service.slug as service'])
    .where('site.house', '=', house)
    .where('site.closed_at', 'is', null)
    .orderBy('site.position')
    .orderBy('site.id')
    .execute();
  const views: SiteView[] = [];
  for (const { place, service } of listings) {
    const told = place === null ? undefined : await placeView(context, place);
    if (told) views.push({ place: told });
    const travels = service === null ? undefined : await serviceView(context, service);
    if (travels) views.push({ service: travels });
  }
  return views;
};

/** Who holds a permanence at a house, what for, and the next times. */
const permanencesOf = async (context: Context, house: string) => {
  const rows = await context.db
    .selectFrom('house_hours as hours')
    .innerJoin('house_site as site', 'site.id', 'hours.site')
    .select(['hours.id', 'hours.holder', 'hours.words', 'hours.fields', 'hours.minutes', 'hours.slots'])
    .select(['site.name as site', 'site.time_zone', 'site.insee'])
    .where('hours.house', '=', house)
    .where('hours.member', 'is', null)
    .where('hours.ended_at', 'is', null)
    .where('site.closed_at', 'is', null)
    .orderBy('hours.holder')
    .orderBy('hours.id')
    .execute();
  return rows.flatMap(({ fields, time_zone, insee, minutes, slots, ...told }) => {
    const today = todayIn(context.clock, time_zone);
    const departement = context.indexes.get(territoryIndex).commune(insee)?.departement ?? '';
    const now = context.clock.now().toZonedDateTimeISO(time_zone).toPlainDateTime();
    const times = slotsOf(
      { times: timesSchema.parse(fields), minutes, slots },
      departement,
      today,
      today.add({ months: 3 }),
    )
      .filter((start) => Temporal.PlainDateTime.compare(start.add({ minutes }), now) > 0)
      .slice(0, SHOWN.permanence);
    return times.length === 0
      ? []
      : [
          {
            ...told,
            next: times.map((start) => `${dayWords(start.toPlainDate(), today)}, ${hoursWords(start, minutes)}`),
          },
        ];
  });
};

const programmeOf = async (context: Context, organisation: string) => {
  const found = findEvents(context, { organisation, limit: SHOWN.events });
  const hits = found.ok ? found.value.hits : [];
  const events = await readEvents(
    context,
    hits.map(({ occurrence }) => occurrence),
  );
  return { events: events.map((event) => ({ ...cardOf(event), dayWords: event.dayWords })) };
};

/** An appointment in words: « mardi 24 novembre », « de 9 h à 9 h 30 », with whom, and where. */
export const appointmentTold = (
  { clock }: Pick<Context, 'clock'>,
  found: Pick<
    NonNullable<Awaited<ReturnType<typeof readAppointment>>>,
    'local_start' | 'minutes' | 'timeZone' | 'role' | 'memberName' | 'siteName'
  >,
) => ({
  day: dayWords(found.local_start.toPlainDate(), todayIn(clock, found.timeZone)),
  times: hoursWords(found.local_start, found.minutes),
  with: [found.role, found.memberName].filter(Boolean).join(', '),
  where: found.siteName,
});

/** A time as it is offered: « mardi 24 novembre, de 9 h à 9 h 30 », with whom and how. */
export const slotWords = ({ clock }: Pick<Context, 'clock'>, slot: Slot) => ({
  hours: slot.hours,
  start: slot.start.toString().slice(0, 16),
  day: dayWords(slot.start.toPlainDate(), todayIn(clock, slot.timeZone)),
  times: hoursWords(slot.start, slot.minutes),
  with: [slot.role, slot.name].filter(Boolean).join(', '),
  how: slot.mode === 'sur-place' ? slot.siteName : labelOf(appointmentModes, slot.mode),
});
