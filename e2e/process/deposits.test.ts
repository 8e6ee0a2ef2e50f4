import { expect, test } from 'vitest';
import { deposits, holders, onTwoProcesses, troublesOf } from './deposits.ts';

test('two hundred people press the button from ten seconds before the closing to two after, on two processes: each deposit is whole or absent, none is late', async () => {
  const [answers, troubles] = await onTwoProcesses(async (sites, db) => {
    const round = await holders(db, 200, 10);
    const { answers: told } = await deposits(sites, round, (at) => at * 60);
    return [told, await troublesOf(db, told, round.closes)] as const;
  });
  expect(troubles).toEqual([]);
  // The first has ten seconds before it, the last comes two seconds after.
  expect([answers.at(0)?.deposited, answers.at(-1)?.deposited, answers.length]).toEqual([true, false, 200]);
});
