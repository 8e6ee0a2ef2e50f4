import { near } from '#messages/fr/near.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';

export const load = ({ url, locals }) => {
  const { departements } = locals.context.indexes.get(territoryIndex);
  const asked = url.searchParams.get('departement') ?? '';
  return {
    words: near,
    chosen: departements.some(({ code }) => code === asked) ? asked : '',
    departements: departements.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
  };
};
