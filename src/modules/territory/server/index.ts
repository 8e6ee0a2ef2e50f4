export { communesEndpoint } from './communes-endpoint.ts';
export { createGeocoder, type GeocodeAnswer, type Geocoder } from './geocoder.ts';
export { pointsImporter } from './import-points.ts';
export { loadTerritories, TERRITORY_TOPIC } from './load.ts';
export { territoryMigrations } from './migrations.ts';
export { pointOfAddress } from './point-of-address.ts';
export { territoryIndex } from './territory-index.ts';
