/** One tap, no script: this page must work on the oldest telephone and the worst network. */
export const csr = false;
