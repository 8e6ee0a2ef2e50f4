import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openApiDocument } from '#platform/server/http/openapi.ts';
import { endpoints } from './api.ts';

test.each(endpoints)('$path has its route, a summary and words for each parameter', ({ path, summary, query }) => {
  expect(existsSync(`src/routes${path}/+server.ts`)).toBe(true);
  expect(summary).not.toBe('');
  for (const [name, schema] of Object.entries(query.shape as Record<string, { description?: string }>)) {
    expect(schema.description, name).toBeTruthy();
  }
});

test('the OpenAPI document holds every address once', () => {
  const document = openApiDocument(endpoints);
  expect(Object.keys(document.paths ?? {})).toEqual(endpoints.map(({ path }) => path));
  const ids = Object.values(document.paths ?? {}).map((path) => path.get?.operationId);
  expect(new Set(ids).size).toBe(endpoints.length);
});
