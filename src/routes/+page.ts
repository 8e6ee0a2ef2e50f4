/** Nothing here needs JavaScript: the page is smaller without it, and « Quitter vite » has its own in app.html. */
export const csr = false;
