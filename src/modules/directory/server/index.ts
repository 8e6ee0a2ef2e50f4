export { type ComparedPlace, compare, prepare } from '../import/duplicates.ts';
export { addStop } from './add-stop.ts';
export { type BaseMap, chosenBaseMap } from './base-map.ts';
export { markChecked } from './check.ts';
export { closeMissing, countMissing, forgetRun } from './close.ts';
export { correctRow } from './correct.ts';
export { type EmbedView, embedView } from './embed-view.ts';
export { emptyListing } from './empty-listing.ts';
export { exportEndpoint, exportEndpoints } from './exports-endpoints.ts';
export { exportsJob, makeExports } from './exports-make.ts';
export { exportMigrations } from './exports-migrations.ts';
export { findOffers, type OfferRequest, type OffersFound } from './find-offers.ts';
export { type FrameView, frameView } from './frame-view.ts';
export { compileHoursJob } from './hours-job.ts';
export { directoryImporters } from './importers.ts';
export { type NearView, nearView } from './list-view.ts';
export { type LocalEntry, localEntries, localOverview, offersOfPerson } from './local-list.ts';
export { mergePlaces, partPlaces } from './merge.ts';
export { directoryMigrations } from './migrations.ts';
export { offersCsvEndpoint, offersEndpoint, offersGeojsonEndpoint } from './offers-endpoints.ts';
export { type OffersIndex, offersIndex } from './offers-index.ts';
export { departementPack } from './pack.ts';
export { offerParameters } from './parameters.ts';
export { type PlaceView, placeTold, placeView, type ServiceView, serviceView } from './place-view.ts';
export { findProbableDuplicates } from './probable-duplicates.ts';
export { placeQuestion } from './read-sheet.ts';
export {
  countReports,
  listReports,
  markReport,
  reportDaysKept,
  reportError,
  reportSubject,
} from './report.ts';
export { directoryRetention } from './retention.ts';
export { followRulesJob } from './rules.ts';
export { DIRECTORY_TOPIC, type Origin, type Saved, saveRecords } from './save.ts';
export { loadDirectory } from './seed.ts';
export { type Source, saveSource } from './sources.ts';
export { stopCalendar } from './stop-calendar.ts';
export { structuredPlace, structuredService } from './structured.ts';
export { namesTile, offersTile } from './tiles.ts';
export { refreshTimetables } from './timetables.ts';
export { DEFAULT_RADIUS_KM, findPlace, type PlaceAsked } from './where.ts';
