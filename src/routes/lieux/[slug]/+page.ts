/** The page has a script of its own (`src/page-scripts/near.ts`). */
export const csr = false;
