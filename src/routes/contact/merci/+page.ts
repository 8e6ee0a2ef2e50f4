import { contact } from '#messages/fr/contact.ts';

export const load = () => ({ words: contact.thanks });

/** Nothing here needs JavaScript. */
export const csr = false;
