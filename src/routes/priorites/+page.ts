/** A page to read: nothing in it needs JavaScript. */
export const csr = false;
