/** A form that the browser sends by itself: no script is needed. */
export const csr = false;
