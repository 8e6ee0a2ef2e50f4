import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctable, correctionLines, readCorrection } from './correction.ts';

const now = { name: 'PMI du Centre', phone: '02 99 00 00 00', website: null, state: 'open' } as const;
const same = {
  ...{ name: 'PMI du Centre', phone: '02 99 00 00 00', email: '', website: '', line: '', postcode: '' },
  ...{ hours_note: '', closed: false },
};

describe('a correction', () => {
  it('holds only what is another than now, and says it in words', () => {
    const read = readCorrection(now, { ...same, phone: '', website: 'https://exemple.fr', closed: true });
    expect(read).toEqual({ ok: true, value: { phone: null, website: 'https://exemple.fr', state: 'closed' } });
    expect(read.ok && correctionLines(now, read.value)).toEqual([
      { term: 'Téléphone', before: '02 99 00 00 00', after: '' },
      { term: 'Site', before: '', after: 'https://exemple.fr' },
      { term: 'État', before: 'Ouvert', after: 'Fermé définitivement' },
    ]);
  });

  it('is refused when it changes nothing', () => {
    expect(readCorrection(now, same)).toMatchObject({ error: [{ code: 'nothing_changed' }] });
  });

  it.each([
    ['name', ''],
    ['phone', 'appelez-moi'],
    ['website', 'javascript:alert(1)'],
    ['website', 'exemple.fr'],
    ['email', 'a@b'],
    ['email', 'a@exemple.fr, b@exemple.fr'],
    ['postcode', '3500'],
    ['line', 'x'.repeat(200)],
  ])('is refused for the %s « %s »', (name, value) => {
    expect(readCorrection(now, { ...same, [name]: value })).toMatchObject({ error: [{ field: name }] });
  });

  it('lets no control character nor other address than a site through, whatever is typed', () => {
    const typed = fc.record(Object.fromEntries(correctable.map(({ name }) => [name, fc.string()])));
    fc.assert(
      fc.property(typed, (fields) => {
        const read = readCorrection(now, { ...same, ...fields });
        if (!read.ok) return;
        expect(JSON.stringify(read.value)).not.toMatch(/\\u00|\\n|\\r|\\t/);
        expect(read.value.website ?? 'https://').toMatch(/^https?:\/\//i);
      }),
    );
  });
});
