/** Fifteen links and their pictures: nothing here needs a script. */
export const csr = false;
