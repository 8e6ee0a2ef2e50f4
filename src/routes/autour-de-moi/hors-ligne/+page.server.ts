import { near } from '#messages/fr/near.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url, locals }) => {
  const { departements } = locals.context.indexes.get(territoryIndex);
  const asked = url.searchParams.get('departement') ?? '';
  return unsent({
    words: near,
    chosen: departements.some(({ code }) => code === asked) ? asked : '',
    departements: departements.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
  });
};
