import { createHash } from 'node:crypto';
import { readEmail, unreadableEmail } from '#platform/email.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical } from '#platform/server/journal/chain.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import { oneLine, typedText } from '#platform/text.ts';
import { applicationParts } from '../../application/content.ts';
import {
  decideOpinion,
  evolveOpinion,
  noOpinion,
  type OpinionEvent,
  type OpinionOrder,
  type OpinionRole,
  type OpinionState,
  type OpinionView,
  opinionViews,
} from '../../selection/opinion.ts';
import { noSuchApplication } from '../application/application-stream.ts';
import { readCall } from '../call-stream.ts';
import { zoneOf } from '../call-view.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { titleOf } from '../title.ts';
import { criteriaOf, readableRow } from './evaluations.ts';
import { fileAccess } from './file-access.ts';
import './tables.ts';

/** An opinion asked outside the jury. The row is written before the first event: it knows of whom it is asked. */
export const opinionStream: StreamDefinition<OpinionState, OpinionEvent> = {
  name: 'opinion',
  initial: noOpinion,
  evolve: evolveOpinion,
  project: async ({ db, clock }, id, state) => {
    if (state.status === 'absent') return;
    await db
      .updateTable('call_opinion')
      .set({ status: state.status, state: JSON.stringify(state), changed_at: clock.now() })
      .where('id', '=', id)
      .execute();
  },
};

/** An opinion to ask, as its form says it. */
export interface AskedOpinion {
  readonly application: string;
  readonly email: string;
  readonly shown: string;
  readonly parts: readonly string[];
  readonly confidential: boolean;
  /** The last day, at the end of which, where the call is, it is too late. */
  readonly due: Temporal.PlainDate | undefined;
  /** One a line; none: the criteria of the grid. */
  readonly questions: string;
  readonly origin: string | undefined;
}

const MOST = { questions: 20, question: 300, answer: 10_000 } as const;

/** Asks for an opinion on a file. The message names no file: interests are declared before anything is shown. */
export const askOpinion = (context: PersonContext, call: string, asked: AskedOpinion): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const { db, actor, clock } = inside;
    const state = await readCall(inside, call);
    if (!state || !(await readableRow(inside, call, asked.application))) return noSuchApplication;
    const email = readEmail(asked.email);
    if (!email) return refuse(unreadableEmail);
    const shown = (Object.keys(opinionViews) as OpinionView[]).find((code) => code === asked.shown);
    const parts = shown === 'extract' ? applicationParts.filter((part) => asked.parts.includes(part)) : [];
    if (!shown || (shown === 'extract' && parts.length === 0)) return refuse(noView);
    if (!asked.due) return refuse(noDay);
    const due = asked.due
      .add({ days: 1 })
      .toZonedDateTime({ timeZone: state.calendar?.zone ?? zoneOf(inside, state.territory) })
      .toInstant();
    const typed = asked.questions.split('\n').map(oneLine).filter(Boolean);
    const questions = typed.length > 0 ? typed : (await criteriaOf(inside, call)).map(({ title }) => title);
    if (questions.length > MOST.questions || questions.some((one) => one.length > MOST.question))
      return refuse(tooManyQuestions);
    const again = await db
      .selectFrom('call_opinion')
      .select('id')
      .where('application', '=', asked.application)
      .where('email', '=', email)
      .where('status', 'in', ['asked', 'accepted', 'given'])
      .executeTakeFirst();
    if (again) return refuse(already);
    const { application, confidential } = asked;
    const { id } = await db
      .insertInto('call_opinion')
      .values({
        ...{ call, application, email, status: 'asked', shown, parts, confidential, due, reminded_at: null },
        ...{ questions: JSON.stringify(questions.length > 0 ? questions : ['Votre avis']), answers: '[]', state: '{}' },
        ...{ asked_by: actor.account, asked_at: clock.now(), changed_at: clock.now() },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const done = await order(inside, id, {
      ...{ command: 'ask', application, shown, parts, confidential, due: due.toString() },
    });
    if (!done.ok) return done;
    await write(inside, email, id, {
      ...{ title: await titleOf(inside, state), call, origin: asked.origin },
      subject: 'Un avis sur une candidature des 1000 premiers jours',
      first: 'On vous demande votre avis sur une candidature à cet appel à projets :',
    });
    return ok(id);
  });

/** The expert accepts, once their interests are declared: what was said to be shown opens, and nothing else. */
export const acceptOpinion = (context: PersonContext, id: string): Promise<Result<void>> =>
  asOne(context, (inside) => order(inside, id, { command: 'accept' }));

/** The expert answers; it changes no more. */
export const giveOpinion = (context: PersonContext, id: string, typed: readonly string[]): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const row = await opinionRow(inside, id);
    if (!row) return refuse(noOpinionThere);
    const answers = typed.map(typedText);
    const over = answers.findIndex((answer) => answer.length > MOST.answer);
    if (over >= 0) return refuse({ ...tooLong, field: `answer-${over}` });
    const questions = (row.questions as string[]).length;
    const kept = answers.slice(0, questions);
    const sha256 = createHash('sha256').update(canonical(kept)).digest('hex');
    const done = await order(inside, id, { command: 'give', answers: kept, questions, sha256 });
    if (!done.ok) return done;
    await inside.db
      .updateTable('call_opinion')
      .set({ answers: JSON.stringify(kept) })
      .where('id', '=', id)
      .execute();
    return ok(undefined);
  });

