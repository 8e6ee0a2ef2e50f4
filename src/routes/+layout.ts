/** No page brings SvelteKit’s client (docs/decisions/0021-own-script.md): one that needs a script has its own, a small one. */
export const csr = false;
