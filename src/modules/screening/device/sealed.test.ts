import { expect, test } from 'vitest';
import { seal, unseal } from './sealed.ts';

test('a sealed text opens with its code and with no other', async () => {
  const sealed = await seal('{"10":3}', 'la mer bleue');
  expect(await unseal(sealed, 'la mer bleue')).toBe('{"10":3}');
  expect(await unseal(sealed, 'la mer verte')).toBeUndefined();
});

test('nothing of the text or of the code is in what is stored', async () => {
  const { salt, nonce, data } = await seal('très souvent', 'la mer bleue');
  const stored = new TextDecoder('latin1').decode(new Uint8Array([...salt, ...nonce, ...new Uint8Array(data)]));
  expect(stored).not.toContain('souvent');
  expect(stored).not.toContain('bleue');
});

test('the same text sealed twice does not look the same', async () => {
  const [first, second] = await Promise.all([seal('a', 'la mer bleue'), seal('a', 'la mer bleue')]);
  expect(new Uint8Array(first.data)).not.toEqual(new Uint8Array(second.data));
});

test('an accent typed in two ways is the same code', async () => {
  expect(await unseal(await seal('a', 'été 2026'.normalize('NFC')), 'été 2026'.normalize('NFD'))).toBe('a');
});

test('a damaged record does not open', async () => {
  const sealed = await seal('a', 'la mer bleue');
  const data = sealed.data.slice(0);
  const bytes = new Uint8Array(data);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  expect(await unseal({ ...sealed, data }, 'la mer bleue')).toBeUndefined();
});
