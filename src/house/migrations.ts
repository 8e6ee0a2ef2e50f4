import type { Migrations } from '#platform/server/database/migrate.ts';

/** Every migration of the house, in order. A published one never changes; the next takes the next number. */
export const migrations: Migrations = {};
