import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openFolder } from '#platform/server/files/folder.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import type { Scan, Scanner } from '#platform/server/scan/scanner.ts';
import { type CallsHouse, callsHouse, declared, done, publishedCall, startedApplication } from '#testing/calls.ts';
import { applicationRow } from './application-stream.ts';
import { attachmentsOf, depositedPieces, frozenPieces, openAttachment, stateWords } from './attachment-reading.ts';
import {
  announceAttachment,
  attachmentProgress,
  attachWhole,
  MOST_ATTACHMENTS,
  receiveSlice,
  SLICE_BYTES,
} from './attachments.ts';
import { depositApplication } from './deposit-application.ts';
import { askCompletion } from './instruction.ts';
import { attachmentRetention, lapsedRetention, removeAttachment } from './remove-attachment.ts';
import { scanAttachmentJobs } from './scan-attachment.ts';
import { readContent } from './write-part.ts';

const rules = { maxBytes: 2_000_000, totalBytes: 5_000_000, scans: false };
const origin = { origin: 'https://mille-jours.example' };
const pdf = (length: number, fill = 7): Uint8Array => {
  const bytes = new Uint8Array(length).fill(fill);
  bytes.set(new TextEncoder().encode('%PDF-1.7\n'));
  return bytes;
};
async function* pieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 60_000) yield content.subarray(at, at + 60_000);
}

let house: CallsHouse;
let call: Awaited<ReturnType<typeof publishedCall>>;
const folder = mkdtempSync(path.join(tmpdir(), 'attachments-'));
const files = openFolder(folder);
/** The files on the disk, by the end of their key. */
const onDisk = (application: string): string[] => {
  try {
    return readdirSync(path.join(folder, 'calls', application)).toSorted();
  } catch {
    return [];
  }
};

beforeAll(async () => {
  let end = async () => {};
  house = await callsHouse(undefined, (work) => {
    end = work;
  });
  call = await publishedCall(house, { choices: { several: 'yes' } });
  return async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
});

/** A draft of somebody, whose files are in the folder. */
const draft = async (email: string) => {
  const { id, holder } = await startedApplication(house, call, { email });
  return { id, holder: { ...holder, files } satisfies PersonContext };
};
const join = (who: PersonContext, id: string, content = pdf(1_000), name = 'statuts.pdf', more = rules) =>
  attachWhole(who, id, { piece: '', name, bytes: content.length }, pieces(content), more);
const onlyFile = async (who: PersonContext, id: string): Promise<string> => (await attachmentsOf(who, id))[0]?.id ?? '';
const named = async (who: PersonContext, id: string, name: string) =>
  (await attachmentsOf(who, id)).find((file) => file.name === name);
const bytesOf = async (who: PersonContext, application: string, id: string): Promise<Uint8Array> =>
  new Response(done(await openAttachment(who, application, id)).body).bytes();

test('a file that comes by slices goes on where it was, after a cut, a second tab and a death before the end', async () => {
  const { id, holder } = await draft('tranches@exemple.example');
  const whole = pdf(SLICE_BYTES * 2 + 10);
  const announced = { piece: '', name: 'plan.pdf', bytes: whole.length };
  const { id: file } = done(await announceAttachment(holder, id, announced, rules));
  const at = { application: id, id: file };
  const slice = (offset: number) => ({ offset, content: whole.subarray(offset, offset + SLICE_BYTES) });
  expect(await receiveSlice(holder, at, slice(SLICE_BYTES), rules)).toMatchObject({ error: { code: 'not_the_next' } });
  done(await receiveSlice(holder, at, slice(0), rules));
  // Asked again by another tab: the same file, and what it has.
  expect(done(await announceAttachment(holder, id, announced, rules))).toEqual({ id: file, received: SLICE_BYTES });
  expect(await receiveSlice(holder, at, slice(0), rules)).toMatchObject({ error: { code: 'not_the_next' } });
  const both = await Promise.all([1, 2].map(() => receiveSlice(holder, at, slice(SLICE_BYTES), rules)));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(done(await attachmentProgress(holder, at, rules))).toEqual({ received: SLICE_BYTES * 2, whole: false });
  expect(done(await receiveSlice(holder, at, slice(SLICE_BYTES * 2), rules)).whole).toBe(true);
  expect(await attachmentsOf(holder, id)).toMatchObject([{ status: 'kept', scan: 'none', bytes: whole.length }]);
  expect(stateWords('kept', 'none')).toContain('pas d’antivirus');
  expect(Buffer.from(await bytesOf(holder, id, file)).equals(whole)).toBe(true);
  expect(onDisk(id)).toEqual([file]);

  // All slices came, and the process died before they were put together.
  const small = pdf(500);
  const other = done(await announceAttachment(holder, id, { piece: '', name: 'b.pdf', bytes: 500 }, rules));
  await files.put(`calls/${id}/${other.id}.part-0`, small, { maxBytes: 500 });
  await holder.db
    .updateTable('call_attachment')
    .set({ slices: [500] })
    .where('id', '=', other.id)
    .execute();
  expect(done(await attachmentProgress(holder, { application: id, id: other.id }, rules)).whole).toBe(true);
  expect(onDisk(id)).toEqual([file, other.id].toSorted());
});

