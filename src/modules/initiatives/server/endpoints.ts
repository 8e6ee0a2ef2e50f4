import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { findTheme, type PriorityNumber } from '#modules/priorities/index.ts';
import { allPriorities, priorityOf } from '#modules/priorities/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { defineEndpoint } from '#platform/server/http/endpoint.ts';
import { refusalResponse } from '#platform/server/http/problem.ts';
import { callFilters, callTitles } from '../call-family.ts';
import { initiativePath, noteSubjects } from '../initiative.ts';
import type { Found, SearchResult } from '../search.ts';
import { type Catalogue, catalogue, type Entry } from './catalogue.ts';
import { pageParameters, resolveFilters, type SearchParameters, searchParameters } from './parameters.ts';

const coded = z.object({ code: z.string(), name: z.string() });

const placeAnswer = z.object({
  kind: z.enum(['commune', 'epci']),
  code: z.string().describe('Code INSEE de la commune, ou SIREN de l’intercommunalité'),
  name: z.string(),
  lat: z.number(),
  lon: z.number(),
  precision: z
    .enum(['imported', 'located', 'manual', 'postcode', 'epci'])
    .describe('Comment le point est connu : voir la commune ; epci : le milieu des communes de l’intercommunalité'),
  uncertainty_km: z.number(),
});

const initiativeAnswer = z
  .object({
    slug: z.string(),
    path: z.string().describe('Adresse de la page du projet sur ce site'),
    title: z.string(),
    name: z.string().nullable().describe('Nom propre du projet, quand la source en donne un'),
    holder: z.string(),
    summary: z.string().describe('Résumé écrit par nos soins'),
    calls: z.array(z.object({ id: z.enum(callFilters), title: z.string() })),
    chosen_in: z
      .array(z.object({ title: z.string(), path: z.string(), edition: z.string() }))
      .describe('Les appels publiés sur ce site qui ont choisi ce projet'),
    outside_calls: z.boolean().describe('Vrai quand aucun appel n’a choisi ce projet'),
    priorities: z.array(z.object({ number: z.number(), title: z.string() })),
    themes: z.array(z.object({ slug: z.string(), title: z.string() })),
    regions: z.array(coded),
    departements: z.array(coded),
    place: placeAnswer.nullable().describe('Rien quand la source ne nomme aucun lieu'),
    notes: z
      .array(z.object({ about: z.enum(noteSubjects), text: z.string() }))
      .describe('Choix faits à la main, avec leur raison'),
    source: z
      .object({
        document: z.string(),
        lines: z.array(z.number()).optional(),
        region: z.string().optional().describe('Tel que publié'),
        place: z.string().optional().describe('Tel que publié'),
        axis: z.string().optional().describe('Axe principal, tel que l’appel le nomme'),
        proposed: z.boolean().optional().describe('Vrai quand les priorités sont proposées et restent à valider'),
      })
      .describe('D’où vient le projet'),
    distance_km: z.number().nullable().describe('À vol d’oiseau de la commune demandée'),
  })
  .meta({ id: 'Initiative' });

/** The projects of the territories, page by page. */
export const initiativesEndpoint = defineEndpoint({
  path: '/api/v1/initiatives',
  summary: 'Chercher parmi les projets des territoires',
  description:
    'Dans une liste, une valeur suffit ; entre les paramètres, tous comptent. Les mots doivent tous s’y trouver.',
  example: 'q=creche&near=33063&radius=200',
  query: searchParameters.extend(pageParameters),
  answer: z.object({
    total: z.number(),
    page: z.number(),
    per_page: z.number(),
    next: z.string().nullable().describe('Adresse de la page suivante'),
    without_place: z
      .number()
      .describe('Projets qui conviennent mais n’ont pas de lieu, laissés de côté autour d’une commune'),
    initiatives: z.array(initiativeAnswer),
  }),
  maxAge: 300,
  run: (context, query) =>
    searched(context, query, ({ found, withoutPlace }, all) => {
      const { page, per_page } = query;
      const next = page * per_page < found.length ? nextPath(query) : null;
      const shown = found.slice((page - 1) * per_page, page * per_page);
      return {
        ...{ total: found.length, page, per_page, next, without_place: withoutPlace },
        initiatives: shown.map((one) => toAnswer(all, one)),
      };
    }),
});

