import { expect, test } from 'vitest';
import { day, expecting } from '#testing/families.ts';
import { copyIsDue, exportedOn, noteChange, putOffCopy } from './copy-reminder.ts';
import { emptyKept, type Kept, keptToText, readKept } from './kept.ts';
import { tellLoss } from './remembrance.ts';

const first = day('2026-11-21');
const before = emptyKept(expecting('2027-02-20'));
const noted = (kept: Kept): Kept => ({ ...kept, notes: { 'gro-epp:p1': 'Parler de la nuit' } });

test('four weeks after the first change that no copy holds, and not before', () => {
  const changed = noteChange(before, noted(before), first);
  expect(copyIsDue(changed, first.add({ days: 27 }))).toBe(false);
  expect(copyIsDue(changed, first.add({ days: 28 }))).toBe(true);
  const again = noteChange(changed, { ...changed, lists: { epp: ['sommeil'] } }, first.add({ days: 20 }));
  expect(copyIsDue(again, first.add({ days: 28 }))).toBe(true);
});

test('a new path counts as a change; a setting does not', () => {
  expect(noteChange(undefined, before, first).settings.uncopiedSince).toBe('2026-11-21');
  const easier = { ...before, settings: { ...before.settings, easy: true } };
  expect(noteChange(before, easier, first)).toBe(easier);
});

test('a copy ends it until the next change, and « plus tard » puts it off', () => {
  const changed = noteChange(before, noted(before), first);
  const later = first.add({ weeks: 5 });
  const copied = exportedOn(changed, later);
  expect(copyIsDue(copied, later.add({ years: 1 }))).toBe(false);
  expect(copyIsDue(noteChange(copied, { ...copied, notes: {} }, later), later.add({ weeks: 4 }))).toBe(true);
  const putOff = putOffCopy(changed, later);
  expect(copyIsDue(putOff, later.add({ weeks: 3 }))).toBe(false);
  expect(copyIsDue(putOff, later.add({ weeks: 4 }))).toBe(true);
});

test('never to somebody who grieves', () => {
  const changed = noteChange(before, noted(before), first);
  const [child] = changed.family.children;
  const loss = { day: first, recordedOn: first, choice: 'support' } as const;
  const grieving = { ...changed, family: tellLoss(changed.family, child?.id ?? '', loss) };
  expect(copyIsDue(grieving, first.add({ years: 1 }))).toBe(false);
});

test('the day is kept on the device, and a damaged one is let go', () => {
  const changed = noteChange(before, noted(before), first);
  const text = keptToText(changed);
  expect(readKept(text, first)).toEqual({ ok: true, value: changed });
  const read = readKept(text.replace('"uncopiedSince":"2026-11-21"', '"uncopiedSince":"hier"'), first);
  expect(read.ok && read.value.settings.uncopiedSince).toBe(undefined);
});
