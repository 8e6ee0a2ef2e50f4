/** The page brings its own small script (PageScript) and not SvelteKit’s client: it weighs less and needs it not. */
export const csr = false;