/** The same, for a map: one feature a project, in one answer. */
export const initiativesGeojsonEndpoint = defineEndpoint({
  path: '/api/v1/initiatives.geojson',
  summary: 'Les projets des territoires pour une carte',
  description:
    'Un objet par projet, sans pagination. La géométrie est nulle quand la source ne nomme aucun lieu ; sinon elle situe la commune, avec son incertitude, et jamais une adresse.',
  example: 'region=04,02',
  query: searchParameters,
  answer: { mediaType: 'application/geo+json', description: 'FeatureCollection (RFC 7946) de points' },
  maxAge: 300,
  run: (context, query) =>
    searched(context, query, ({ found }, all) =>
      download('application/geo+json', {
        type: 'FeatureCollection',
        features: found.map((one) => {
          const { place, ...properties } = toAnswer(all, one);
          return {
            ...{ type: 'Feature', id: properties.slug },
            geometry: place ? { type: 'Point', coordinates: [round(place.lon), round(place.lat)] } : null,
            properties: { ...properties, place },
          };
        }),
      }),
    ),
});

/** The same, for a spreadsheet. */
export const initiativesCsvEndpoint = defineEndpoint({
  path: '/api/v1/initiatives.csv',
  summary: 'Les projets des territoires pour un tableur',
  description: 'UTF-8 avec marque d’ordre, points-virgules. Plusieurs valeurs dans une case sont séparées par « | ».',
  example: 'priority=10',
  query: searchParameters,
  answer: { mediaType: 'text/csv', description: 'Une ligne par projet' },
  maxAge: 300,
  run: (context, query) =>
    searched(context, query, ({ found }, all) =>
      download('text/csv; charset=utf-8', csvTable(found.map((one) => toAnswer(all, one))), {
        'content-disposition': 'attachment; filename="initiatives.csv"',
      }),
    ),
});

/** The vocabulary that projects are tagged with. */
export const prioritiesEndpoint = defineEndpoint({
  path: '/api/v1/priorities',
  summary: 'Les dix priorités et leurs thèmes',
  example: '',
  query: z.object({}),
  answer: z.object({
    priorities: z.array(
      z
        .object({
          number: z.number(),
          path: z.string(),
          title: z.string(),
          heading: z.string().describe('Titre tel que publié'),
          lead: z.string(),
          official: z.object({ quotation: z.string(), reference: z.string() }),
          explanation: z.array(z.string()).describe('Paragraphes, écrits par nos soins'),
          themes: z.array(z.object({ slug: z.string(), title: z.string(), published: z.string().optional() })),
          initiatives: z.number().describe('Nombre de projets'),
        })
        .meta({ id: 'Priority' }),
    ),
  }),
  maxAge: 300,
  run: (context) => ({
    priorities: allPriorities().map((priority) => ({
      ...priority,
      path: `/priorites/${priority.number}`,
      explanation: [...priority.explanation],
      themes: [...priority.themes],
      initiatives: catalogue(context).entries.filter((entry) => isOf(entry, priority.number)).length,
    })),
  }),
});

const isOf = ({ initiative }: Entry, number: PriorityNumber): boolean => initiative.priorities.includes(number);

/** Searches, or answers with the problem that names the parameter at fault. */
const searched = <T>(
  context: Context,
  query: SearchParameters,
  answer: (result: SearchResult<Entry>, all: Catalogue) => T,
): T | Response => {
  const all = catalogue(context);
  const filters = resolveFilters(all, query);
  return filters.ok ? answer(all.search(filters.value), all) : refusalResponse([filters.error]);
};

