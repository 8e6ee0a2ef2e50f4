/** In development alone: every component alive, without a script for each. */
export const csr = true;
