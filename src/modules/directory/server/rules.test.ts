import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type DirectoryContext, directoryContext } from '#testing/directory.ts';
import type { DirectoryRecord } from '../model.ts';
import { saveRecords } from './index.ts';
import { followRules } from './rules.ts';
import { RULES } from './rules-version.ts';

const record = (number: number): DirectoryRecord => ({
  place: { ref: `${number}`, fields: { name: `PMI ${number}`, kind: 'pmi', insee: '35238', hours: 'Mo 09:00-12:00' } },
  services: [{ ref: `${number}`, fields: { name: 'Pesée', kind: 'pmi' } }],
});

/** All that was made by the rules, and the transactions that wrote it. */
const made = async ({ db }: DirectoryContext) => ({
  offers: (await sql`select *, xmin::text from offer order by id`.execute(db)).rows,
  timetables: (await sql`select *, xmin::text from timetable order by id`.execute(db)).rows,
  rules: (await sql`select *, xmin::text from directory_rules`.execute(db)).rows,
});

it('a base made by older rules follows ours, goes on where it was stopped, and is then left alone', async () => {
  const context = await directoryContext();
  await saveRecords(context, { source: 'essai', on: null }, [1, 2, 3, 4, 5].map(record));
  // As an older version left it.
  const before = await made(context);
  const worsen = async () => {
    await sql`update offer set terms = 'autrefois', modes = 0, timetable_id = null`.execute(context.db);
    await sql`update timetable set bitmaps = '', weeks = '{}', trouble = 'autrefois', rules = ${RULES - 1}`.execute(
      context.db,
    );
    await sql`update directory_rules set followed = ${RULES - 1}, toward = null, reached = null`.execute(context.db);
  };
  await worsen();
  expect(await followRules(context, 2)).toEqual({ offers: 5, compiled: 1 });
  const known = ({ xmin: _, changed_in: __, ...row }: Record<string, unknown>) => row;
  const after = await made(context);
  expect(after.offers.map((row) => known(row as never))).toEqual(before.offers.map((row) => known(row as never)));
  expect(after.timetables.map((row) => known(row as never))).toEqual(
    before.timetables.map((row) => known(row as never)),
  );
  expect(after.rules).toMatchObject([{ followed: RULES, toward: null, reached: null }]);

  expect(await followRules(context, 2)).toEqual({ offers: 0, compiled: 0 });
  expect(await made(context)).toEqual(after);

  // Stopped after two of the five; then taken over by another process.
  await worsen();
  const third = (await context.db.selectFrom('placement').select('id').orderBy('id').offset(1).limit(1).execute())[0];
  await sql`update directory_rules set toward = ${RULES}, reached = ${third?.id ?? 0}`.execute(context.db);
  expect(await followRules(context, 2)).toEqual({ offers: 3, compiled: 1 });

  // A version that comes after this one has been here: what it made stays.
  await worsen();
  await sql`update directory_rules set followed = ${RULES + 1}`.execute(context.db);
  expect(await followRules(context)).toEqual({ offers: 0, compiled: 0 });
});