const toAnswer = ({ territories }: Catalogue, { item, distanceKm }: Found<Entry>): z.infer<typeof initiativeAnswer> => {
  const { initiative, place } = item;
  const { slug, title, name, holder, summary, calls, source } = initiative;
  return {
    ...{ slug, path: initiativePath(slug), title, name: name ?? null, holder, summary },
    calls: calls.map((id) => ({ id, title: callTitles[id].title })),
    chosen_in: [...(initiative.chosenIn ?? [])],
    outside_calls: calls.length === 0 && !initiative.chosenIn,
    priorities: initiative.priorities.map((number) => ({ number, title: priorityOf(number).title })),
    themes: initiative.themes.map((theme) => ({
      slug: theme,
      title: findTheme(allPriorities(), theme)?.theme.title ?? theme,
    })),
    regions: initiative.regions.map((code) => ({ code, name: territories.region(code)?.name ?? '' })),
    departements: initiative.departements.map((code) => ({ code, name: territories.departement(code)?.name ?? '' })),
    place: place
      ? {
          ...{ kind: place.kind, code: place.code, name: place.name, lat: round(place.lat), lon: round(place.lon) },
          ...{ precision: place.precision, uncertainty_km: place.uncertaintyKm },
        }
      : null,
    notes: [...initiative.notes],
    source: { ...source, ...(source.lines ? { lines: [...source.lines] } : {}) } as z.infer<
      typeof initiativeAnswer
    >['source'],
    distance_km: distanceKm === undefined ? null : Math.round(distanceKm * 10) / 10,
  };
};

/** Five decimals are about a metre: more would claim what nobody measured. */
const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

type Cell = (answer: z.infer<typeof initiativeAnswer>) => string | number;

const joined = (values: readonly (string | number)[]): string => values.join(' | ');

/** The columns of the spreadsheet, in their order, and what each holds of a project. */
const csvColumns: Readonly<Record<string, Cell>> = {
  identifiant: ({ slug }) => slug,
  titre: ({ title }) => title,
  nom_du_projet: ({ name }) => name ?? '',
  porteur: ({ holder }) => holder,
  resume: ({ summary }) => summary,
  appels: ({ calls }) => joined(calls.map(({ title }) => title)),
  hors_appel: ({ outside_calls }) => (outside_calls ? 'oui' : 'non'),
  priorites: ({ priorities }) => joined(priorities.map(({ number }) => number)),
  themes: ({ themes }) => joined(themes.map(({ title }) => title)),
  codes_regions: ({ regions }) => joined(regions.map(({ code }) => code)),
  regions: ({ regions }) => joined(regions.map(({ name }) => name)),
  codes_departements: ({ departements }) => joined(departements.map(({ code }) => code)),
  departements: ({ departements }) => joined(departements.map(({ name }) => name)),
  code_commune: ({ place }) => (place?.kind === 'commune' ? place.code : ''),
  commune: ({ place }) => (place?.kind === 'commune' ? place.name : ''),
  siren_epci: ({ place }) => (place?.kind === 'epci' ? place.code : ''),
  epci: ({ place }) => (place?.kind === 'epci' ? place.name : ''),
  latitude: ({ place }) => place?.lat ?? '',
  longitude: ({ place }) => place?.lon ?? '',
  precision: ({ place }) => place?.precision ?? '',
  incertitude_km: ({ place }) => place?.uncertainty_km ?? '',
  notes: ({ notes }) => joined(notes.map(({ text }) => text)),
  document_source: ({ source }) => source.document,
  lignes_source: ({ source }) => joined(source.lines ?? []),
  region_publiee: ({ source }) => source.region ?? '',
  lieu_publie: ({ source }) => source.place ?? '',
  page: ({ path }) => path,
};

/** The whole table, its head included even when no project is found. */
const csvTable = (answers: readonly z.infer<typeof initiativeAnswer>[]): string =>
  stringify(
    [Object.keys(csvColumns), ...answers.map((answer) => Object.values(csvColumns).map((cell) => cell(answer)))],
    { bom: true, delimiter: ';', escape_formulas: true },
  );

const nextPath = (query: SearchParameters & { page: number }): string => {
  const parameters = new URLSearchParams(
    Object.entries({ ...query, page: query.page + 1 }).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  );
  return `/api/v1/initiatives?${parameters}`;
};

const download = (mediaType: string, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    headers: { 'content-type': mediaType, ...headers },
  });
