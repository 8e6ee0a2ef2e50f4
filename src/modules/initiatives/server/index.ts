export { type Catalogue, catalogue, type Entry, initiativesOfTerritory, type Place } from './catalogue.ts';
export { readInitiatives } from './content.ts';
export {
  initiativesCsvEndpoint,
  initiativesEndpoint,
  initiativesGeojsonEndpoint,
  prioritiesEndpoint,
} from './endpoints.ts';
export { initiativesIndex } from './initiatives-index.ts';
export { type Choosing, hideLaureate, type Laureate, showLaureate } from './laureates.ts';
export { listView } from './list-view.ts';
export { initiativeMigrations } from './migrations.ts';
export { INITIATIVES_TOPIC, loadInitiatives } from './seed.ts';
export { callsInWords, countOfProjects, projectCard, projectCards, territoryLinks, whereOf } from './views.ts';
