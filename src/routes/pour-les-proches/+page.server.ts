import { relatives } from '#messages/fr/relatives.ts';
import { unsent } from '#platform/unsent.ts';

export const load = () => unsent({ words: relatives });
