import { readdirSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { saveRecords } from '#modules/directory/server/index.ts';
import { createPool } from '#platform/server/database/database.ts';
import { createRateLimits } from '#platform/server/http/rate-limit.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { testDatabase } from '#testing/database.ts';
import { callDoor, type Door } from '#testing/doors.ts';
import { professionalsHouse } from '#testing/professionals.ts';
import * as claim from './espace/tenir/+page.server.ts';
import * as begin from './inscription/+page.server.ts';

/** A house with a nursery, and the limits of the site. */
const guarded = async () => {
  const house = await professionalsHouse();
  await saveRecords(house.context, { source: 'essai', on: '2026-05-12' }, [
    {
      place: { ref: 'p', fields: { name: 'Crèche Exemple', kind: 'creche', insee: '35238' } },
      services: [{ ref: 's', fields: { name: 'Accueil', kind: 'creche' } }],
    },
  ]);
  const { url } = await testDatabase();
  const pool = createPool(url, 1);
  onTestFinished(() => pool.end());
  const settings = {
    API_REQUESTS_PER_MINUTE: 600,
    FORMS_PER_QUARTER_HOUR: 10,
    SIGN_INS_PER_QUARTER_HOUR: 30,
    DATABASE_URL: url,
  };
  return { ...house, limits: createRateLimits(settings, pool) };
};

const SENDINGS = 1_000;

test.each<[string, Door, string, Record<string, string>, RegExp]>([
  ['registrations', begin.actions.default, '/professionnels/inscription', {}, /quart d’heure/],
  [
    'claims',
    claim.actions.default,
    '/professionnels/espace/tenir?lieu=creche-exemple',
    { proof: 'moderator', words: 'C’est nous.' },
    /quart d’heure/,
  ],
])(
  'of a thousand %s from one address a few pass, the others are told, and nobody elsewhere waits',
  async (_, door, address, form, told) => {
    const { context, as, limits } = await guarded();
    const crowd: PersonContext[] = [];
    for (let number = 0; number < 12; number += 1) crowd.push(await as(`foule${number}@exemple.example`));
    const answers = new Map<number, number>();
    let last = '';
    for (let sent = 0; sent < SENDINGS; sent += 1) {
      const who = crowd[sent % crowd.length];
      if (!who) throw new Error('nobody');
      const { status, text } = await callDoor(who, door, { address, form, limits });
      answers.set(status, (answers.get(status) ?? 0) + 1);
      last = text;
    }
    expect([...answers.keys()].sort()).toEqual([303, 429]);
    expect([answers.get(303), answers.get(429)]).toEqual([10, SENDINGS - 10]);
    expect(last).toMatch(told);
    const other = await as('ailleurs@exemple.example');
    expect(await callDoor(other, door, { address, form, limits, from: '198.51.100.7' })).toMatchObject({ status: 303 });
    const begun = await context.db.selectFrom('registration').select('id').execute();
    expect(begun.length).toBeLessThanOrEqual(11);
  },
  60_000,
);

test('every table of the site that a spreadsheet opens keeps its cells from being formulas', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(ts|svelte)$/.test(name) && !name.endsWith('.test.ts'),
  );
  const read = (name: string): string => readFileSync(`src/${name}`, 'utf8');
  const tables = sources.filter((name) => /from 'csv-stringify/.test(read(name)));
  expect(tables.length).toBeGreaterThan(2);
  for (const name of tables) {
    const calls = read(name).match(/(?<!JSON\.)\bstringify\(/g) ?? [];
    expect.soft([name, read(name).match(/escape_formulas: true/g)?.length]).toEqual([name, calls.length]);
  }
  // And nobody writes a table by hand: what says that it is one asks a writer, its own or its module’s.
  for (const name of sources.filter((one) => /['"`]text\/csv/.test(read(one)))) {
    expect.soft([name, /csv-stringify|[cC]sv\w*\(/.test(read(name))]).toEqual([name, true]);
  }
});
