/** What stands behind the `#` of the address, while the page is open. It is never sent. */
let hash = $state(location.hash);
let moved = false;

addEventListener('hashchange', () => {
  moved = true;
  hash = location.hash;
});

export const place = {
  get hash(): string {
    return hash;
  },
  /** Whether the person moved from a view to another since the page was opened. */
  get moved(): boolean {
    return moved;
  },
};

/** Goes to a view. `replace` leaves no trace of the present one in the history. */
export const go = (to: string, { replace = false } = {}): void => {
  if (replace) location.replace(to);
  else location.hash = to;
};
