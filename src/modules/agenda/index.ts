export { type BookingFields, DAYS_KEPT, mostPersons, peopleWords, readContact } from './booking.ts';
export { readDates, readDay } from './dates-form.ts';
export { company, eventKinds, eventModes, type SeriesFields, type SeriesStatus, schoolChoices } from './event.ts';
export { hoursWords } from './event-words.ts';
export { keptTimes, keptValues, typedValues } from './form-values.ts';
