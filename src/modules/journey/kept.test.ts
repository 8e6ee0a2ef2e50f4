import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyFamily, day, expecting } from '#testing/families.ts';
import { exportFileToText, readExportFile } from './export-file.ts';
import { checkFamily } from './family-check.ts';
import { bringUpToDate, emptyKept, KEPT_VERSION, keptToText, readKept } from './kept.ts';

const today = day('2026-11-21');
const kept = {
  ...emptyKept(expecting('2027-02-20')),
  notes: { 'gro-epp:p1': 'Demander pour la nuit' },
  lists: { epp: ['sommeil'] },
};

describe('the document of a device', () => {
  test('is read as it was written', () => {
    expect(readKept(keptToText(kept), today)).toEqual({ ok: true, value: kept });
    fc.assert(
      fc.property(anyFamily, (of) => {
        const read = readKept(keptToText(emptyKept(of)), today);
        expect(read.ok).toBe(checkFamily(of, today).length === 0);
        if (read.ok) expect(read.value.family).toEqual(of);
      }),
    );
  });

  /** What version 1 wrote, byte for byte: this file is never edited, later versions must go on reading it. */
  const first =
    '{"version":1,"family":{"timeZone":"Europe/Paris","people":[{"id":"me","role":"mother"}],"project":false,"pregnancies":[{"id":"p1","dating":{"by":"due","day":"2027-02-20"}}],"children":[{"id":"c1","pregnancy":"p1"}],"olderChildren":0,"answers":{},"marks":{"gro-epp:p1":{"state":"done","day":"2026-10-01"}},"silences":[]},"notes":{"gro-epp:p1":"Merci"},"lists":{},"settings":{"easy":true,"neutralTitles":true,"reminders":"calendar"}}';

  test('of version 1 is read for ever', () => {
    const read = readKept(first, today);
    expect(read.ok && read.value.notes).toEqual({ 'gro-epp:p1': 'Merci' });
    expect(read.ok && read.value.settings).toEqual({ easy: true, neutralTitles: true, reminders: 'calendar' });
  });

  test('of a newer version is refused with a sentence, and left as it is', () => {
    const read = readKept(first.replace('"version":1', `"version":${KEPT_VERSION + 1}`), today);
    expect(read.ok || read.error.code).toBe('newer_version');
  });

  test.each(['', '{', '[]', '{"version":0}', '{"version":"1"}', '{"version":1}'])('« %s » is damaged', (text) => {
    const read = readKept(text, today);
    expect(read.ok || read.error.code).toBe('damaged_file');
  });

  test('an older version goes through each step to the current one', () => {
    const steps = {
      1: (document: Record<string, unknown>) => ({ ...document, renamed: document.old }),
      2: (document: Record<string, unknown>) => ({ ...document, twice: `${document.renamed}${document.renamed}` }),
    };
    expect(bringUpToDate({ version: 1, old: 'a' }, steps, 3)).toEqual({
      ok: true,
      value: { version: 3, old: 'a', renamed: 'a', twice: 'aa' },
    });
    expect(bringUpToDate({ version: 2, renamed: 'b' }, steps, 3)).toMatchObject({ ok: true, value: { twice: 'bb' } });
  });
});

describe('the file of an export', () => {
  const text = exportFileToText({ kept: keptToText(kept) });

  test('is read back', () => {
    expect(readExportFile(text)).toEqual({ ok: true, value: { kept: keptToText(kept) } });
    const sealed = { salt: 'a', nonce: 'b', data: 'c' };
    expect(readExportFile(exportFileToText({ sealed }))).toEqual({ ok: true, value: { sealed } });
  });

  test('cut or changed anywhere, it is refused and nothing throws', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 2), (at) => {
        expect(readExportFile(text.slice(0, at)).ok).toBe(false);
      }),
    );
    expect(readExportFile(text.replace('2027-02-20', '2027-02-21')).ok).toBe(false);
    const other = readExportFile('{"format":"other"}');
    expect(other.ok || other.error.code).toBe('not_a_path');
  });
});
