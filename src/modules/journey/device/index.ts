export type { Moment } from './database.ts';
export { momentAt } from './moments.ts';
export { canRemind, startReminders, stopReminders, updateReminders } from './reminders.ts';
export { type Found, openSafe, type Safe, whatIsLeft } from './safe.ts';
export { canSeal, drawKey, saltOf, seal, unseal } from './seal.ts';
