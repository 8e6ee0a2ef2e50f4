export { initiativeMigrations } from './migrations.ts';
export { INITIATIVES_TOPIC, loadInitiatives } from './seed.ts';
