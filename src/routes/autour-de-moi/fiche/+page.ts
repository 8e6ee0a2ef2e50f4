/** The page has a script of its own (`src/page-scripts/near.ts`): SvelteKit's client would weigh more than all it does. */
export const csr = false;
