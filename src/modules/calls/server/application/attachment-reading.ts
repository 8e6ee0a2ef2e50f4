import { sql } from 'kysely';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { FrozenPiece } from '../../application/snapshot.ts';
import type { Words } from '../../section-words.ts';
import { readCall } from '../call-stream.ts';
import { fileAccess } from '../selection/file-access.ts';
import { wordsOf } from '../title.ts';
import { applicationRow, memberRole } from './application-stream.ts';
import { fileKey } from './attachment-files.ts';
import '../tables.ts';
import './attachment-tables.ts';

/** The files of an application as they stand, in the order in which they came. For whoever asked for its role first. */
export const attachmentsOf = async ({ db }: Pick<Context, 'db'>, application: string) =>
  db
    .selectFrom('call_attachment')
    .select(['id', 'piece', 'name', 'bytes', 'slices', 'status', 'scan', 'added_at', 'sha256'])
    .where('application', '=', application)
    .where('left_at', 'is', null)
    .orderBy('added_at')
    .orderBy('id')
    .execute();

/** What a deposit freezes of the files: those that came whole. One that the scanner has not read yet counts: nobody waits for it at the hour of closing. */
export const frozenPieces = async (
  context: Pick<Context, 'db'>,
  application: string,
): Promise<readonly FrozenPiece[]> =>
  (await attachmentsOf(context, application)).flatMap(({ id, piece, name, bytes, sha256, status }) =>
    sha256 !== null && (status === 'kept' || status === 'scanning') ? [{ id, piece, name, bytes, sha256 }] : [],
  );

/** The files of an application in which the antivirus found something, by id. */
export const infectedAmong = async ({ db }: Pick<Context, 'db'>, application: string): Promise<ReadonlySet<string>> => {
  const query = db.selectFrom('call_attachment').select('id').where('application', '=', application);
  return new Set((await query.where('status', '=', 'refused').execute()).map(({ id }) => id));
};

/**
 * The files that deposits name, each once, as who reads them sees them: whether the scanner read it, and the address to
 * download it from. For whoever may open the file of this application: ask first.
 */
export const depositedPieces = async (
  { db }: Pick<Context, 'db'>,
  application: string,
  frozen: readonly FrozenPiece[],
): Promise<readonly DepositedPiece[]> => {
  const pieces = [...new Map(frozen.map((piece) => [piece.id, piece])).values()];
  if (pieces.length === 0) return [];
  const rows = await db
    .selectFrom('call_attachment')
    .select(['id', 'status', 'scan'])
    .where('application', '=', application)
    .execute();
  return pieces.map(({ id, piece, name, bytes }) => {
    const row = rows.find((one) => one.id === id);
    const href = row?.status === 'kept' ? `/appels/espace/candidatures/${application}/pieces/${id}` : undefined;
    return { id, piece, name, bytes, href, state: row ? stateWords(row.status, row.scan) : 'N’est plus gardé' };
  });
};
interface DepositedPiece {
  readonly id: string;
  readonly piece: string;
  readonly name: string;
  readonly bytes: number;
  readonly state: string;
  readonly href: string | undefined;
}

/** The pieces that the call of an application asks for. */
export const piecesAsked = async (
  context: Pick<Context, 'db'>,
  application: string,
): Promise<Words<'pieces'>['pieces']> => {
  const row = await applicationRow(context, application);
  const call = row && (await readCall(context, row.call));
  return call ? (await wordsOf(context, call, 'pieces')).pieces : [];
};

/** The label of a piece that the call asks for, or nothing for « another piece ». */
export const pieceOfCall = async (context: Pick<Context, 'db'>, application: string, label: string): Promise<string> =>
  (await piecesAsked(context, application)).find((piece) => piece.label === label)?.label ?? '';

/** The words for the state of a file. Without a scanner it is said, to who sends and to who reads. */
export const stateWords = (status: string, scan: string | null): string => {
  if (status === 'receiving' || status === 'arriving') return 'En cours d’envoi';
  if (status === 'scanning') return 'Reçu, en attente de l’antivirus';
  if (status === 'refused') return 'Refusé : l’antivirus y a trouvé quelque chose';
  return scan === 'clean' ? 'Reçu, vérifié par l’antivirus' : 'Reçu ; ce site n’a pas d’antivirus';
};

/**
 * A file to download: by the holder’s side, or by who may open the file of that application, for what a deposit names. A
 * stranger, somebody recused, and a file that is not there are told alike. Refuses one that is not kept (yet).
 */
export const openAttachment = async (
  context: PersonContext,
  application: string,
  id: string,
): Promise<
  Result<{
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: number;
    readonly body: ReadableStream<Uint8Array>;
  }>
> => {
  const { db, files } = context;
  if (!isUuid(id) || !(await mayRead(context, application, id))) return refuse(noFile);
  const row = await db
    .selectFrom('call_attachment')
    .select(['id', 'application', 'name', 'media_type', 'status'])
    .where('id', '=', id)
    .where('application', '=', application)
    .executeTakeFirst();
  if (!row) return refuse(noFile);
  if (row.status !== 'kept') return refuse(notKept);
  const file = await files.get(fileKey(row));
  if (!file) throw new Error('the bytes of an attachment are missing');
  return ok({ name: row.name, mediaType: row.media_type, ...file });
};

const mayRead = async (context: PersonContext, application: string, id: string): Promise<boolean> => {
  if (await memberRole(context, application)) return true;
  const row = await applicationRow(context, application);
  if (!row) return false;
  const access = await fileAccess(context, row.call);
  if (!access.open || access.recused.has(application) || access.only?.has(application) === false) return false;
  return namedByDeposit(context, application, id);
};

/** Whether a deposit of this application names the file. */
export const namedByDeposit = async (
  { db }: Pick<Context, 'db'>,
  application: string,
  id: string,
): Promise<boolean> => {
  const row = await db
    .selectFrom('call_snapshot')
    .select('id')
    .where('application', '=', application)
    .where(sql<boolean>`content -> 'attachments' @> ${JSON.stringify([{ id }])}::jsonb`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

const noFile: Refusal = {
  code: 'no_such_application',
  message: 'Ce fichier n’existe pas, ou n’est pas ouvert à votre adresse.',
};
const notKept: Refusal = { code: 'not_kept', message: 'Ce fichier ne se télécharge pas, ou pas encore.' };
