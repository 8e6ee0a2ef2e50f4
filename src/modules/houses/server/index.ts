export { type House, houseOf, openHouse, ownHouse, type Site, sitesOf } from './houses.ts';
export { housesMigrations } from './migrations.ts';
export { housesRetention } from './retention.ts';