/** The expert gives no opinion; or who asked for it does not any more, with a motive. */
export const endOpinion = (
  context: PersonContext,
  id: string,
  command: 'refuse' | 'withdraw',
  why: string,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const reason = await keepText(inside, why, 'reason');
    if (!reason.ok) return reason;
    return order(inside, id, { command, reason: reason.value ?? null });
  });

/** Writes again to whoever did not answer yet, at most once a day each. Returns how many messages leave. */
export const remindOpinions = (
  context: PersonContext,
  call: string,
  origin: string | undefined,
): Promise<Result<number>> =>
  asOne(context, async (inside) => {
    const access = await fileAccess(inside, call);
    if (!access.open) return refuse(noOpinionThere);
    const rows = await inside.db
      .selectFrom('call_opinion')
      .select(['id', 'application', 'reminded_at', 'asked_at'])
      .where('call', '=', call)
      .where('status', 'in', ['asked', 'accepted'])
      .orderBy('id')
      .execute();
    const yesterday = inside.clock.now().subtract({ hours: 24 });
    let written = 0;
    for (const { id, application, reminded_at, asked_at } of rows) {
      if (access.recused.has(application)) continue;
      if (Temporal.Instant.compare(reminded_at ?? asked_at, yesterday) > 0) continue;
      const done = await remind(inside, id, origin);
      if (!done.ok) return done;
      written += 1;
    }
    return ok(written);
  });

/** One more message about an opinion that waits, written down. */
export const remind = async (context: Context, id: string, origin: string | undefined): Promise<Result<void>> => {
  const row = await opinionRow(context, id);
  const state = row && (await readCall(context, row.call));
  if (!row || !state) return refuse(noOpinionThere);
  const done = await order(context, id, { command: 'remind' });
  if (!done.ok) return done;
  await context.db.updateTable('call_opinion').set({ reminded_at: context.clock.now() }).where('id', '=', id).execute();
  if (row.email)
    await write(context, row.email, id, {
      ...{ title: await titleOf(context, state), call: row.call, origin },
      subject: 'Votre avis est attendu',
      first: 'Votre avis sur une candidature à cet appel à projets est encore attendu :',
    });
  return ok(undefined);
};

/** One order on one opinion; the role is asked inside the transaction that acts. */
export const order = async (context: Context, id: string, asked: OpinionOrder): Promise<Result<void>> => {
  const row = await opinionRow(context, id);
  if (!row) return refuse(noOpinionThere);
  const role = await roleIn(context, row, asked.command);
  const now = context.clock.now();
  const done = await withStream(context, opinionStream, id, (state) => decideOpinion(state, asked, { role, now }));
  return done.ok ? ok(undefined) : done;
};

const roleIn = async (
  context: Context,
  { call, application, email }: { readonly call: string; readonly application: string; readonly email: string },
  command: OpinionOrder['command'],
): Promise<OpinionRole> => {
  const { actor } = context;
  if (actor.kind === 'system') return 'house';
  if (actor.kind !== 'person') return 'other';
  const own = email === actor.email;
  if (command === 'refuse') return own ? 'expert' : 'other';
  const access = await fileAccess({ ...context, actor }, call);
  if (!access.open || access.recused.has(application)) return 'other';
  if (command === 'accept' || command === 'give') return own ? 'expert' : 'other';
  return access.role === 'instructor' || access.role === 'president' ? access.role : 'other';
};

const opinionRow = async ({ db }: Pick<Context, 'db'>, id: string) =>
  isUuid(id)
    ? db
        .selectFrom('call_opinion')
        .select(['call', 'application', 'email', 'questions'])
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;

const write = async (
  { mail }: Context,
  to: string,
  id: string,
  said: {
    readonly title: string;
    readonly call: string;
    readonly subject: string;
    readonly first: string;
    readonly origin: string | undefined;
  },
): Promise<void> => {
  await mail.post({
    ...{ to, subject: said.subject },
    text: [
      ...['Bonjour,', '', said.first, said.title, ''],
      ...['Connectez-vous avec cette adresse. Vous direz d’abord vos intérêts : rien ne s’ouvre avant.'],
      `${said.origin ?? ''}/appels/espace/${said.call}/jury/avis/${id}`,
    ].join('\n'),
  });
};

const noOpinionThere: Refusal = { code: 'no_such_opinion', message: 'Cet avis n’existe pas, ou n’est pas à vous.' };
const noView: Refusal = {
  code: 'view_missing',
  field: 'shown',
  message: 'Dites ce qui sera montré de la candidature.',
};
const noDay: Refusal = { code: 'date_missing', field: 'due', message: 'Donnez le dernier jour.' };
const tooManyQuestions: Refusal = {
  ...{ code: 'too_many_questions', field: 'questions' },
  message: `${MOST.questions} questions au plus, de ${MOST.question} signes chacune.`,
};
const already: Refusal = {
  ...{ code: 'already_asked', field: 'email' },
  message: 'Un avis est déjà demandé à cette adresse sur cette candidature.',
};
const tooLong: Refusal = { code: 'too_long', message: `${MOST.answer} signes au plus par réponse.` };
