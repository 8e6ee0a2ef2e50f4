import { hoursWords } from '#modules/agenda/index.ts';
import { cardOf, findEvents, readEvents } from '#modules/agenda/server/index.ts';
import { dayWords, labelOf } from '#modules/directory/index.ts';
import { type PlaceView, placeView, type ServiceView, serviceView } from '#modules/directory/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { slotsOf, timesSchema } from '../hours.ts';
import { appointmentModes } from '../house.ts';
import type { readAppointment } from './appointments.ts';
import { isHouse } from './house-kind.ts';
import { openHouse, sitesOf } from './houses.ts';
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
export const houseView = async (context: Context, slug: string) => {
  const house = await openHouse(context, slug);
  if (!house) {
    const listed = await listedHouse(context, slug);
    return listed && { ...listed, run: undefined };
  }
  const sites = await siteViews(context, house.id);
  const slots = await openSlots(context, house.id);
  return {
    ...{ slug, name: house.name, sites },
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
const listedHouse = async (context: Context, slug: string) => {
  const known = await context.db
    .selectFrom('place')
    .select('id')
    .where('slug', '=', slug)
    .where(isHouse('place'))
    .executeTakeFirst();
  const place = known && (await placeView(context, slug));
  if (place) return { slug, name: place.title, sites: [{ place }] };
  const given = await context.db
    .selectFrom('service')
    .select('id')
    .where('slug', '=', slug)
    .where(isHouse('service'))
    .executeTakeFirst();
  const service = given && (await serviceView(context, slug));
  return service && { slug, name: service.title, sites: [{ service }] };
};

/** The sites of a house with their pages of the directory; one that closed there meanwhile says so itself. */
const siteViews = async (context: Context, house: string): Promise<SiteView[]> => {
  const views: SiteView[] = [];
  for (const { place, service } of await sitesOf(context, house)) {
    const table = place === null ? 'service' : 'place';
    const found = await context.db
      .selectFrom(table)
      .select('slug')
      .where('id', '=', place ?? service ?? 0)
      .executeTakeFirst();
    const told = found && (table === 'place' ? await placeView(context, found.slug) : undefined);
    if (told) views.push({ place: told });
    const travels = found && table === 'service' ? await serviceView(context, found.slug) : undefined;
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

/** The name of the open Maison of which a page of the directory is a site; nothing for any other. */
export const houseOfListing = async ({ db }: Pick<Context, 'db'>, slug: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom('house_site as site')
    .innerJoin('house', 'house.id', 'site.house')
    .innerJoin('registration', 'registration.id', 'house.registration')
    .leftJoin('place', 'place.id', 'site.place')
    .leftJoin('service', 'service.id', 'site.service')
    .select('house.slug')
    .where(({ eb, or }) => or([eb('place.slug', '=', slug), eb('service.slug', '=', slug)]))
    .where('site.closed_at', 'is', null)
    .where('house.status', '=', 'open')
    .where('registration.status', '=', 'published')
    .executeTakeFirst();
  return row?.slug;
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
