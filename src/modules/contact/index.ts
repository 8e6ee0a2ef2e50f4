export { type ContactMessage, longest, readMessage, subjects, type Typed } from './message.ts';
