export { closeMissing, countMissing, forgetRun } from './close.ts';
export { correctRow } from './correct.ts';
export { directoryMigrations } from './migrations.ts';
export { type OffersIndex, offersIndex } from './offers-index.ts';
export { DIRECTORY_TOPIC, type Origin, type Saved, saveRecords } from './save.ts';
export { type Source, saveSource } from './sources.ts';
