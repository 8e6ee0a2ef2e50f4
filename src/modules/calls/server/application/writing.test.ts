import { expect, test } from 'vitest';
import { callsHouse, done, publishedCall, startedApplication } from '#testing/calls.ts';
import { startApplication } from './start.ts';
import { readContent, writePart } from './write-part.ts';

test('an application is started, numbered and written; two writers of one part: one wins, the other sees both', async () => {
  const house = await callsHouse();
  const call = await publishedCall(house);
  const { id, holder, content: wholeContent } = await startedApplication(house, call);
  expect((await readContent(holder, id)).content).toEqual(wholeContent);
  const row = await holder.db.selectFrom('call_application').selectAll().where('id', '=', id).executeTakeFirst();
  expect(row).toMatchObject({
    ...{ number: 1, status: 'draft', siren: '123456782', holder: 'Association Exemple', axes: [1] },
    ...{ title: 'Une maison des parents', asked_cents: 4_000_000, total_cents: 6_000_000 },
    territories: ['commune:35238'],
  });

  const others = await Promise.all(
    ['a', 'b', 'c'].map(async (name) =>
      startApplication(await house.as(`${name}@exemple.example`), call.id, { kind: 'intent' }),
    ),
  );
  const numbers = await holder.db.selectFrom('call_application').select('number').orderBy('number').execute();
  expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(others.every(({ ok }) => ok)).toBe(true);

  const [one, two] = [
    { ...wholeContent.project, title: 'Mon titre' },
    { ...wholeContent.project, title: 'Le sien' },
  ];
  const both = await Promise.all([
    writePart(holder, id, 'project', one, { seen: 1 }),
    writePart(holder, id, 'project', two, { seen: 1 }),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const kept = (await readContent(holder, id)).content.project;
  expect(both.find(({ ok }) => !ok)).toMatchObject({
    error: { code: 'journal_conflict', theirs: { version: 2, content: kept } },
  });
  // Sent again after an answer that was lost: it is there already.
  expect(done(await writePart(holder, id, 'project', kept, { seen: 1 })).version).toBe(2);
});
