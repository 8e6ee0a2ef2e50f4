import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '#testing/database.ts';
import { dataProtectionDocument, tableCatalogue } from './data-protection.ts';

test('every table of the base says what it holds of people, why, by which right, for whom and how long', async () => {
  const { db } = await testDatabase('empty');
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(db);
  expect(Object.keys(tableCatalogue).sort()).toEqual(rows.map(({ name }) => name).sort());
  for (const [table, { basis, people, ...words }] of Object.entries(tableCatalogue)) {
    for (const text of [words.holds, words.purpose, words.recipients]) expect(text, table).not.toBe('');
    expect(basis === 'nobody', table).toBe(people === 'none');
  }
});

test('docs/data-protection.md is what the catalogue says', () => {
  expect(readFileSync('docs/data-protection.md', 'utf8'), 'npm run content -- data-protection').toBe(
    dataProtectionDocument(),
  );
});
