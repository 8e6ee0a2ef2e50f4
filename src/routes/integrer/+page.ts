/** A page to be read and copied from: no script. */
export const csr = false;
