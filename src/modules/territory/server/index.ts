export { loadTerritories, TERRITORY_TOPIC } from './load.ts';
export { territoryMigrations } from './migrations.ts';
