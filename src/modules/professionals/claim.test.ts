import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_LENGTH, codeSigns, proofsFor, provesDomain, readClaimCode, writeClaimCode } from './claim.ts';

const facts = (emails: readonly string[], websites: readonly string[] = [], hasAddress = false) => ({
  ...{ emails, websites, hasAddress },
});

describe('an e-mail proves a claim', () => {
  it.each([
    ['accueil@creche-exemple.fr', [], 'lea@creche-exemple.fr', true],
    ['', ['https://www.creche-exemple.fr/contact'], 'lea@creche-exemple.fr', true],
    ['', ['http://creche-exemple.fr'], 'lea@CRECHE-exemple.fr', true],
    // Another house of the same town, or a part of its name.
    ['', ['https://creche.ville-exemple.fr'], 'lea@ville-exemple.fr', false],
    ['', ['https://ville-exemple.fr'], 'lea@faux.ville-exemple.fr', false],
    ['', ['https://creche-exemple.fr.pirate.example'], 'lea@creche-exemple.fr', false],
    ['', ['https://pirate.example/?creche-exemple.fr'], 'lea@creche-exemple.fr', false],
    ['', ['https://lea@creche-exemple.fr@pirate.example'], 'lea@creche-exemple.fr', false],
    // What anybody may have.
    ['creche@gmail.com', [], 'lea@gmail.com', false],
    ['creche@laposte.net', [], 'lea@laposte.net', false],
    ['', ['https://www.facebook.com/creche'], 'lea@facebook.com', false],
    ['', ['https://creche.wixsite.com'], 'lea@creche.wixsite.com', false],
    ['', ['javascript:alert(1)//creche-exemple.fr'], 'lea@creche-exemple.fr', false],
    ['', [], 'lea@creche-exemple.fr', false],
  ] as const)('%s %j, by %s: %s', (email, websites, mine, proves) => {
    expect(provesDomain(facts(email ? [email] : [], [...websites]), mine)).toBe(proves);
  });

  it('never when the listing says nothing, whatever the address', () => {
    fc.assert(fc.property(fc.emailAddress(), (email) => !provesDomain(facts([]), email)));
  });

  it('always when it is the very domain of the listing, unless anybody may have it', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => provesDomain(facts([`a@${domain}`]), `b@${domain}`)),
      { examples: [['exemple.fr']] },
    );
  });
});

it('offers the ways that exist, the quickest first, and a moderator always', () => {
  expect(proofsFor(facts(['a@exemple.fr'], [], true), 'b@exemple.fr')).toEqual(['email', 'post', 'moderator']);
  expect(proofsFor(facts([], [], true), 'b@exemple.fr')).toEqual(['post', 'moderator']);
  expect(proofsFor(facts([]), 'b@exemple.fr')).toEqual(['moderator']);
});

describe('the code of a letter', () => {
  const code = fc.array(fc.constantFrom(...codeSigns), { minLength: CODE_LENGTH, maxLength: CODE_LENGTH });
  it('is read as it is written on paper, in capitals or with spaces', () => {
    fc.assert(
      fc.property(code, (signs) => {
        const plain = signs.join('');
        expect(readClaimCode(writeClaimCode(plain))).toBe(plain);
        expect(readClaimCode(` ${writeClaimCode(plain).toUpperCase().replace('-', ' – ')} `)).toBe(plain);
      }),
    );
  });

  it.each(['', 'abc', 'abcde-fghijk', 'abcd0-fghjk', 'abcde-fghi1', 'é'.repeat(10)])('is not « %s »', (typed) => {
    expect(readClaimCode(typed)).toBeUndefined();
  });
});
