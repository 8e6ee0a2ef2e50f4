/** Forms post and links link: only the passkey needs a script, its own. */
export const csr = false;
