import { houses } from '#messages/fr/houses.ts';
import { houseList } from '#modules/houses/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ locals }) => unsent({ words: houses, groups: await houseList(locals.context) });
