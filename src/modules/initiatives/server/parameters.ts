import { z } from 'zod';
import { findTheme, priorityParameter } from '#modules/priorities/index.ts';
import { allPriorities } from '#modules/priorities/server/index.ts';
import { isDepartementCode, isRegionCode } from '#modules/territory/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { commaList, wholeNumber } from '#platform/server/http/endpoint.ts';
import { callFilters, callTitles } from '../call-family.ts';
import { type InitiativeFilters, sorts } from '../search.ts';
import type { Catalogue } from './catalogue.ts';

/** How far « near » reaches, in kilometres, when nothing else is said. */
export const DEFAULT_RADIUS_KM = 50;

/** What the list, the page and the exports are filtered by. */
export const searchParameters = z.object({
  q: z
    .string()
    .trim()
    .max(200, { error: 'accepte 200 caractères au plus' })
    .optional()
    .describe('Mots cherchés, sans souci des accents ni d’une faute de frappe'),
  priority: commaList(priorityParameter).optional().describe('Priorités, de 1 à 10, séparées par des virgules'),
  theme: commaList(
    z.string().refine((slug) => findTheme(allPriorities(), slug) !== undefined, {
      error: 'attend des thèmes de /api/v1/priorities, par exemple allaitement',
    }),
  )
    .optional()
    .describe('Thèmes, séparés par des virgules : voir /api/v1/priorities'),
  region: commaList(
    z.string().refine(isRegionCode, { error: 'attend des codes INSEE de régions, par exemple 53 ou 04' }),
  )
    .optional()
    .describe('Codes INSEE de régions, séparés par des virgules'),
  departement: commaList(
    z
      .string()
      .toUpperCase()
      .refine(isDepartementCode, { error: 'attend des codes INSEE de départements, par exemple 35, 2A ou 974' }),
  )
    .optional()
    .describe('Codes INSEE de départements, séparés par des virgules'),
  call: commaList(z.enum(callFilters, { error: `attend ${callFilters.join(', ')}` }))
    .optional()
    .describe(callFilters.map((call) => `${call} : ${callTitles[call].title}`).join(' ; ')),
  near: z
    .string()
    .trim()
    .min(1, { error: 'attend le code INSEE d’une commune' })
    .max(100, { error: 'accepte 100 caractères au plus' })
    .optional()
    .describe('Code INSEE de la commune autour de laquelle chercher'),
  radius: wholeNumber(1, 1_000, 'un nombre de kilomètres')
    .optional()
    .describe(`Rayon autour de cette commune, en kilomètres ; ${DEFAULT_RADIUS_KM} si rien n’est dit`),
  sort: z
    .enum(sorts, { error: `attend ${sorts.join(', ')}` })
    .optional()
    .describe(
      'Ordre : relevance (pertinence), distance ou name (titre). Sans rien dire : pertinence avec des mots, distance autour d’une commune, titre sinon',
    ),
});

/** Which page of a list. */
export const pageParameters = {
  page: wholeNumber(1, 10_000, 'un numéro de page').default(1).describe('Numéro de page, à partir de 1'),
  per_page: wholeNumber(1, 100, 'un nombre de projets').default(20).describe('Projets par page'),
};

export type SearchParameters = z.infer<typeof searchParameters>;

/** Turns parameters into filters. Refuses a commune that does not exist, and a radius or an order that needs one. */
export const resolveFilters = (
  { territories }: Catalogue,
  parameters: SearchParameters,
): Result<InitiativeFilters, Refusal> => {
  const { near, radius, sort } = parameters;
  const commune = near ? territories.commune(near) : undefined;
  if (near && !commune) {
    return refuse({
      code: 'unknown_commune',
      field: 'near',
      message: 'attend le code INSEE d’une commune, par exemple 35238 ; cherchez-le avec /api/v1/communes',
    });
  }
  if (!commune && radius !== undefined) return refuse(needsPlace('radius'));
  if (!commune && sort === 'distance') return refuse(needsPlace('sort'));
  return ok({
    words: parameters.q ?? '',
    priorities: parameters.priority ?? [],
    themes: parameters.theme ?? [],
    regions: parameters.region ?? [],
    departements: parameters.departement ?? [],
    calls: parameters.call ?? [],
    ...(commune ? { near: { point: commune, radiusKm: radius ?? DEFAULT_RADIUS_KM } } : {}),
    sort,
  });
};

const needsPlace = (field: string): Refusal => ({
  code: 'needs_place',
  field,
  message: 'demande une commune : ajoutez near et son code INSEE',
});
