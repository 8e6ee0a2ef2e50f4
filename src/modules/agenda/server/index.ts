export { factsOf } from '../event-words.ts';
export { agendaCalendar, agendaFeed, eventCalendar, followedEvents } from './agenda-files.ts';
export { agendaPoints } from './agenda-points.ts';
export { type AgendaView, agendaView, cardOf, readAddress } from './agenda-view.ts';
export {
  type BookingOrder,
  bookByPhone,
  orderBooking,
  readAttendance,
  readDates,
  writeToAll,
} from './attendance.ts';
export { attendanceBetween } from './attendance-figures.ts';
export { bookingPath } from './booking-path.ts';
export { acceptOffer, book, cancelBooking, newBookingSecret, readBookingPage } from './bookings.ts';
export { cancelDate, moveDate, restoreDate } from './change-date.ts';
export { acceptSeries, closeSeries } from './close-series.ts';
export { type EmbedAgendaView, embedAgendaView } from './embed-agenda.ts';
export { eventsEndpoint } from './events-endpoint.ts';
export { type EventsIndex, eventsIndex } from './events-index.ts';
export { type EventRequest, type EventsAnswer, findEvents } from './find-events.ts';
export { followStop } from './follow-stop.ts';
export { importCalendar } from './import-calendar.ts';
export { schoolHolidaysImporter } from './import-school-holidays.ts';
export { agendaMigrations } from './migrations.ts';
export { seriesToModerate } from './moderation.ts';
export { makeOccurrencesJob } from './occurrences.ts';
export { momentWords } from './offers.ts';
export { offersJob } from './offers-job.ts';
export { type OwnSeries, ownSeries, readOwnSeries } from './own-series.ts';
export { programmeView } from './programme.ts';
export { type EventRow, readBookedDate, readDate, readEvents, readSeries, readSeriesPage } from './read-events.ts';
export { answerReport, answersFor, type Keeper, openEventReports, reportSeries } from './reports.ts';
export { readReserved } from './reserved.ts';
export { agendaRetention } from './retention.ts';
export { schoolKnownUntil } from './school-calendar.ts';
export { changeSeries, createSeries } from './series.ts';
export { placesOf } from './series-place.ts';
export { datesAtStops, stopsOf } from './stop-dates.ts';
export { structuredEvent } from './structured-event.ts';
export { datesToCall, type ToCall } from './to-call.ts';
export { openSeriesOf, unseenSeriesJob } from './unseen-job.ts';