test('two requests for one file never remove each other’s bytes: a double click, and a last slice asked about', async () => {
  const { id, holder } = await draft('double@exemple.example');
  async function* meanwhile(ends: 'well' | 'cut'): AsyncGenerator<Uint8Array> {
    yield pdf(1_000).subarray(0, 400);
    done(await join(holder, id));
    if (ends === 'cut') throw new Error('the connection is cut');
    yield pdf(1_000).subarray(400);
  }
  const announced = { piece: '', name: 'statuts.pdf', bytes: 1_000 };
  done(await attachWhole(holder, id, announced, meanwhile('well'), rules));
  await expect(attachWhole(holder, id, announced, meanwhile('cut'), rules)).rejects.toThrow('cut');
  const whole = await attachmentsOf(holder, id);
  expect(whole.map(({ status }) => status)).toEqual(['kept', 'kept', 'kept']);
  for (const file of whole) expect(await bytesOf(holder, id, file.id)).toHaveLength(1_000);

  for (const when of ['before', 'after'] as const) {
    const last = done(await announceAttachment(holder, id, { ...announced, name: `${when}.pdf`, bytes: 500 }, rules));
    const at = { application: id, id: last.id };
    let asked = 0;
    const ask = async () => {
      if (asked++ === 0) expect(done(await attachmentProgress(holder, at, rules)).whole).toBe(true);
    };
    const put: typeof files.put = async (key, ...more) => {
      const end = key.endsWith(last.id);
      if (end && when === 'before') await ask();
      const stored = await files.put(key, ...more);
      if (end && when === 'after') await ask();
      return stored;
    };
    const sent = await receiveSlice(
      { ...holder, files: { ...files, put } },
      at,
      { offset: 0, content: pdf(500) },
      rules,
    );
    expect([when, asked, done(sent)]).toEqual([when, 1, { received: 500, whole: true }]);
    expect(await bytesOf(holder, id, last.id)).toHaveLength(500);
    expect(onDisk(id)).toContain(last.id);
  }
  expect(onDisk(id).filter((name) => name.includes('part'))).toEqual([]);
  // A forged id is no id.
  const forged = { application: id, id: '-'.repeat(36) };
  expect(await attachmentProgress(holder, forged, rules)).toMatchObject({ error: { code: 'no_such_application' } });
});

test('a renamed programme, an empty file, one too heavy: a sentence each, and nothing stays', async () => {
  const { id, holder } = await draft('refus@exemple.example');
  const exe = new TextEncoder().encode(`MZ${'x'.repeat(500)}`);
  expect(await join(holder, id, exe)).toMatchObject({ error: { code: 'file_type', field: 'file' } });
  expect(await join(holder, id, exe, 'statuts.exe')).toMatchObject({ error: { code: 'file_type' } });
  expect(await join(holder, id, new Uint8Array())).toMatchObject({ error: { code: 'file_empty' } });
  // 300 MB that say so are refused before a byte is asked for; those that lie are stopped after the limit.
  const heavy = { piece: '', name: 'a.pdf', bytes: 300_000_000 };
  expect(await announceAttachment(holder, id, heavy, rules)).toMatchObject({ error: { code: 'file_too_large' } });
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += 100_000;
      yield given === 100_000 ? pdf(100_000) : new Uint8Array(100_000);
    }
  }
  expect(await attachWhole(holder, id, { ...heavy, bytes: 1_000 }, endless(), rules)).toMatchObject({
    error: { code: 'file_too_large' },
  });
  expect(given).toBeLessThan(2_300_000);
  async function* cut(): AsyncGenerator<Uint8Array> {
    yield pdf(100);
    throw new Error('the connection is cut');
  }
  await expect(attachWhole(holder, id, { ...heavy, bytes: 200 }, cut(), rules)).rejects.toThrow('cut');
  expect(await attachmentsOf(holder, id)).toEqual([]);
  expect(onDisk(id)).toEqual([]);
});

