/** The shape of the catalogue, for code that runs anywhere and is handed its words: the words themselves stay in `server/`. */
export type { Messages } from './server/catalogue.ts';
