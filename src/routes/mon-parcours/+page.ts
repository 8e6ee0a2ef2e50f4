/** The page brings its own script (src/page-scripts/path.ts) and needs no other. */
export const csr = false;
