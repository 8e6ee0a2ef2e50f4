import fc from 'fast-check';
import { expect, test } from 'vitest';
import { day, expecting, person } from '#testing/families.ts';
import { fromFragment, toFragment } from './fragment.ts';
import { acceptInvitation, invitationOf, invitationToFragment } from './invitation.ts';

const today = day('2026-11-21');
const me = person('second_parent', 'independent');

test('the other parent receives the dates, and nothing of what is private', () => {
  const twins = expecting('2027-02-20', 2);
  const [first, second] = twins.children;
  if (!first || !second) throw new Error('two children');
  const mine = {
    ...twins,
    children: [
      { ...first, label: 'Noé' },
      { ...second, loss: { day: today, recordedOn: today, choice: 'silence' as const } },
    ],
    marks: { 'gro-epp:p1': { state: 'done' as const, day: day('2026-10-01') } },
    answers: { breastfeeding: true },
  };
  const fragment = invitationToFragment(invitationOf(mine));
  expect(fromFragment(fragment)).not.toMatch(/Noé|done|breastfeeding|mother|employee|loss|silence/);
  const accepted = acceptInvitation(fragment, me, today);
  expect(accepted.ok && accepted.value).toMatchObject({
    people: [me],
    pregnancies: mine.pregnancies,
    children: [{ id: 'c1', pregnancy: 'p1' }],
    marks: {},
  });
});

test('an invitation fits in a code that a phone reads', () => {
  expect(invitationToFragment(invitationOf(expecting('2027-02-20', 3))).length).toBeLessThan(800);
});

test('a link cut anywhere is refused with a sentence', () => {
  const fragment = invitationToFragment(invitationOf(expecting('2027-02-20')));
  fc.assert(
    fc.property(fc.nat(fragment.length - 1), (at) => {
      const accepted = acceptInvitation(fragment.slice(0, at), me, today);
      expect(accepted.ok || accepted.error.code).toBe('unreadable_invitation');
    }),
  );
});

test('any text goes through a fragment', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fromFragment(toFragment(text))).toBe(text);
      expect(toFragment(text)).toMatch(/^[\w-]*$/);
    }),
  );
});
