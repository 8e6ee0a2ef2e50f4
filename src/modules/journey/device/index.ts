export { hasPath, type Moment } from './database.ts';
export { startReminders, stopReminders, updateReminders } from './reminders.ts';
export { type Found, openSafe, type Safe, whatIsLeft } from './safe.ts';
export { drawKey, saltOf, seal, unseal } from './seal.ts';
