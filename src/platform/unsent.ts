/**
 * Marks what `load` returns as read by the server alone. SvelteKit writes it all in JavaScript for its client even when the
 * page brings none (`csr = false`), a fifth of the time of a long page. What is marked is left out.
 */
export const unsent = <T extends object>(data: T): T => {
  marked.add(data);
  return data;
};

/** For `transport` in `src/hooks.ts`. Read by a client, it fails at once: the page should not have been marked. */
export const unsentTransport = {
  encode: (value: unknown): 1 | false => typeof value === 'object' && value !== null && marked.has(value) && 1,
  decode: (): never => {
    throw new Error('this page brings a client: its load must not return unsent(…)');
  },
};

const marked = new WeakSet<object>();
