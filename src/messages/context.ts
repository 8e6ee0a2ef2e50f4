import { createContext } from 'svelte';
import type { Locale } from './locale.ts';
import type { Messages } from './server/catalogue.ts';

/** What a component may ask about the language of the page it stands in. Set once, by the root layout. */
export interface Speech {
  readonly locale: Locale;
  readonly frame: Messages['frame'];
}

export const [getSpeech, setSpeech] = createContext<Speech>();
