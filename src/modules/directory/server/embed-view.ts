import { communeAsked } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { frameSizes, readFrameTheme } from '../frame-theme.ts';
import { codesOf, kinds, stages } from '../vocabulary.ts';
import { FRAME } from './frame-view.ts';

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
  const [theme, size] = [among('theme', ['clair']), among('taille', frameSizes)];
  const height = /^\d{3,4}$/.test(text('hauteur')) ? Math.min(4_000, Math.max(200, Number(text('hauteur')))) : 900;
  const accent = readFrameTheme(given).accent;
  const colour = accent ? text('couleur').replace('#', '').toLowerCase() : '';
  const commune = asked.state === 'found' && !departement ? asked.commune : undefined;
  const parameters = new URLSearchParams(
    Object.entries({
      ...(departement ? { territoire: `departement:${departement.code}` } : {}),
      ...(commune ? { commune: commune.name, code: commune.code } : {}),
      ...{ kind, stage, theme, couleur: colour, taille: size === 'normale' ? '' : size },
      ...(given.get('carte') === 'non' ? { carte: 'non' } : {}),
      ...(given.get('recherche') === 'non' ? { recherche: 'non' } : {}),
    }).filter(([, value]) => value !== ''),
  ).toString();
  const path = parameters ? `${FRAME}?${parameters}` : FRAME;
  const title = 'Lieux et services pour les parents';
  return {
    chosen: {
      ...{ commune: commune?.name ?? text('commune'), departement: departement?.code ?? '', kind, stage, theme },
      ...{ colour: text('couleur'), size, height: String(height) },
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
      ...(text('couleur') && !accent
        ? [`« ${text('couleur')} » n’est pas une couleur. Écrivez six signes, comme 1a5f7a.`]
        : []),
      ...(accent && accent.light !== `#${colour}`
        ? [`Pour rester lisible, votre couleur devient ${accent.light} sur une page claire.`]
        : []),
    ],
    preview: path,
    height,
    frame: `<iframe src="${escaped(`${origin}${path}`)}" title="${title}" loading="lazy" referrerpolicy="no-referrer" style="width:100%;height:${height}px;border:0"></iframe>`,
    element: `<script src="${escaped(origin)}/integrer/cadre.js" async></${'script'}>\n<mille-jours-cadre page="lieux" titre="${title}" hauteur="${height}"${parameters ? ` parametres="${escaped(parameters)}"` : ''}>\n  <a href="${escaped(origin)}/autour-de-moi">${title}</a>\n</mille-jours-cadre>`,
  };
};

export type EmbedView = ReturnType<typeof embedView>;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
