import type { KyselyPlugin } from 'kysely';

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
