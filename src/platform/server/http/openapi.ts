import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Endpoint } from './endpoint.ts';

// biome-ignore lint/suspicious/noExplicitAny: a list of endpoints of different parameters has no narrower common type.
type AnyEndpoint = Endpoint<any, any>;

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string().describe('Mot stable, en anglais'),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string().describe('Paramètre en cause'), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'Une demande refusée, d’après la RFC 9457' });

/** The OpenAPI 3.1 document of these endpoints, made from the very schemas that check the demands. */
export const openApiDocument = (endpoints: readonly AnyEndpoint[]) =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Mille jours',
      version: '1',
      description: 'Données publiques du site : sans clé, sans compte, ouvertes aux pages d’autres sites.',
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(
      endpoints.map((endpoint) => [endpoint.path, { get: operation(endpoint) }]),
    ) satisfies ZodOpenApiPathsObject,
  });

/** A parameter as a person reads it. */
export interface DocumentedParameter {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** In French: « de 1 à 100 ; 20 si rien n’est dit ». Empty when there is nothing to say. */
  readonly bounds: string;
}

/** The parameters of an endpoint for the readable page, from the same schemas as the document. */
export const documentedParameters = (endpoint: AnyEndpoint): DocumentedParameter[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(endpoint.query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    description: typeof schema === 'object' ? (schema.description ?? '') : '',
    required: required.includes(name),
    bounds: typeof schema === 'object' ? boundsOf(schema) : '',
  }));
};

const boundsOf = (schema: z.core.JSONSchema.JSONSchema): string =>
  [
    schema.enum ? schema.enum.join(', ') : '',
    schema.minimum !== undefined && schema.maximum !== undefined ? `de ${schema.minimum} à ${schema.maximum}` : '',
    schema.default === undefined ? '' : `${String(schema.default)} si rien n’est dit`,
  ]
    .filter(Boolean)
    .join(' ; ');

const operation = ({ path, summary, description, query, answer }: AnyEndpoint): ZodOpenApiOperationObject => ({
  operationId: path
    .replace('/api/v1/', '')
    .replace(/[^a-z]+(.)/g, (_all: string, letter: string) => letter.toUpperCase()),
  summary,
  ...(description === undefined ? {} : { description }),
  requestParams: { query },
  responses: {
    200:
      answer instanceof z.ZodType
        ? { description: summary, content: { 'application/json': { schema: answer } } }
        : { description: answer.description, content: { [answer.mediaType]: {} } },
    400: problemAnswer('Un paramètre ne peut pas être compris'),
    429: problemAnswer('Trop de demandes en peu de temps'),
  },
});

const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problem } },
});
