import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEmail } from './email.ts';

test.each([
  ['Odile.MARTIN@Mairie.Example', 'odile.martin@mairie.example'],
  ['  a+b@c.example ', 'a+b@c.example'],
  ['marie@hôpital.example', 'marie@xn--hpital-ixa.example'],
  ['o’neil@c.example', 'o’neil@c.example'],
])('%s is %s', (typed, email) => {
  expect(readEmail(typed)).toBe(email);
});

test.each([
  ['nothing', ''],
  ['no domain', 'odile'],
  ['a domain without an ending', 'odile@localhost'],
  ['an address of the network', 'odile@127.0.0.1'],
  ['two addresses', 'a@b.example, c@d.example'],
  ['two addresses in two lines', 'a@b.example\r\nBcc: c@d.example'],
  ['a name', 'Odile <a@b.example>'],
  ['a port', 'a@b.example:25'],
  ['a path', 'a@b.example/x'],
  ['a written-out sign', 'a@b%2eexample.fr'],
  ['too much', `${'a'.repeat(64)}@${'b'.repeat(200)}.example`],
])('%s is no address', (_what, typed) => {
  expect(readEmail(typed)).toBeUndefined();
});

test('whatever is typed, what is read holds no space nor sign of headers, and reads the same again', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.emailAddress(),
    fc.string().map((text) => `${text}@a.example`),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const email = readEmail(text);
      fc.pre(email !== undefined);
      expect(email).not.toMatch(/[\s,;<>\p{Cc}]/u);
      expect(readEmail(email ?? '')).toBe(email);
    }),
  );
});
