import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { near } from '#messages/fr/near.ts';
import { checkedWords, isStale } from './checked.ts';

const day = (iso: string): Temporal.PlainDate => Temporal.PlainDate.from(iso);

describe('how fresh a listing is, for parents', () => {
  test.each([
    ['2026-11-21', '2026-11-21', 'Vérifié aujourd’hui'],
    ['2026-11-22', '2026-11-21', 'Vérifié aujourd’hui'],
    ['2026-11-20', '2026-11-21', 'Vérifié hier'],
    ['2026-10-22', '2026-11-21', 'Vérifié il y a 30 jours'],
    ['2026-10-21', '2026-11-21', 'Vérifié il y a 1 mois'],
    ['2026-08-21', '2026-11-21', 'Vérifié il y a 3 mois'],
    ['2025-11-21', '2026-11-21', 'Vérifié il y a 12 mois'],
    ['2025-11-20', '2026-11-21', 'Pas confirmé depuis plus d’un an\u00a0: appelez avant de vous déplacer'],
    // The leap day has its year on the 28th.
    ['2024-02-29', '2025-02-28', 'Vérifié il y a 11 mois'],
    ['2024-02-29', '2025-03-01', 'Pas confirmé depuis plus d’un an\u00a0: appelez avant de vous déplacer'],
  ])('confirmed on %s, read on %s: « %s »', (on, today, text) => {
    expect(checkedWords(on, day(today), near.checked)?.text).toBe(text);
  });

  it('says nothing of what nobody confirmed, nor of a list kept on a device before the day was told', () => {
    expect(checkedWords(null, day('2026-11-21'), near.checked)).toBeUndefined();
    expect(checkedWords(undefined, day('2026-11-21'), near.checked)).toBeUndefined();
  });

  it('never grows fresher by waiting', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 }), (first, more) => {
        const on = day('2024-01-31');
        const [sooner, later] = [on.add({ days: first }), on.add({ days: first + more })];
        expect(isStale('2024-01-31', sooner) && !isStale('2024-01-31', later)).toBe(false);
        const words = checkedWords('2024-01-31', later, near.checked);
        expect(words?.stale).toBe(isStale('2024-01-31', later));
        expect(words?.text).not.toMatch(/[{}-]/);
      }),
    );
  });
});
