/** Drawings of the icons, on a grid of 24, as the inside of an SVG. Lines only; the colour is the text's. */
export const icons = {
  path: '<circle cx="5" cy="18" r="1.6" fill="currentColor"/><circle cx="8.5" cy="10.5" r="2.1" fill="currentColor"/><circle cx="18" cy="8" r="3.6"/>',
  place: '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.2"/>',
  book: '<path d="M12 6.5C10 5 7 4.6 4 5v13c3-.4 6 0 8 1.5 2-1.5 5-1.9 8-1.5V5c-3-.4-6 0-8 1.5zM12 6.5v13"/>',
  listen:
    '<path d="M5 14v-2a7 7 0 0 1 14 0v2"/><rect x="3.5" y="13" width="4" height="6" rx="2"/><rect x="16.5" y="13" width="4" height="6" rx="2"/><path d="M19 19c0 2-2.5 2.5-5 2.5"/>',
  phone:
    '<path d="M6 3.5h3L10.5 8l-2 1.5a11 11 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4 5.7 2 2 0 0 1 6 3.5z"/>',
  message: '<path d="M4 5h16v11H10l-4 4v-4H4z"/>',
  lock: '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  check: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  down: '<path d="M5 9l7 7 7-7"/>',
  forward: '<path d="M9 5l7 7-7 7"/>',
  back: '<path d="M15 5l-7 7 7 7"/>',
  close: '<path d="M6 6l12 12M18 6L6 18"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
  sound: '<path d="M5 9v6h4l5 4V5L9 9zM17.5 9a4 4 0 0 1 0 6"/>',
  keep: '<path d="M7 4h10v16l-5-4-5 4z"/>',
  print: '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>',
  share:
    '<circle cx="6" cy="12" r="2.5"/><circle cx="17.5" cy="5.5" r="2.5"/><circle cx="17.5" cy="18.5" r="2.5"/><path d="M8.3 10.8l7-4M8.3 13.2l7 4"/>',
  download: '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.1"/>',
  filter: '<path d="M4 6h16M7 12h10M10 18h4"/>',
} as const;

export type IconName = keyof typeof icons;

/** Icons that point somewhere: they turn round when the page reads from right to left. */
export const directional: ReadonlySet<IconName> = new Set(['forward', 'back']);
