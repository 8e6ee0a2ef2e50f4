export { canRemind, startReminders, stopReminders, updateReminders } from './reminders.ts';
export { type Found, type Moment, momentAt, openSafe, type Safe, whatIsLeft } from './safe.ts';
export { canSeal, drawKey, saltOf, seal, unseal } from './seal.ts';
