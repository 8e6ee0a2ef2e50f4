export { closeMissing, countMissing, forgetRun } from './close.ts';
export { correctRow } from './correct.ts';
export { findOffers, type OfferRequest, type OffersFound } from './find-offers.ts';
export { directoryMigrations } from './migrations.ts';
export { offersCsvEndpoint, offersEndpoint, offersGeojsonEndpoint } from './offers-endpoints.ts';
export { type OffersIndex, offersIndex } from './offers-index.ts';
export { DIRECTORY_TOPIC, type Origin, type Saved, saveRecords } from './save.ts';
export { type Source, saveSource } from './sources.ts';
export { DEFAULT_RADIUS_KM, findPlace, type PlaceAsked } from './where.ts';
