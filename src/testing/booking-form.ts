import { form } from './registration.ts';

/** What the form of a booking sends: one adult and one child. */
export const bookingForm = (more: Readonly<Record<string, string>> = {}): FormData =>
  form({ name: 'Sam', adults: '1', children: '1', contact: 'sam@exemple.fr', ...more });
