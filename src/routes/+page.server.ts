import { readAddress } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';

export const load = ({ url }) => ({ words: catalogue[readAddress(url.pathname).locale].home });
