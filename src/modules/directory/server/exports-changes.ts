import { sql } from 'kysely';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { FEED_DAYS } from './exports-make.ts';
import './exports-migrations.ts';

export const MOST_CHANGES = 1_000;

export interface ChangesAsked {
  readonly since?: string | undefined;
  readonly file?: string | undefined;
  readonly limit: number;
}

export interface Changes {
  readonly cursor: string;
  readonly more: boolean;
  readonly changes: {
    readonly file: string;
    readonly id: string;
    readonly change: 'created' | 'updated' | 'closed';
    readonly at: string;
  }[];
}

/**
 * The last change of each record, in the order of the runs that told it. A record that changes again while one reads moves
 * to the end and is met there. Refuses a cursor that was never given, and one older than what is kept of closed records.
 */
export const readChanges = async (context: Context, asked: ChangesAsked): Promise<Result<Changes, Refusal>> => {
  const { db, clock } = context;
  const since = readCursor(asked.since);
  if (!since) return refuse(badCursor);
  const { rows: runs } = await sql<{ last: number | null; fresh: boolean }>`
    select max(id) as last, coalesce(bool_or(id = ${since.run}
      and made_at >= ${clock
        .now()
        .subtract({ hours: FEED_DAYS * 24 })
        .toString()}::timestamptz), false) as fresh
    from export_run`.execute(db);
  const { last, fresh } = runs[0] ?? { last: null, fresh: false };
  if (since.run > (last ?? 0)) return refuse(badCursor);
  if (since.run > 0 && !fresh) return refuse(tooOld);
  const { rows } = await sql<Row>`
    select file, export_record.id, closed, created_run, changed_run, made_at
    from export_record join export_run on export_run.id = changed_run
    where (changed_run, file, export_record.id) > (${since.run}, ${since.file}, ${since.id})
      ${asked.file === undefined ? sql`` : sql`and file = ${asked.file}`}
    order by changed_run, file, export_record.id
    limit ${asked.limit + 1}`.execute(db);
  const page = rows.slice(0, asked.limit);
  const end = page.at(-1);
  const more = rows.length > page.length;
  return ok({
    cursor: more && end ? cursorOf(end) : String(last ?? 0),
    more,
    changes: page.map(({ file, id, closed, created_run, changed_run, made_at }) => ({
      ...{ file, id, change: closed ? 'closed' : created_run === changed_run ? 'created' : 'updated' },
      at: made_at.toString(),
    })),
  });
};

interface Row {
  readonly file: string;
  readonly id: string;
  readonly closed: boolean;
  readonly created_run: number;
  readonly changed_run: number;
  readonly made_at: Temporal.Instant;
}

interface Cursor {
  readonly run: number;
  readonly file: string;
  readonly id: string;
}

/** After every record of a run: no name begins with the last character there is. */
const AFTER_ALL = '\u{10FFFF}';

const cursorOf = ({ changed_run, file, id }: Row): string =>
  `${changed_run}.${Buffer.from(JSON.stringify([file, id])).toString('base64url')}`;

const readCursor = (text: string | undefined): Cursor | undefined => {
  if (text === undefined) return { run: 0, file: '', id: '' };
  const [run = '', place, ...rest] = text.split('.');
  if (!/^\d{1,9}$/.test(run) || rest.length > 0) return undefined;
  if (place === undefined) return { run: Number(run), file: AFTER_ALL, id: '' };
  try {
    const [file, id] = JSON.parse(Buffer.from(place, 'base64url').toString()) as unknown[];
    const whole = typeof file === 'string' && typeof id === 'string' && !`${file}${id}`.includes('\0');
    return whole ? { run: Number(run), file, id } : undefined;
  } catch {
    return undefined;
  }
};

const badCursor: Refusal = { code: 'bad_cursor', field: 'since', message: 'n’est pas un repère de cette liste' };
const tooOld: Refusal = {
  code: 'cursor_too_old',
  field: 'since',
  message: `est trop ancien (plus de ${FEED_DAYS} jours) ; reprenez les fichiers entiers, puis le repère de /api/v1/exports`,
};
