import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourcesReport } from '#modules/initiatives/index.ts';
import { readInitiatives } from '#modules/initiatives/server/index.ts';
import { territoryNames } from './territories/names.ts';

test('the page on the sources of the projects is that of the files (else: npm run content -- initiatives)', () => {
  const initiatives = readInitiatives('content').map((written) => ({ ...written, origin: 'document-000' }));
  const report = sourcesReport(initiatives, territoryNames('reference'));
  expect(readFileSync('docs/initiatives-sources.md', 'utf8')).toBe(report);
  expect(report).not.toMatch(/undefined|NaN/);
});
