import type { KyselyPlugin } from 'kysely';
import type { Context } from '#platform/server/context.ts';

/** Lets `count` statements through, then fails as the connection of a process that is killed does. */
export const killAfter = (count: number): KyselyPlugin => {
  let left = count;
  return {
    transformQuery: ({ node }) => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return node;
    },
    transformResult: async ({ result }) => result,
  };
};

/**
 * Does something again and again on a process that is killed at its first statement, then at its second, and so on until it
 * gets through to its end. After each death `between` looks at what was left. Returns how many died.
 */
export const killedAtEach = async <C extends Context>(
  context: C,
  act: (doomed: C) => Promise<unknown>,
  between: () => Promise<void>,
): Promise<number> => {
  for (let statements = 0; ; statements += 1) {
    try {
      await act({ ...context, db: context.db.withPlugin(killAfter(statements)) });
      return statements;
    } catch (error) {
      if (!String(error).includes('killed')) throw error;
      await between();
    }
  }
};
