import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { contrast, readFrameTheme } from './frame-theme.ts';

const theme = (query: string) => readFrameTheme(new URLSearchParams(query));

test('whatever colour is asked for, links and marks can be read on light and on dark pages', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const { accent } = theme(`couleur=${number.toString(16).padStart(6, '0')}`);
      // Pages, cards and quiet zones, and the text that stands on the colour.
      for (const ground of ['#fbf6ee', '#fffdf9', '#f3eadb']) {
        expect(contrast(accent?.light ?? '', ground)).toBeGreaterThanOrEqual(4.5);
      }
      for (const ground of ['#15132c', '#1e1b3c', '#262349', '#17143a']) {
        expect(contrast(accent?.dark ?? '', ground)).toBeGreaterThanOrEqual(4.5);
      }
    }),
  );
});

test('a colour that can be read stays as it is', () => {
  expect(theme('couleur=1a5f7a').accent?.light).toBe('#1a5f7a');
  expect(theme('couleur=%23ABCDEF').accent?.dark).toBe('#abcdef');
});

it.each([
  'couleur=rouge',
  'couleur=12345',
  'couleur=1a5f7a;--paper:red',
  'couleur=url(x)',
  'theme=dark',
  'theme=__proto__',
  'theme=constructor',
  'taille=9',
])('%s is left out', (query) => {
  expect(theme(query)).toEqual({ light: false, accent: undefined, size: 'normale' });
});

test('light and large are chosen', () => {
  expect(theme('theme=clair&taille=grande')).toMatchObject({ light: true, size: 'grande' });
});