test('an application has room for so many files, and so heavy', async () => {
  const { id, holder } = await draft('quotas@exemple.example');
  for (const name of ['a.pdf', 'b.pdf']) done(await join(holder, id, pdf(2_000_000), name));
  expect(await join(holder, id, pdf(1_000_001), 'c.pdf')).toMatchObject({ error: { code: 'quota' } });
  done(await join(holder, id, pdf(999_000), 'c.pdf'));
  for (let at = 3; at < MOST_ATTACHMENTS; at += 1) done(await join(holder, id, pdf(20), `${at}.pdf`));
  expect(await join(holder, id, pdf(20), 'last.pdf')).toMatchObject({ error: { code: 'too_many_files' } });
});

test('the scanner reads before anybody: clean, found, or silent', async () => {
  const { id, holder } = await draft('antivirus@exemple.example');
  const scans = { ...rules, scans: true };
  done(await join(holder, id, pdf(1_000), 'statuts.pdf', scans));
  const file = await onlyFile(holder, id);
  expect(house.context.enqueued.at(-1)).toEqual({ name: 'calls.scan', data: { attachment: file } });
  expect(await openAttachment(holder, id, file)).toMatchObject({ error: { code: 'not_kept' } });
  let answer: Scan = { state: 'unavailable' };
  const scanner: Scanner = {
    scan: async (content) => {
      expect(Buffer.concat(await Array.fromAsync(content))).toHaveLength(1_000);
      return answer;
    },
  };
  const [readIt, again] = scanAttachmentJobs(scanner, { ORIGIN: origin.origin });
  const at = { ...house.context, files };
  const read = async (attachment = file) => readIt?.handle(at, { attachment });
  await expect(read()).rejects.toThrow('does not answer');
  expect(await openAttachment(holder, id, file)).toMatchObject({ error: { code: 'not_kept' } });
  // Nobody waits for it at the hour of closing: it counts as joined.
  expect(await frozenPieces(holder, id)).toHaveLength(1);
  answer = { state: 'clean' };
  await read();
  expect((await bytesOf(holder, id, file)).length).toBe(1_000);

  done(await join(holder, id, pdf(1_000), 'piege.pdf', scans));
  const bad = await named(holder, id, 'piege.pdf');
  answer = { state: 'infected', name: 'Eicar' };
  await read(bad?.id);
  expect(await named(holder, id, 'piege.pdf')).toMatchObject({ status: 'refused', scan: 'Eicar' });
  expect(onDisk(id)).toEqual([file]);
  expect(await frozenPieces(holder, id)).toHaveLength(1);
  // Nobody deposited it: the page of pieces says it, and it can be replaced.
  expect(house.context.posted.filter(({ key }) => key?.startsWith('calls.infected/'))).toEqual([]);

  // One that a deposit froze before it was read: what waits is read again, and who deposited and who instructs are told.
  done(await join(holder, id, pdf(1_000), 'tard.pdf', scans));
  const late = (await named(holder, id, 'tard.pdf'))?.id ?? '';
  done(await depositApplication(holder, id, origin));
  const asked = () => house.context.enqueued.filter(({ data }) => JSON.stringify(data).includes(late)).length;
  await again?.handle({ ...at, clock: { now: () => house.clock.now().add({ minutes: 59 }) } }, {});
  expect(asked()).toBe(1);
  await again?.handle({ ...at, clock: { now: () => house.clock.now().add({ minutes: 60 }) } }, {});
  expect(asked()).toBe(2);
  await read(late);
  await read(late);
  const told = house.context.posted.filter(({ key }) => key?.startsWith(`calls.infected/${late}/`));
  const organisers = [call.ars.actor.email, call.dreets.actor.email];
  expect(told.map(({ to }) => to).toSorted()).toEqual([holder.actor.email, ...organisers].toSorted());
  const title = (await applicationRow(holder, id))?.title ?? '';
  for (const { text } of told) for (const secret of [title, 'tard.pdf']) expect(text).not.toContain(secret);
});

