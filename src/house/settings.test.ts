import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSettings, settingNames } from '#platform/server/settings.ts';
import { jobDefinitions } from './jobs.ts';

const documentation = readFileSync('docs/operations.md', 'utf8');

const defaults = () => {
  const read = readSettings({});
  if (!read.ok) throw new Error(read.sentences.join('\n'));
  return read.value;
};

test('the table of settings in docs/operations.md names each setting, with what it is when nothing is set', () => {
  const rows = [...documentation.matchAll(/^\| `([A-Z0-9_]+)` \| .+ \| (?:`(.+)`|—) \|$/gm)];
  const documented = rows.map(([, name, value]) => [name, value]);
  const values = new Map<string, unknown>(Object.entries(defaults()));
  const real = settingNames.map((name) => [name, values.has(name) ? String(values.get(name)) : undefined]);
  expect(documented).toEqual(real);
});

test('the table of jobs in docs/operations.md names every job', () => {
  for (const { name } of jobDefinitions(defaults())) expect(documentation).toContain(`| \`${name}\` |`);
});

test.each([
  ['PORT', 'beaucoup', 'attend un numéro de port'],
  ['DATABASE_URL', 'mysql://x/y', 'attend une adresse comme postgres://'],
  ['MAIL_FROM', 'a@b.example, c@d.example', 'attend un expéditeur'],
  ['CONTACT_EMAIL', 'personne', 'attend une adresse électronique'],
  ['ORIGIN', 'https://a.example/chemin', 'attend une origine seule'],
  ['S3_URL', 'https://s3.example/seau', 'attend aussi S3_ACCESS_KEY_ID'],
  ['PUBLISHER', 'Ville de Rennes, 35000 Rennes', 'attend aussi PUBLICATION_DIRECTOR et HOSTING_PROVIDER'],
  ['HOSTING_PROVIDER', '?', 'attend un nom'],
])('%s=%s is told with a sentence', (name, value, sentence) => {
  const read = readSettings({ [name]: value });
  expect(read.ok ? '' : read.sentences.join()).toContain(sentence);
});

test('an empty variable counts as absent, and a password is never shown', () => {
  expect(readSettings({ PORT: '' })).toMatchObject({ ok: true, value: { PORT: 3000 } });
  const read = readSettings({ DATABASE_URL: 'secret-word' });
  expect(read.ok ? '' : read.sentences.join()).not.toContain('secret-word');
});
