import { contact } from '#messages/fr/contact.ts';

export const load = () => ({ words: contact.thanks });
