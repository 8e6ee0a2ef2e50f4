import { z } from 'zod';
import { defineEndpoint, wholeNumber } from '#platform/server/http/endpoint.ts';
import { type Completion, MOST_COMPLETIONS } from '../completion.ts';
import type { TerritoryIndex } from '../territory-index.ts';
import { territoryIndex } from './territory-index.ts';

const named = z.object({ code: z.string(), name: z.string() });

const communeAnswer = z
  .object({
    code: z.string().describe('Code INSEE d’aujourd’hui'),
    name: z.string(),
    postcodes: z.array(z.string()),
    part_of: z.string().nullable().describe('Pour un arrondissement de Paris, Lyon ou Marseille : le code de la ville'),
    departement: named,
    region: named,
    epci: named.nullable().describe('Intercommunalité à fiscalité propre : son numéro SIREN et son nom'),
    population: z.number().nullable().describe('Population municipale'),
    lat: z.number(),
    lon: z.number(),
    precision: z
      .enum(['imported', 'located', 'manual', 'postcode', 'epci'])
      .describe(
        'Comment le point est connu : fichier officiel (imported), bourg situé (located), placé à la main (manual), ' +
          'milieu des communes voisines de même code postal (postcode) ou de même intercommunalité (epci)',
      ),
    uncertainty_km: z.number().describe('Le milieu de la commune est à moins de cette distance 19 fois sur 20'),
    former_name: z.string().optional().describe('Le nom d’autrefois qui correspond à la recherche'),
  })
  .meta({ id: 'Commune' });

/** Completion of communes, for a field where a place is typed. */
export const communesEndpoint = defineEndpoint({
  path: '/api/v1/communes',
  summary: 'Trouver une commune par le début de son nom, son code postal ou son code INSEE',
  description:
    'Sans accents ni tirets, « st » vaut « saint ». Les noms des communes d’autrefois mènent à celle d’aujourd’hui. ' +
    'Un nombre avec le nom précise lequel : « saint-denis 974 ».',
  example: 'q=st+denis+974',
  query: z.object({
    q: z
      .string({ error: 'attend le début d’un nom, un code postal ou un code INSEE' })
      .trim()
      .min(1, { error: 'attend le début d’un nom, un code postal ou un code INSEE' })
      .max(100, { error: 'accepte 100 caractères au plus' })
      .describe('Début du nom, code postal ou code INSEE'),
    limit: wholeNumber(1, MOST_COMPLETIONS, 'un nombre de réponses').default(10).describe('Nombre de réponses au plus'),
  }),
  answer: z.object({ communes: z.array(communeAnswer) }),
  maxAge: 300,
  run: ({ indexes }, { q, limit }) => {
    const index = indexes.get(territoryIndex);
    return { communes: index.complete(q, limit).map((completion) => toAnswer(index, completion)) };
  },
});

const toAnswer = (index: TerritoryIndex, { commune, formerName }: Completion): z.infer<typeof communeAnswer> => {
  const name = (found: { name: string } | undefined): string => found?.name ?? '';
  return {
    code: commune.code,
    name: commune.name,
    postcodes: [...commune.postcodes],
    part_of: commune.partOf,
    departement: { code: commune.departement, name: name(index.departement(commune.departement)) },
    region: { code: commune.region, name: name(index.region(commune.region)) },
    epci: commune.epci === null ? null : { code: commune.epci, name: name(index.epci(commune.epci)) },
    population: commune.population,
    lat: commune.lat,
    lon: commune.lon,
    precision: commune.precision,
    uncertainty_km: commune.uncertaintyKm,
    ...(formerName === undefined ? {} : { former_name: formerName }),
  };
};
