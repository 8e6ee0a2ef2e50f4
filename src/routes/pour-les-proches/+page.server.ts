import { relatives } from '#messages/fr/relatives.ts';

export const load = () => ({ words: relatives });
