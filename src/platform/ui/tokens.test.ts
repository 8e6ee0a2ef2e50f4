import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The colours of one block of the style sheet, found by how it begins. */
const coloursOf = (beginning: string): Record<string, string> => {
  const start = css.indexOf(beginning);
  if (start < 0) throw new Error(`${beginning} is not in tokens.css`);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
};
const light = coloursOf(':root {');
const darkAlone = coloursOf('@media (prefers-color-scheme: dark)');
const dark = { ...light, ...darkAlone };

/** WCAG 2 contrast ratio of two colours written `#rrggbb`. */
const contrast = (one: string, other: string): number => {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};

test('dark is not light', () => {
  expect(dark['--paper']).not.toBe(light['--paper']);
});

const pairs: [string, string, number][] = [
  ...['paper', 'card', 'sand', 'night-wash', 'sage-wash', 'rose-wash', 'apricot-wash'].map(
    (ground): [string, string, number] => ['ink', ground, 4.5],
  ),
  ...['paper', 'card', 'sand'].flatMap((ground): [string, string, number][] => [
    ['ink-2', ground, 4.5],
    ['night', ground, 4.5],
    ['apricot-ink', ground, 4.5],
    ['edge', ground, 3],
    ['focus', ground, 3],
  ]),
  ['night', 'night-wash', 4.5],
  ['night', 'rose-wash', 4.5],
  ['night', 'sage-wash', 4.5],
  ['ink-2', 'rose-wash', 4.5],
  ['apricot-ink', 'apricot-wash', 4.5],
  ['sage', 'sage-wash', 4.5],
  ['rose', 'rose-wash', 4.5],
  ['on-night', 'night', 4.5],
  ['on-lamp', 'lamp', 7],
  ['on-band', 'night-deep', 7],
  ['on-band-2', 'night-deep', 4.5],
];

test.each(pairs)('%s on %s reads at %d:1 at least, in both themes', (text, ground, least) => {
  for (const theme of [light, dark]) {
    expect(contrast(theme[`--${text}`] ?? '', theme[`--${ground}`] ?? '')).toBeGreaterThanOrEqual(least);
  }
});

test('urgent help looks the same in both themes', () => {
  expect(darkAlone).not.toHaveProperty('--lamp');
  expect(darkAlone).not.toHaveProperty('--on-lamp');
});
