import { expect, test } from 'vitest';
import { optionsHtml } from './options.ts';

test('a list of options: the chosen one alone is marked', () => {
  const options = [
    { value: '', label: 'Toutes les régions' },
    { value: '53', label: 'Bretagne' },
  ];
  expect(optionsHtml(options, '53')).toBe(
    '<option value="">Toutes les régions</option><option value="53" selected>Bretagne</option>',
  );
});

test('a name closes neither its attribute nor its element', () => {
  expect(optionsHtml([{ value: '"><script>', label: '</option><b>Jeux & « jouets »' }], '')).toBe(
    '<option value="&quot;&gt;&lt;script&gt;">&lt;/option&gt;&lt;b&gt;Jeux &amp; « jouets »</option>',
  );
});
