import { type TimedEvent, timedCalendar } from '#platform/calendar-file.ts';
import { recurringTimes } from '#platform/recurrence.ts';
import type { Context } from '#platform/server/context.ts';
import type { ShownOffer } from '../offer.ts';
import type { Recipe } from '../timetable.ts';
import './tables.ts';

/** Half a year of visits: what agendas keep without asking again. */
const DAYS = 180;

/**
 * The visits of a stop as a calendar (RFC 5545), one event each, in UTC so that no agenda can be wrong about the zone. A
 * stop visited morning and afternoon is several rows, and one calendar. Undefined when the offer is no stop, or has no
 * dates.
 */
export const stopCalendar = async (context: Context, offerId: number): Promise<string | undefined> => {
  const now = context.clock.now();
  const events = (await visitsOfStop(context, offerId)).flatMap(({ id, shown, time_zone, recipe, trouble }) => {
    // Both written by this module alone.
    const told = recipe as Recipe;
    const offer = JSON.parse(shown) as ShownOffer;
    if (trouble !== null || told.kind !== 'dates') return [];
    const today = now.toZonedDateTimeISO(time_zone).toPlainDate();
    return recurringTimes(told, today, today.add({ days: DAYS })).map(
      (visit): TimedEvent => ({
        uid: `stop-${id}-${visit.toPlainDate()}@mille-jours`,
        start: visit.toZonedDateTime(time_zone).toInstant(),
        minutes: told.minutes,
        title: `${offer.tour?.name ?? offer.name} : ${offer.tour?.stop ?? ''}`,
        place: [offer.place?.address, offer.place?.postcode, offer.place?.commune].filter(Boolean).join(' '),
      }),
    );
  });
  return events.length === 0 ? undefined : timedCalendar(events, now);
};

/** The rows of the stop that an offer is of: the same service, at the same place of the same tour. */
const visitsOfStop = async ({ db }: Context, offerId: number) => {
  const asked = await db
    .selectFrom('offer')
    .innerJoin('tour_stop', 'tour_stop.id', 'offer.stop_id')
    .select(['offer.service_id', 'tour_stop.tour_id', 'tour_stop.label', 'tour_stop.insee', 'tour_stop.line'])
    .where('offer.id', '=', offerId)
    .where('offer.gone', '=', false)
    .executeTakeFirst();
  if (!asked) return [];
  return db
    .selectFrom('offer')
    .innerJoin('tour_stop', 'tour_stop.id', 'offer.stop_id')
    .innerJoin('timetable', 'timetable.id', 'offer.timetable_id')
    .select(['offer.id', 'offer.shown', 'offer.time_zone', 'timetable.recipe', 'timetable.trouble'])
    .where('offer.service_id', '=', asked.service_id)
    .where('offer.gone', '=', false)
    .where('tour_stop.tour_id', '=', asked.tour_id)
    .where('tour_stop.label', '=', asked.label)
    .where('tour_stop.insee', 'is not distinct from', asked.insee)
    .where('tour_stop.line', 'is not distinct from', asked.line)
    .orderBy('offer.id')
    .limit(50)
    .execute();
};