test('who may open a file: its side, then who declared and is not recused, for what was deposited', async () => {
  const { id, holder } = await draft('droits@exemple.example');
  done(await join(holder, id));
  const file = await onlyFile(holder, id);
  const ars = { ...call.ars, files };
  const stranger = { ...(await house.as('curieuse@exemple.example')), files };
  const unknown = { error: { code: 'no_such_application' } };
  for (const who of [stranger, ars]) expect(await openAttachment(who, id, file)).toMatchObject(unknown);
  for (const forged of ['x', crypto.randomUUID()])
    expect(await openAttachment(holder, id, forged)).toMatchObject(unknown);
  expect(await join(stranger, id)).toMatchObject(unknown);
  expect(await removeAttachment(stranger, id, file)).toMatchObject(unknown);

  const frozen = await frozenPieces(holder, id);
  done(await depositApplication(holder, id, origin));
  expect(await join(holder, id)).toMatchObject({ error: { code: 'not_now' } });
  expect(await openAttachment(ars, id, file)).toMatchObject(unknown);
  await declared(ars, call.id);
  expect((await bytesOf(ars, id, file)).length).toBe(1_000);
  // The file of another application, by the address of one that may be opened.
  const other = await draft('autre@exemple.example');
  done(await join(other.holder, other.id));
  const theirs = await onlyFile(other.holder, other.id);
  for (const where of [id, other.id]) expect(await openAttachment(ars, where, theirs)).toMatchObject(unknown);

  // A completion may replace a piece: what was deposited stays to be read.
  const asked = { parts: ['attachments'], reason: 'Il manque la date.', due: '2021-07-20T10:00:00Z', ...origin };
  done(await askCompletion(ars, id, asked));
  done(await removeAttachment(holder, id, file));
  expect(await attachmentsOf(holder, id)).toEqual([]);
  expect((await bytesOf(ars, id, file)).length).toBe(1_000);
  expect(await depositedPieces(ars, id, frozen)).toMatchObject([
    { name: 'statuts.pdf', state: stateWords('kept', 'none'), href: expect.stringContaining(`/pieces/${file}`) },
  ]);
  await applyRetention({ ...house.context, files }, attachmentRetention);
  expect(onDisk(id)).toEqual([file]);
});

test('what came by half, and what was never deposited, goes with time', async () => {
  const { id, holder } = await draft('temps@exemple.example');
  done(await join(holder, id));
  const removed = await onlyFile(holder, id);
  const { id: half } = done(await announceAttachment(holder, id, { piece: '', name: 'b.pdf', bytes: 900 }, rules));
  done(await receiveSlice(holder, { application: id, id: half }, { offset: 0, content: pdf(300) }, rules));
  done(await removeAttachment(holder, id, removed));
  expect(onDisk(id)).toEqual([`${half}.part-0`]);
  const later = (hours: number) => ({
    ...{ ...house.context, files },
    clock: { now: () => house.clock.now().add({ hours }) },
  });
  await applyRetention(later(20), attachmentRetention);
  expect(onDisk(id)).toHaveLength(1);
  await applyRetention(later(25), attachmentRetention);
  expect(onDisk(id)).toEqual([]);
  done(await join(holder, id));
  // A death after the slices were put together: the row still names them.
  const kept = await onlyFile(holder, id);
  await files.put(`calls/${id}/${kept}.part-0`, pdf(300), { maxBytes: 300 });
  await holder.db
    .updateTable('call_attachment')
    .set({ slices: [300] })
    .where('id', '=', kept)
    .execute();
  await applyRetention(later(2), attachmentRetention);
  expect(onDisk(id)).toEqual([kept]);
  await holder.db.updateTable('call_application').set({ status: 'lapsed' }).where('id', '=', id).execute();
  const alive = await draft('vivante@exemple.example');
  const partsOf = async (application: string) => (await readContent(holder, application)).content.project.title;
  const rulesOfTime = [...attachmentRetention, ...lapsedRetention];
  await applyRetention(later(24 * 29), rulesOfTime);
  expect([onDisk(id).length, await partsOf(id)]).toEqual([1, 'Une maison des parents']);
  await applyRetention(later(24 * 31), rulesOfTime);
  expect([onDisk(id), await attachmentsOf(holder, id), await partsOf(id)]).toEqual([[], [], '']);
  expect(await partsOf(alive.id)).toBe('Une maison des parents');
});
