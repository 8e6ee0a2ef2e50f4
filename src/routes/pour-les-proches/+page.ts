/** The page brings its own script (src/page-scripts/relatives.ts) and needs no other. */
export const csr = false;
