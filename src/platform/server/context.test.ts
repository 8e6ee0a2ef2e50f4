import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ok, type Result, refuse } from '#platform/result.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { type Context, inTransaction, inTransactionKept } from './context.ts';

const no: Result<string> = refuse({ code: 'no', message: 'Non.' });

test('a refusal undoes what was written before it, as an exception does; what is kept is said', async () => {
  const { db } = await testDatabase('empty');
  const context = testContext(db);
  await sql`create table said (word text not null)`.execute(db);
  const write = (inside: Context, word: string) => sql`insert into said values (${word})`.execute(inside.db);
  const after = (word: string, answer: Result<string>) => async (inside: Context) => {
    await write(inside, word);
    return answer;
  };
  const left = async () =>
    (await sql<{ word: string }>`select word from said order by word`.execute(db)).rows.map(({ word }) => word);

  expect(await inTransaction(context, after('refused', no))).toBe(no);
  expect(await inTransaction(context, after('accepted', ok('yes')))).toEqual(ok('yes'));
  expect(await inTransactionKept(context, after('kept', no))).toBe(no);
  await expect(
    inTransaction(context, async (inside) => {
      await write(inside, 'accident');
      throw new Error('an accident');
    }),
  ).rejects.toThrow('an accident');
  expect(await left()).toEqual(['accepted', 'kept']);

  // Inside another, the outer answer decides: one that hears a refusal and goes on keeps what it wrote.
  const around = (answer: Result<string>) =>
    inTransaction(context, async (outer) => {
      await inTransaction(outer, after('inner', no));
      return answer;
    });
  expect(await around(no)).toBe(no);
  expect(await left()).toEqual(['accepted', 'kept']);
  expect(await around(ok('yes'))).toEqual(ok('yes'));
  expect(await left()).toEqual(['accepted', 'inner', 'kept']);
});
