import { createHash } from 'node:crypto';
import { isUuid, noId } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical, type Json } from '#platform/server/journal/chain.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  decideSession,
  evolveSession,
  type SessionOrder,
  type SessionSetting,
} from '../../selection/decide-session.ts';
import { minutesContent } from '../../selection/minutes.ts';
import {
  type ItemOutcome,
  noSession,
  type SessionEvent,
  type SessionRole,
  type SessionState,
} from '../../selection/session.ts';
import { reload } from '../../step-table.ts';
import { applicationRow, takeStep } from '../application/application-stream.ts';
import { noSuchCall, readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText, readTexts } from '../rows.ts';
import { titleOf, wordsOf } from '../title.ts';
import { type FileAccess, fileAccess } from './file-access.ts';
import { type Sitting, sittingOf } from './session-members.ts';
import './decision-tables.ts';

/** A session is a stream; its row holds the same state. */
export const sessionStream: StreamDefinition<SessionState, SessionEvent> = {
  name: 'call-session',
  initial: noSession,
  evolve: evolveSession,
  project: async ({ db, clock }, id, state) => {
    const row = {
      ...{ status: state.status, at: Temporal.Instant.from(state.at), state: JSON.stringify(state) },
      changed_at: clock.now(),
    };
    await db
      .insertInto('call_session')
      .values({ id, call: state.call, ...row })
      .onConflict((known) => known.column('id').doUpdateSet(row))
      .execute();
  },
};

/** One step of a session. */
export const moveSession = (
  context: PersonContext,
  id: string,
  order: Exclude<SessionOrder, { command: 'convene' | 'move' | 'cancel' | 'closeItem' | 'signMinutes' }>,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const session = await readSession(inside, id);
    return session ? commandSession(inside, session.call, id, order) : refuse(noSuchSession);
  });

/** Writes what the session says of a file: from then on, it is deliberated. */
export const closeItem = (
  context: PersonContext,
  id: string,
  application: string,
  { words, ...said }: Omit<ItemOutcome, 'words'> & { readonly words: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const session = await readSession(inside, id);
    if (!session) return refuse(noSuchSession);
    const kept = await keepText(inside, words, 'words');
    if (!kept.ok) return kept;
    const outcome = { ...said, words: kept.value ?? null };
    const done = await commandSession(inside, session.call, id, { command: 'closeItem', application, outcome });
    if (!done.ok) return done;
    const step = await takeStep(inside, application, 'deliberate', () =>
      ok([{ type: 'ApplicationDeliberated-V1', data: { deliberation: id } }]),
    );
    return step.ok ? ok(undefined) : step;
  });

/**
 * One command on one session, in the transaction of the caller: the role is asked again, what it knows is read again. `seen`:
 * the version that was read, where whoever wrote since must not be written over (I-18).
 */
export const commandSession = async (
  context: PersonContext,
  call: string,
  id: string,
  order: SessionOrder,
  seen?: number,
): Promise<Result<void>> => {
  const state = await readCall(context, call);
  if (!state) return refuse(noSuchCall);
  const access = await fileAccess(context, call);
  const role = sessionRole(access);
  if (!access.open || role === 'other') return refuse(noSuchSession);
  const known = order.command === 'convene' ? undefined : await readSession(context, id);
  const named = 'agenda' in order ? order.agenda : (known?.items.map(({ application }) => application) ?? []);
  const files = await context.db
    .selectFrom('call_application')
    .select(['id', 'status'])
    .where('call', '=', call)
    .where('id', 'in', named.filter(isUuid).length > 0 ? named.filter(isUuid) : [noId])
    .execute();
  const members = await sittingOf(
    context,
    call,
    files.map((file) => file.id),
  );
  const setting: SessionSetting = {
    ...{
      role,
      call,
      state,
      recused: access.recused,
      quorum: quorumIn((await wordsOf(context, state, 'choices')).quorum),
    },
    members: members.filter(({ left, declared }) => !left && declared),
    applications: new Map(files.map((file) => [file.id, file.status])),
    minutes: known ? await minutesHash(context, call, known, members) : '',
    now: context.clock.now(),
  };
  const done = await withStream(context, sessionStream, id, (session, version) =>
    seen === undefined || seen === version ? decideSession(session, order, setting) : refuse(reload),
  );
  return done.ok ? ok(undefined) : done;
};

