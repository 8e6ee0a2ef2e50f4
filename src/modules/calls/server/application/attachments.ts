import { sql } from 'kysely';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { documentKinds, documentName, kindOfName, notSent, watched } from '#platform/server/files/document.ts';
import { tooLarge } from '#platform/server/files/store.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { Settings } from '#platform/server/settings.ts';
import { asOne } from '../calls.ts';
import { memberRole, noSuchApplication, takeStep } from './application-stream.ts';
import { fileKey, forgetSlices, receivedOf, removeBytes, sliced, sliceKey } from './attachment-files.ts';
import { pieceOfCall } from './attachment-reading.ts';
import { partClosed, partIsOpen } from './instruction.ts';
import { scanAttachment } from './scan-attachment.ts';
import './attachment-tables.ts';
import '../tables.ts';

/** What the operator allows. Sizes in bytes. */
export interface AttachmentRules {
  readonly maxBytes: number;
  /** Of all the files of one application. */
  readonly totalBytes: number;
  /** Whether something looks for viruses. */
  readonly scans: boolean;
}

/** The rules as the settings give them. */
export const attachmentRules = (
  settings: Pick<Settings, 'ATTACHMENT_MEGABYTES' | 'APPLICATION_MEGABYTES' | 'CLAMD_URL'>,
): AttachmentRules => ({
  maxBytes: settings.ATTACHMENT_MEGABYTES * 1_000_000,
  totalBytes: settings.APPLICATION_MEGABYTES * 1_000_000,
  scans: settings.CLAMD_URL !== undefined,
});

/** Files of one application, those that its deposits name included. */
export const MOST_ATTACHMENTS = 30;
/** Longest slice of a file that comes in several: under the limit of every form (BODY_SIZE_LIMIT, 512 kB). */
export const SLICE_BYTES = 262_144;

/** A file as its sender announces it. */
export interface Announced {
  /** What it answers, as the call asks it; anything else is « another piece ». */
  readonly piece: string;
  readonly name: string;
  readonly bytes: number;
}

/** Where a file that comes by slices stands. */
export interface Receiving {
  readonly id: string;
  readonly received: number;
}

/**
 * Begins to receive a file, or goes on with the one of the same name and size that this person began. Refuses, before a byte
 * is received, a name that tells no document, a file that is too heavy, and one too many for this application.
 */
export const announceAttachment = (
  context: PersonContext,
  application: string,
  announced: Announced,
  rules: AttachmentRules,
): Promise<Result<Receiving>> => begin(context, application, announced, rules, 'receiving');

