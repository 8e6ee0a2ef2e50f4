export { agendaMigrations } from './migrations.ts';
export { makeOccurrencesJob } from './occurrences.ts';
export { acceptSeries, changeSeries, closeSeries, createSeries, ownSeries, placesOf, readOwnSeries } from './series.ts';
