import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { kinds } from '#modules/directory/index.ts';
import { directoryImporters, nearView, offerParameters } from '#modules/directory/server/index.ts';
import { nearAddress } from '#modules/journey/index.ts';
import { readSchedule } from '#modules/journey/server/index.ts';
import { directoryContext } from '#testing/directory.ts';

/** The path knows nothing of the directory: here, where both meet, the words of one must be those of the other. */
const asked = [...new Set([...readSchedule('content').flatMap(({ near }) => near ?? []), 'grief' as const])];
const parametersOf = (address: string): URLSearchParams => new URL(address, 'https://x.example').searchParams;

/** One place of each kind in Rennes, told by its type alone, as most files do. */
const imported = async () => {
  const context = await directoryContext();
  const folder = mkdtempSync(path.join(tmpdir(), 'near-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'lieux.csv');
  writeFileSync(
    file,
    ['id;nom;type;code_insee', ...kinds.map(({ code }) => `${code};${code};${code};35238`), ''].join('\n'),
  );
  const mapping = path.join(folder, 'lieux.yaml');
  writeFileSync(mapping, 'source: { id: essai-lieux, titre: Essai, editeur: Essai }\nidentifiant: [id]\n');
  const importer = directoryImporters({ geocoderUrl: undefined }).find(({ source }) => source === 'lieux');
  const report = await importer?.run(context, file, { dryRun: false, mapping, tell: () => {} });
  expect(report).toMatchObject({ ok: true });
  await context.reindex();
  return context;
};

const view = async (context: Awaited<ReturnType<typeof imported>>, parameters: URLSearchParams) => {
  parameters.set('code', '35238');
  const { list } = await nearView(context, parameters, async () => [], 100);
  return list?.cards.map(({ title }) => title) ?? [];
};

test('what a step looks for near home is what the list knows how to filter', () => {
  expect(asked.length).toBeGreaterThan(10);
  for (const near of asked) {
    const parameters = Object.fromEntries(parametersOf(nearAddress(near)));
    expect(Object.keys(parameters).every((name) => name === 'kind' || name === 'priority')).toBe(true);
    expect(offerParameters.safeParse(parameters).error, near).toBeUndefined();
  }
});

test('where one place of each kind exists, each link finds some, and not all', async () => {
  const context = await imported();
  const all = await view(context, new URLSearchParams());
  expect(all).toHaveLength(kinds.length);
  for (const near of asked) {
    const parameters = parametersOf(nearAddress(near));
    const wanted = parameters.get('kind')?.split(',');
    const found = await view(context, parameters);
    expect(found.length, near).toBeGreaterThan(0);
    expect(found.length, near).toBeLessThan(all.length / 2);
    if (wanted) expect([...found].sort(), near).toEqual([...wanted].sort());
  }
});

test('nobody who grieves is sent to a place of babies', () => {
  expect(nearAddress('grief')).not.toMatch(/pmi|creche|laep|groupe-de-parents/);
});
