import { expect, test } from 'vitest';
import { articleHtml, lineHtml } from './render.ts';

const callsIn = (html: string) => [...html.matchAll(/href="((?:tel|sms):\d+)"/g)].map(([, href]) => href);

test.each([
  ['Appelez le 15 ou le 112.', ['tel:15', 'tel:112']],
  ['En danger immédiat\u00a0: 15 ou 112. Sinon, SMS au 114.', ['tel:15', 'tel:112', 'sms:114']],
  ['Le 3114 et le 3919, le 119, le 115, le 17.', ['tel:3114', 'tel:3919', 'tel:119', 'tel:115', 'tel:17']],
  ['SOS Préma au 0\u00a0800\u00a096\u00a060\u00a060.', ['tel:0800966060']],
  ['À 15, 17 ou 19\u00a0ans, le 15\u00a0mars, article 2112, loi 2023-119.', []],
  ['Voir [le 15](/aide) et [la page Aide](/aide).', []],
])('%s', (body, calls) => {
  expect(callsIn(articleHtml({ body }))).toEqual(calls);
});

test('a line of a message in any language links its numbers and stays text', () => {
  expect(callsIn(lineHtml('في الخطر: 15 أو 112.'))).toEqual(['tel:15', 'tel:112']);
  expect(lineHtml('a < b & c')).toBe('a &lt; b &amp; c');
});
