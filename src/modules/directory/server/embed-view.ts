import { communeAsked } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { embedSnippets, readEmbedLook } from '../embed-snippet.ts';
import { codesOf, kinds, stages } from '../vocabulary.ts';

/**
 * The page that writes what another site copies to show our list: what was chosen in its form, and the two snippets.
 * `origin`: address of this site as others reach it. What cannot be read is left out, and said when it changes something.
 */
export const embedView = (context: Context, given: URLSearchParams, origin: string) => {
  const territories = context.indexes.get(territoryIndex);
  const text = (name: string): string => (given.get(name) ?? '').trim().slice(0, 100);
  const among = <T extends string>(name: string, values: readonly T[]): T | '' =>
    values.find((value) => value === text(name)) ?? '';
  const departement = territories.departement(text('departement'));
  const asked = communeAsked(territories, text('commune'), text('code'));
  const [kind, stage] = [among('kind', codesOf(kinds)), among('stage', codesOf(stages))];
  const look = readEmbedLook(given);
  const commune = asked.state === 'found' && !departement ? asked.commune : undefined;
  const snippets = embedSnippets({
    ...{ origin, page: 'lieux', height: look.height, instead: '/autour-de-moi' },
    title: 'Lieux et services pour les parents',
    parameters: {
      ...(departement ? { territoire: `departement:${departement.code}` } : {}),
      ...(commune ? { commune: commune.name, code: commune.code } : {}),
      ...{ kind, stage, ...look.parameters },
      ...(given.get('carte') === 'non' ? { carte: 'non' } : {}),
      ...(given.get('recherche') === 'non' ? { recherche: 'non' } : {}),
    },
  });
  return {
    chosen: {
      ...{ commune: commune?.name ?? text('commune'), departement: departement?.code ?? '', kind, stage },
      ...look.chosen,
      map: given.get('carte') !== 'non',
      search: given.get('recherche') !== 'non',
    },
    options: {
      departements: territories.departements.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
      kinds: kinds.map(({ code, label }) => ({ value: code, label })),
      stages: stages.map(({ code, label }) => ({ value: code, label })),
    },
    choices:
      asked.state === 'several' && !departement
        ? asked.communes.map(({ code, name, departement: within }) => ({
            ...{ title: name, detail: territories.departement(within)?.name ?? '' },
            href: `/integrer?${new URLSearchParams([...given].filter(([key]) => key !== 'code').concat([['code', code]]))}#code`,
          }))
        : [],
    remarks: [
      ...(text('commune') && asked.state !== 'found' && asked.state !== 'several' && !departement
        ? [`Aucune commune ne répond à « ${text('commune')} ». Le cadre demandera l’endroit à chaque personne.`]
        : []),
      ...look.remarks,
    ],
    ...snippets,
  };
};

export type EmbedView = ReturnType<typeof embedView>;