/** A session as it stands. For whoever asked `fileAccess` first. */
export const readSession = async ({ db }: Pick<PersonContext, 'db'>, id: string): Promise<SessionState | undefined> => {
  if (!isUuid(id)) return undefined;
  const row = await db.selectFrom('call_session').select('state').where('id', '=', id).executeTakeFirst();
  return row?.state as SessionState | undefined;
};

/** The version of the journal at which a session stands: read before its state, it is never newer than what is shown. */
export const sessionVersion = async ({ db }: Pick<PersonContext, 'db'>, id: string): Promise<number> =>
  (
    await db
      .selectFrom('journal_event')
      .select(({ fn }) => fn.max('version').as('version'))
      .where('stream', '=', `${sessionStream.name}/${id}`)
      .executeTakeFirst()
  )?.version ?? 0;

/** The sessions of a call, the next or the last first. For whoever asked `fileAccess` first. */
export const sessionsOf = ({ db }: Pick<PersonContext, 'db'>, call: string) =>
  db
    .selectFrom('call_session')
    .select(['id', 'at', 'status'])
    .where('call', '=', call)
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute();

/** What the session said of a file, once it did. For whoever asked `fileAccess` first. */
export const sessionOutcome = async (
  context: Pick<PersonContext, 'db'>,
  application: string,
): Promise<ItemOutcome | undefined> => {
  const said = (await applicationRow(context, application))?.state.deliberation;
  const session = said ? await readSession(context, said) : undefined;
  return session?.items.find((item) => item.application === application)?.outcome ?? undefined;
};

/** Files whose evaluations are closed, that the session has not spoken of, and that the actor may read. */
export const filesToDiscuss = async (
  { db }: Pick<PersonContext, 'db'>,
  call: string,
  { recused }: Extract<FileAccess, { open: true }>,
) => {
  const rows = await db
    .selectFrom('call_application')
    .select(['id', 'number', 'title'])
    .where('call', '=', call)
    .where('status', '=', 'evaluated')
    .orderBy('number')
    .execute();
  // Somebody recused from a file still puts it on the agenda: by its number alone.
  return rows.map((row) => (recused.has(row.id) ? { ...row, title: 'en déport pour vous' } : row));
};

/** What somebody is to the sessions of a call. */
export const sessionRole = (access: FileAccess): SessionRole =>
  !access.open
    ? 'other'
    : access.role === 'president'
      ? 'president'
      : access.role === 'instructor'
        ? 'manager'
        : access.role === 'juror'
          ? 'juror'
          : 'other';

/** The hash that signed minutes are known by. It holds roles and texts, no name. */
export const minutesHash = async (
  context: Context,
  call: string,
  session: SessionState,
  members: readonly Sitting[],
): Promise<string> => {
  const state = await readCall(context, call);
  const texts = await readTexts(context, textsOf(session));
  const title = state ? await titleOf(context, state) : '';
  const seen = new Set([...session.present, ...session.items.flatMap(({ present }) => present)]);
  const attended = members.filter(({ id }) => seen.has(id));
  const content = minutesContent(session, { title, members: attended, texts });
  return createHash('sha256')
    .update(canonical(JSON.parse(JSON.stringify(content)) as Json))
    .digest('hex');
};

/** The rows where the words of a session are. */
export const textsOf = ({ place, reason, items }: SessionState): string[] =>
  [place, reason, ...items.map(({ outcome }) => outcome?.words)].filter((id) => typeof id === 'string');

/** The number that the organisers wrote for the quorum, if it begins with one: « 5 membres ». Not settled, none is asked. */
export const quorumIn = (words: string | undefined): number | undefined => {
  const [, digits] = /^\D{0,20}(\d{1,3})\b/.exec(words ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
};

export const noSuchSession: Refusal = {
  code: 'no_such_call',
  message: 'Cette séance n’existe pas, ou n’est pas pour vous.',
};
