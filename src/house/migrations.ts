import { agendaMigrations } from '#modules/agenda/server/index.ts';
import { callbackMigrations } from '#modules/callback/server/index.ts';
import { callsMigrations } from '#modules/calls/server/index.ts';
import { directoryMigrations, exportMigrations } from '#modules/directory/server/index.ts';
import { groupsMigrations } from '#modules/groups/server/index.ts';
import { counterMigrations, housesMigrations } from '#modules/houses/server/index.ts';
import { initiativeMigrations } from '#modules/initiatives/server/index.ts';
import { pushMigrations } from '#modules/journey/server/index.ts';
import { networksMigrations } from '#modules/networks/server/index.ts';
import { professionalsMigrations } from '#modules/professionals/server/index.ts';
import { respiteMigrations, sittingMigrations } from '#modules/respite/server/index.ts';
import { territoryMigrations } from '#modules/territory/server/index.ts';
import { toursMigrations } from '#modules/tours/server/index.ts';
import type { Migrations } from '#platform/server/database/migrate.ts';
import { demonstrationMigrations } from '#platform/server/demonstration/migrations.ts';
import { rateLimitMigrations } from '#platform/server/http/migrations.ts';
import { identityMigrations } from '#platform/server/identity/migrations.ts';
import { journalMigrations } from '#platform/server/journal/migrations.ts';
import { mailMigrations } from '#platform/server/mail/migrations.ts';

/** Every migration of the house, in order. A published one never changes; the next takes the next number. */
export const migrations: Migrations = {
  ...journalMigrations,
  ...mailMigrations,
  ...rateLimitMigrations,
  ...territoryMigrations,
  ...initiativeMigrations,
  ...directoryMigrations,
  ...pushMigrations,
  ...professionalsMigrations,
  ...identityMigrations,
  ...exportMigrations,
  ...networksMigrations,
  ...agendaMigrations,
  ...demonstrationMigrations,
  ...respiteMigrations,
  ...sittingMigrations,
  ...callbackMigrations,
  ...toursMigrations,
  ...groupsMigrations,
  ...housesMigrations,
  ...counterMigrations,
  ...callsMigrations,
};