const begin = (
  context: PersonContext,
  application: string,
  announced: Announced,
  rules: AttachmentRules,
  status: 'receiving' | 'arriving',
): Promise<Result<Receiving>> =>
  asOne(context, async (inside) => {
    const { db, clock, actor } = inside;
    const may = await mayWrite(inside, application);
    if (!may.ok) return may;
    const name = documentName(announced.name);
    const { bytes } = announced;
    if (!kindOfName(name)) return refuse({ ...notSent, field: 'file' });
    if (bytes > rules.maxBytes) return refuse({ ...tooLarge(rules.maxBytes), field: 'file' });
    if (!Number.isSafeInteger(bytes) || bytes <= 0) return refuse(empty);
    const piece = await pieceOfCall(inside, application, announced.piece);
    const rows = await db.selectFrom('call_attachment').selectAll().where('application', '=', application).execute();
    const begun = rows.find(
      (row) =>
        status === 'receiving' &&
        row.status === status &&
        row.name === name &&
        row.bytes === bytes &&
        row.piece === piece,
    );
    if (begun?.added_by === actor.account) return ok({ id: begun.id, received: receivedOf(begun) });
    if (rows.filter(({ status }) => status !== 'refused').length >= MOST_ATTACHMENTS) return refuse(tooMany);
    if (rows.reduce((all, row) => all + row.bytes, bytes) > rules.totalBytes) return refuse(fullOf(rules));
    const { id } = await db
      .insertInto('call_attachment')
      .values({
        ...{ application, piece, name, media_type: '', bytes, slices: [], status },
        ...{ added_by: actor.account, added_at: clock.now() },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return ok({ id, received: 0 });
  });

/**
 * Receives the next slice of a file. One that does not begin where the last one ended is refused (`not_the_next`): ask where
 * the file stands, and go on from there. The last slice ends the file: what it is made of is then looked at.
 */
export const receiveSlice = async (
  context: PersonContext,
  file: { readonly application: string; readonly id: string },
  slice: { readonly offset: number; readonly content: Uint8Array },
  rules: AttachmentRules,
): Promise<Result<{ readonly received: number; readonly whole: boolean }>> => {
  const { db, files } = context;
  const row = await receiving(context, file);
  if (!row) return noSuchAttachment;
  const { offset, content } = slice;
  if (offset !== receivedOf(row)) return refuse(notTheNext);
  if (content.length === 0 || content.length > SLICE_BYTES || offset + content.length > row.bytes)
    return refuse(badSlice);
  const put = await files.put(sliceKey(row, offset), content, { maxBytes: SLICE_BYTES });
  if (!put.ok) return put;
  const slices = [...row.slices, content.length];
  // Counted once it is on the disk for good, and by one request only.
  const counted = await db
    .updateTable('call_attachment')
    .set({ slices })
    .where('id', '=', row.id)
    .where('status', '=', 'receiving')
    .where(sql`cardinality(slices)`, '=', row.slices.length)
    .executeTakeFirst();
  if (counted.numUpdatedRows === 0n) {
    // Another request ended the file meanwhile: nothing would know of this slice.
    if (!(await receiving(context, file))) await files.delete(sliceKey(row, offset));
    return refuse(notTheNext);
  }
  const received = offset + content.length;
  if (received < row.bytes) return ok({ received, whole: false });
  const ended = await endAttachment(context, { ...row, slices }, rules);
  return ended.ok ? ok({ received, whole: true }) : ended;
};

/** Where a file that comes by slices stands; one that came whole before a death is ended now. */
export const attachmentProgress = async (
  context: PersonContext,
  file: { readonly application: string; readonly id: string },
  rules: AttachmentRules,
): Promise<Result<{ readonly received: number; readonly whole: boolean }>> => {
  const row = await receiving(context, file);
  if (!row) return noSuchAttachment;
  const received = receivedOf(row);
  if (received < row.bytes) return ok({ received, whole: false });
  const ended = await endAttachment(context, row, rules);
  return ended.ok ? ok({ received, whole: true }) : ended;
};

/** Joins a file that comes all at once. `bytes`: at most how many, as the request announced it. */
export const attachWhole = async (
  context: PersonContext,
  application: string,
  announced: Announced,
  content: AsyncIterable<Uint8Array>,
  rules: AttachmentRules,
): Promise<Result<void>> => {
  const { db } = context;
  // Never one that was begun: two requests that share a row would each remove what the other keeps.
  const begun = await begin(context, application, announced, rules, 'arriving');
  if (!begun.ok) return begun;
  const row = { id: begun.value.id, application, slices: [], name: documentName(announced.name) };
  try {
    return await keepContent(context, row, content, rules);
  } catch (error) {
    // The connection broke: what it began is no file, and takes no place.
    await db.deleteFrom('call_attachment').where('id', '=', row.id).where('status', '=', 'arriving').execute();
    throw error;
  }
};

type Row = Parameters<typeof removeBytes>[1] & { readonly name: string };

const endAttachment = async (context: PersonContext, row: Row, rules: AttachmentRules): Promise<Result<void>> => {
  const kept = await keepContent(context, row, sliced(context, row), rules).catch(async (error: unknown) => {
    // Another request put the slices together, and removed them under this one.
    if ((await standing(context, row))?.sha256 == null) throw error;
    return ok(undefined);
  });
  if (kept.ok) await forgetSlices(context, row);
  return kept;
};

/** Puts a content under its name while looking at what it is. What is refused leaves neither bytes nor row. */
const keepContent = async (
  context: PersonContext,
  row: Row,
  content: AsyncIterable<Uint8Array>,
  rules: AttachmentRules,
): Promise<Result<void>> => {
  const watch = watched(content);
  const stored = await context.files.put(fileKey(row), watch.content, { maxBytes: rules.maxBytes });
  const kind = stored.ok ? watch.kind(row.name) : stored;
  const kept = stored.ok && kind.ok ? await settle(context, row, { ...stored.value, kind: kind.value }, rules) : kind;
  if (kept.ok) return ok(undefined);
  await context.db
    .deleteFrom('call_attachment')
    .where('id', '=', row.id)
    .where('status', 'in', ['receiving', 'arriving'])
    .execute();
  // A row that stands was settled by another request, the PUT of the last slice or the GET that ends it: the bytes are its own.
  if (await standing(context, row)) return kept.error === noSuchFile ? ok(undefined) : kept;
  await removeBytes(context, row);
  return refuse({ ...kept.error, field: 'file' });
};

const standing = ({ db }: PersonContext, { id }: Row) =>
  db.selectFrom('call_attachment').select('sha256').where('id', '=', id).executeTakeFirst();

const settle = (
  context: PersonContext,
  { id, application }: Row,
  stored: { readonly bytes: number; readonly sha256: string; readonly kind: keyof typeof documentKinds },
  { scans }: AttachmentRules,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    // It may have been deposited, or the person dismissed, while the file was on its way.
    const may = await mayWrite(inside, application);
    if (!may.ok) return may;
    const { bytes, sha256, kind } = stored;
    const settled = await inside.db
      .updateTable('call_attachment')
      .set({
        ...{ bytes, sha256, media_type: documentKinds[kind].mediaType },
        ...(scans ? { status: 'scanning', scan: null } : { status: 'kept', scan: 'none' }),
      })
      .where('id', '=', id)
      .where('status', 'in', ['receiving', 'arriving'])
      .executeTakeFirst();
    if (settled.numUpdatedRows === 0n) return noSuchAttachment;
    if (scans) await inside.jobs.enqueue(scanAttachment, { attachment: id });
    return ok(undefined);
  });

/** Whether the actor may join and remove files now: asked under the lock of the application. */
export const mayWrite = async (inside: PersonContext, application: string): Promise<Result<void>> => {
  if (!(await memberRole(inside, application))) return noSuchApplication;
  await inside.db.selectFrom('call_application').select('id').where('id', '=', application).forNoKeyUpdate().execute();
  const may = await takeStep(inside, application, 'write', () => ok([]));
  if (!may.ok) return may;
  return (await partIsOpen(inside, application, may.value, 'attachments')) ? ok(undefined) : refuse(partClosed);
};

/** The row of a file that the actor is sending. */
const receiving = async (
  context: PersonContext,
  { application, id }: { readonly application: string; readonly id: string },
) => {
  if (!(await memberRole(context, application)) || !isUuid(id)) return undefined;
  return context.db
    .selectFrom('call_attachment')
    .selectAll()
    .where('id', '=', id)
    .where('application', '=', application)
    .where('added_by', '=', context.actor.account)
    .where('status', '=', 'receiving')
    .executeTakeFirst();
};

const noSuchFile: Refusal = {
  code: 'no_such_application',
  message: 'Ce fichier n’existe pas, ou n’est pas ouvert à votre adresse.',
};
/** No such file, or not for this person: told alike. */
export const noSuchAttachment: Result<never> = refuse(noSuchFile);

const notTheNext: Refusal = {
  code: 'not_the_next',
  message: 'Ce morceau n’est pas le suivant : reprenez où en est le fichier.',
};
const badSlice: Refusal = {
  code: 'bad_slice',
  message: 'Ce morceau est vide, trop long, ou dépasse le fichier annoncé.',
};
const empty: Refusal = { code: 'file_empty', field: 'file', message: 'Ce fichier est vide.' };
const tooMany: Refusal = {
  ...{ code: 'too_many_files', field: 'file' },
  message: `Une candidature tient en ${MOST_ATTACHMENTS} fichiers au plus. Retirez-en un, ou réunissez-les en un PDF.`,
};
const fullOf = ({ totalBytes }: AttachmentRules): Refusal => ({
  ...{ code: 'quota', field: 'file' },
  message: `Les fichiers d’une candidature pèsent ${totalBytes / 1e6} Mo au plus, tous ensemble. Allégez celui-ci, ou retirez-en un.`,
});
