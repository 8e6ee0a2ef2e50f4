import { redirect } from '@sveltejs/kit';
import { type TerritoryIndex, territoryPath } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { keepPerVersion } from '#platform/keep.ts';
import { unsent } from '#platform/unsent.ts';

/** The regions and the collectivities, and the communes that answer what was typed. */
export const load = ({ url, locals: { context } }) => {
  const index = context.indexes.get(territoryIndex);
  const chosen = index.commune(url.searchParams.get('commune') ?? '');
  if (chosen) redirect(303, territoryPath({ kind: 'commune', code: chosen.code }));

  const words = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const nameOf = (code: string): string => index.departement(code)?.name ?? '';
  const found = answers(index, words, () =>
    index.complete(words, 20).map(({ commune, formerName }) => ({
      href: territoryPath({ kind: 'commune', code: commune.code }),
      title: commune.name,
      detail: [
        `${nameOf(commune.departement)} (${commune.departement})`,
        ...(commune.postcodes[0] ? [commune.postcodes[0]] : []),
        ...(formerName ? [`réunit ${formerName}`] : []),
      ].join(' · '),
    })),
  );

  const collectivities = new Set(index.departements.map(({ code, region }) => (`${code}` === region ? region : '')));
  const rows = index.regions.map(({ code, name }) => ({
    href: territoryPath({ kind: 'region', code }),
    title: name,
    detail: listOf(index.departements.filter(({ region }) => region === code).map((departement) => departement.name)),
    collectivity: collectivities.has(code),
  }));
  return unsent({
    ...{ words, found },
    regions: rows.filter((row) => !row.collectivity),
    collectivities: rows
      .filter((row) => row.collectivity)
      .map(({ href, title }) => ({ href: href.replace('/regions/', '/departements/'), title })),
  });
};

const answers = keepPerVersion<TerritoryIndex, { href: string; title: string; detail: string }[]>(200);

/** The names of the départements, when the region is more than one of them. */
const listOf = (names: readonly string[]): string | undefined => (names.length > 1 ? names.join(', ') : undefined);
