import { listedOf } from '#modules/professionals/server/index.ts';
import { aboveOf, parseTerritory, territoryPath } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** The territories of who is here, by their registrations and their roles, and the communes that answer what was typed. */
export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const index = context.indexes.get(territoryIndex);
  const { memberships, grants } = context.actor;
  const listed = await listedOf(
    context,
    memberships.map(({ organisation }) => organisation),
  );
  const around = listed.flatMap(({ insee }) => {
    const commune = index.commune(insee ?? '');
    return commune ? aboveOf(index, { kind: 'commune', code: commune.code }) : [];
  });
  const words = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  return {
    ...{ here: 'Territoires', words },
    mine: [...new Set([...around, ...grants.map(({ scope }) => scope)])].flatMap((scope) => {
      const territory = parseTerritory(scope);
      const name = territory.ok ? index.describe(territory.value)?.name : undefined;
      return territory.ok && name ? [{ href: `/professionnels${territoryPath(territory.value)}`, title: name }] : [];
    }),
    found: index.complete(words, 20).map(({ commune }) => ({
      href: `/professionnels${territoryPath({ kind: 'commune', code: commune.code })}`,
      title: commune.name,
      detail: index.departement(commune.departement)?.name,
    })),
  };
};
