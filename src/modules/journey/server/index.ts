export { readSchedule } from './read-schedule.ts';
