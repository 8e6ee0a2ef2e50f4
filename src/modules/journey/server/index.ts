export { deviceSchedule } from './device-schedule.ts';
export { pushMigrations } from './migrations.ts';
export { pushKeys } from './push/keys.ts';
export { register, unregister } from './push/registration.ts';
export { pushJobs } from './push/send.ts';
export { readSchedule } from './read-schedule.ts';
