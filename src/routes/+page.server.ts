import { readAddress } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url }) => unsent({ words: catalogue[readAddress(url.pathname).locale].home });
