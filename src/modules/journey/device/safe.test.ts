import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { day, expecting } from '#testing/families.ts';
import { emptyKept } from '../kept.ts';
import { tellLoss } from '../remembrance.ts';
import { DATABASE } from './database.ts';
import { noticeAt } from './moments.ts';
import { openSafe, whatIsLeft } from './safe.ts';

const today = day('2026-11-21');
const kept = { ...emptyKept(expecting('2027-02-20')), notes: { 'gro-epp:p1': 'secret de Polichinelle' } };
const moments = [{ at: '2026-12-05T09:00:00Z', sentence: 'Échographie' }];
const hour = Temporal.Instant.from('2026-12-05T09:00:05Z');

/** Everything on the disk of the device, as text. */
const onDisk = async (): Promise<string> => {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = await Promise.all(
    [...db.objectStoreNames].map(
      (name) =>
        new Promise<unknown[]>((resolve) => {
          const request = db.transaction(name).objectStore(name).getAll();
          request.onsuccess = () => resolve(request.result);
        }),
    ),
  );
  db.close();
  return JSON.stringify(all);
};

beforeEach(() => openSafe().erase());

describe('the safe of a device', () => {
  test('looking into it creates nothing', async () => {
    expect(await openSafe().find(today)).toEqual({ state: 'empty' });
    expect(await whatIsLeft()).toEqual([]);
  });

  test('gives back what was saved', async () => {
    await openSafe().save(kept, moments);
    expect(await openSafe().find(today)).toEqual({ state: 'open', kept });
  });

  test('with a code, nothing is readable on the disk and no moment is kept', async () => {
    const safe = openSafe();
    await safe.save(kept, moments);
    expect(await onDisk()).toContain('Polichinelle');
    await safe.setCode('la mer bleue', kept);
    await safe.save(kept, moments);
    expect(await onDisk()).not.toMatch(/Polichinelle|2027-02-20|Échographie|mer bleue/);
    expect(await openSafe().find(today)).toEqual({ state: 'locked' });
    expect(await noticeAt(hour)).toBe('Un moment pour vous.');
  });

  test('a wrong code changes nothing, the right one opens, and saving keeps the lock', async () => {
    await openSafe().setCode('la mer bleue', kept);
    const safe = openSafe();
    const wrong = await safe.unlock('la mer verte', today);
    expect(wrong.ok || wrong.error.message).toBe('Ce n’est pas le bon code. Rien n’a été effacé.');
    const right = await safe.unlock('la mer bleue', today);
    expect(right).toEqual({ ok: true, value: kept });
    await safe.save({ ...kept, notes: {} });
    expect(await openSafe().find(today)).toEqual({ state: 'locked' });
    safe.lock();
    expect(await safe.find(today)).toEqual({ state: 'locked' });
  });

  test('what is typed while the last words are still on their way is what stays', async () => {
    const safe = openSafe();
    await safe.setCode('la mer bleue', kept);
    const long = safe.save({ ...kept, notes: { 'gro-epp:p1': 'x'.repeat(2_000_000) } });
    await Promise.all([long, safe.save(kept)]);
    expect(await safe.find(today)).toEqual({ state: 'open', kept });
  });

  test('what is typed while a code is being set is sealed with it', async () => {
    const safe = openSafe();
    await Promise.all([safe.setCode('la mer bleue', { ...kept, notes: {} }), safe.save(kept, moments)]);
    expect(await onDisk()).not.toMatch(/Polichinelle|Échographie/);
    expect(await safe.find(today)).toEqual({ state: 'open', kept });
  });

  test('taking the code away opens it again', async () => {
    const safe = openSafe();
    await safe.setCode('la mer bleue', kept);
    await safe.setCode(undefined, kept);
    expect(await openSafe().find(today)).toEqual({ state: 'open', kept });
  });

  test('a document of a newer version is left as it is, and said', async () => {
    await openSafe().save(kept);
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(DATABASE);
      request.onsuccess = () => resolve(request.result);
    });
    await new Promise<void>((resolve) => {
      const change = db.transaction('path', 'readwrite');
      change.objectStore('path').put({ text: '{"version":99}' }, 'kept');
      change.oncomplete = () => resolve();
    });
    db.close();
    expect(await openSafe().find(today)).toMatchObject({ state: 'unreadable' });
    expect(await onDisk()).toContain('99');
  });

  test('a database of a newer version is left as it is, and said', async () => {
    await openSafe().save(kept);
    const newer = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(DATABASE, 2);
      request.onsuccess = () => resolve(request.result);
    });
    newer.close();
    expect(await openSafe().find(today)).toMatchObject({
      state: 'unreadable',
      message: expect.stringContaining('version plus récente'),
    });
    expect(await onDisk()).toContain('Polichinelle');
  });

  test('erasing leaves nothing', async () => {
    await openSafe().save(kept, moments);
    expect(await whatIsLeft()).toEqual([`base ${DATABASE}`]);
    await openSafe().erase();
    expect(await whatIsLeft()).toEqual([]);
    expect(await openSafe().find(today)).toEqual({ state: 'empty' });
  });

  test('what was still on its way does not come back after an erasing', async () => {
    const safe = openSafe();
    await Promise.all([safe.save(kept, moments), safe.erase()]);
    expect(await whatIsLeft()).toEqual([]);
  });
});

describe('the sentence of a device that is woken', () => {
  test('is that of its hour', async () => {
    await openSafe().save(kept, moments);
    expect(await noticeAt(hour)).toBe('Échographie');
  });

  test.each([
    ['before its hour', '2026-12-05T08:59:00Z'],
    ['days after', '2026-12-08T09:00:00Z'],
  ])('is neutral %s', async (_, at) => {
    await openSafe().save(kept, moments);
    expect(await noticeAt(Temporal.Instant.from(at))).toBe('Un moment pour vous.');
  });

  test('is neutral when the browser has lost the path', async () => {
    expect(await noticeAt(hour)).toBe('Un moment pour vous.');
  });

  test('is nothing at all when no reminder is waited for, as after a loss', async () => {
    await openSafe().save(kept, moments);
    await openSafe().save(kept, []);
    expect(await noticeAt(hour)).toBeUndefined();
  });

  test('is that of the other twin or nothing, when one was lost and the server still knows the hours of both', async () => {
    const twins = expecting('2027-02-20', 2);
    const loss = { day: today, recordedOn: today, choice: 'silence' } as const;
    const family = tellLoss(twins, twins.children[0]?.id ?? '', loss);
    await openSafe().save({ ...kept, family }, moments);
    expect(await noticeAt(hour)).toBe('Échographie');
    expect(await noticeAt(Temporal.Instant.from('2026-12-19T09:00:05Z'))).toBeUndefined();
  });
});
