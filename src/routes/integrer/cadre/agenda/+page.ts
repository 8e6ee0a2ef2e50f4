/** Made on the server, from its address alone: no script. */
export const csr = false;
