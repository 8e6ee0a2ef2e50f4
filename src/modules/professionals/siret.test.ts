import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCompany, readSiret, writeSiret } from './siret.ts';

/** Adds the key that Luhn's algorithm asks for. Written the other way round from the rule: it tries the ten digits. */
const withKey = (digits: string): string => {
  const sum = (text: string): number => {
    let total = 0;
    for (let at = 0; at < text.length; at += 1) {
      let digit = text.charCodeAt(text.length - 1 - at) - 48;
      if (at % 2 === 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
      total += digit;
    }
    return total;
  };
  for (let key = 0; key < 10; key += 1) if (sum(`${digits}${key}`) % 10 === 0) return `${digits}${key}`;
  throw new Error('no key');
};

const digitsOf = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

const sirets = fc
  .tuple(digitsOf(8), digitsOf(4))
  .map(([siren, nic]) => withKey(`${withKey(siren)}${nic}`))
  .filter((siret) => !/^0+$/.test(siret));

describe('the SIRET', () => {
  it('is read with the spaces people put in it', () => {
    // The head office of La Poste, whose number also follows the general rule.
    expect(readSiret('356 000 000 00048')).toEqual({ ok: true, value: '35600000000048' });
    expect(readSiret('356\u00a0000\u00a0000\u202f00048').ok).toBe(true);
  });

  it('follows another rule for the post offices', () => {
    // Sum of the digits 3+5+6+1+2+3 = 20: a multiple of five, though Luhn's sum is not one of ten.
    expect(readSiret('35600000000123')).toEqual({ ok: true, value: '35600000000123' });
    expect(readSiret('35600000000124').ok).toBe(false);
  });

  it('is refused when it is not fourteen digits, or only zeros', () => {
    expect(readSiret('356000000')).toMatchObject({ ok: false, error: { code: 'siret_length', field: 'siret' } });
    expect(readSiret('35600000O00048')).toMatchObject({ ok: false, error: { code: 'siret_length' } });
    expect(readSiret('00000000000000')).toMatchObject({ ok: false, error: { code: 'siret_key' } });
  });

  it('names its company, as does the SIREN alone', () => {
    expect(
      ['775672272', '775 672 272', '35600000000048', '123456789', '000000000', '12345678', 'PMI'].map(isCompany),
    ).toEqual([...[true, true, true, false, false, false, false]]);
  });

  it('is recognised whatever the company', () => {
    fc.assert(fc.property(sirets, (siret) => readSiret(writeSiret(siret)).ok));
  });

  it('shows any mistake of one digit', () => {
    fc.assert(
      fc.property(
        sirets.filter((siret) => !siret.startsWith('356000000')),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 1, max: 9 }),
        (siret, at, shift) => {
          const wrong = `${siret.slice(0, at)}${(Number(siret[at]) + shift) % 10}${siret.slice(at + 1)}`;
          // A wrong digit may turn another company's number into one of La Poste: its rule is weaker.
          return wrong.startsWith('356000000') || !readSiret(wrong).ok;
        },
      ),
    );
  });
});
