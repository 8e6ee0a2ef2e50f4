/**
 * How a frame may look in another site: a few choices, each from a closed list or checked, so that an address can neither
 * write our words nor make them unreadable.
 */
export interface FrameTheme {
  /** Always light, whatever the device prefers: for pages that are. */
  readonly light: boolean;
  /** Colour of links and marks, as it is on a light page and on a dark one; undefined: ours. */
  readonly accent: { readonly light: string; readonly dark: string } | undefined;
  readonly size: 'normale' | 'grande';
}

export const frameSizes = ['normale', 'grande'] as const;

/** Reads the theme of an address: `theme`, `couleur` (`1a5f7a`), `taille`. What cannot be read counts as not said. */
export const readFrameTheme = (given: URLSearchParams): FrameTheme => ({
  light: given.get('theme') === 'clair',
  accent: accentOf(given.get('couleur') ?? ''),
  size: given.get('taille') === 'grande' ? 'grande' : 'normale',
});

/** Grounds that the accent must be read on, and text on it: the farthest from the middle of our tokens. */
const LIGHT_GROUND = '#f3eadb';
const DARK_GROUND = '#262349';

/**
 * A colour that can be read, 4.5:1 at least (WCAG 1.4.3): on a light page darkened as much as it takes, on a dark page
 * lightened. Undefined when the text is no colour.
 */
const accentOf = (text: string): FrameTheme['accent'] => {
  if (!/^#?[0-9a-f]{6}$/i.test(text)) return undefined;
  const colour = `#${text.replace('#', '').toLowerCase()}`;
  return {
    light: towards(colour, '#000000', (tried) => contrast(tried, LIGHT_GROUND) >= 4.5),
    dark: towards(colour, '#ffffff', (tried) => contrast(tried, DARK_GROUND) >= 4.5),
  };
};

const towards = (from: string, to: string, enough: (colour: string) => boolean): string => {
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mix(from, to, share);
    if (enough(tried)) return tried;
  }
  return to;
};

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

const mix = (from: string, to: string, share: number): string => {
  const [a, b] = [channels(from), channels(to)];
  const mixed = a.map((channel, at) => Math.round(channel + ((b[at] ?? 0) - channel) * share));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
};

/** WCAG 2 contrast of two colours written `#rrggbb`. */
export const contrast = (one: string, other: string): number => {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
