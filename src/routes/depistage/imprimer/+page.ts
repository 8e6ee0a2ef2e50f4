/** A page to be read and printed: no script. */
export const csr = false;
