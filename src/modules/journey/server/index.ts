export { deviceSchedule } from './device-schedule.ts';
export { readSchedule } from './read-schedule.ts';
