import { expect, test } from 'vitest';
import { z } from 'zod';
import { commaList, defineEndpoint } from './endpoint.ts';
import { documentedParameters, openApiDocument } from './openapi.ts';

const boats = defineEndpoint({
  path: '/api/v1/boats',
  summary: 'Les bateaux',
  query: z.object({
    length: commaList(z.coerce.number<string>()).optional().describe('Longueurs en mètres'),
    page: z.coerce.number().int().min(1).max(9).default(1).describe('Page'),
  }),
  answer: z.object({
    boats: z.array(z.object({ name: z.string(), mast: z.number().nullable() }).meta({ id: 'Boat' })),
  }),
  run: () => ({ boats: [] }),
});
const chart = defineEndpoint({
  path: '/api/v1/boats.csv',
  summary: 'Les bateaux pour un tableur',
  query: z.object({}),
  answer: { mediaType: 'text/csv', description: 'Une ligne par bateau' },
  run: () => new Response(''),
});

test('says what each address takes and gives, from its own schemas', () => {
  const document = openApiDocument([boats, chart]);
  expect(document).toMatchObject({
    openapi: '3.1.0',
    paths: {
      '/api/v1/boats': {
        get: {
          operationId: 'boats',
          parameters: [
            { in: 'query', name: 'length', description: 'Longueurs en mètres', schema: { type: 'string' } },
            { in: 'query', name: 'page', schema: { type: 'integer', minimum: 1, maximum: 9, default: 1 } },
          ],
          responses: {
            '200': { content: { 'application/json': { schema: { type: 'object' } } } },
            '400': { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
          },
        },
      },
      '/api/v1/boats.csv': {
        get: { operationId: 'boatsCsv', responses: { '200': { content: { 'text/csv': {} } } } },
      },
    },
    components: { schemas: { Boat: { type: 'object', required: ['name', 'mast'] } } },
  });
});

test('no parameter is required that has a default, and none is required that is optional', () => {
  const { paths } = openApiDocument([boats]);
  const parameters = paths?.['/api/v1/boats']?.get?.parameters ?? [];
  expect(parameters.filter((parameter) => 'required' in parameter && parameter.required)).toEqual([]);
});

test('a person reads the same bounds as a program', () => {
  expect(documentedParameters(boats)).toEqual([
    { name: 'length', description: 'Longueurs en mètres', required: false, bounds: '' },
    { name: 'page', description: 'Page', required: false, bounds: 'de 1 à 9 ; 1 si rien n’est dit' },
  ]);
});
