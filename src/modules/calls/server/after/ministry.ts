import { createHash } from 'node:crypto';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { append, readStream } from '#platform/server/journal/journal.ts';
import { dayToCome } from '../../after/after-refusals.ts';
import type { Grant } from '../../after/agreement.ts';
import { laureatesMessage, type MessageWaits } from '../../after/laureates-message.ts';
import type { CallState } from '../../call.ts';
import { stateAgencies } from '../../frame.ts';
import type { MinistryMessage } from '../../ministry-message.ts';
import { reload } from '../../step-table.ts';
import { noSuchCall, readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { readDeclaration } from '../declarations.ts';
import { frameOf } from '../frames.ts';
import { contactOf, readTexts } from '../rows.ts';
import { type FileAccess, fileAccess } from '../selection/file-access.ts';
import { someAgentReads } from '../selection/some-agent-reads.ts';
import { titleOf } from '../title.ts';
import { grantsOf, signedGrants } from './grant.ts';
import './tables.ts';

/** The message, how many laureates it names, and the hash of its words. */
type Laureates = MinistryMessage & { readonly count: number; readonly sha256: string };

/**
 * The message that tells the ministry which projects were chosen. Only for a call of the national frame, once the
 * results are fixed, and for somebody who may read every file: a list with a hole would be false.
 */
export const preparedLaureates = async (context: PersonContext, id: string): Promise<Result<Laureates>> => {
  const call = await readCall(context, id);
  if (!call) return refuse(noSuchCall);
  if (!call.configuration) return refuse(notFramed);
  if (call.status !== 'decided' && call.status !== 'notified' && call.status !== 'finished') return refuse(notFixed);
  const access = await fileAccess(context, id);
  if (!access.open || access.role !== 'instructor') return refuse(noSuchCall);
  const grants = await chosenIn(context, id, call);
  if ([...grants.keys()].some((application) => access.recused.has(application))) return refuse(recused);
  return ok(await messageOf(context, call, grants));
};

/** Who was chosen: told to all once the results are notified, signed by all before. */
const chosenIn = (context: Pick<Context, 'db'>, id: string, call: CallState) =>
  call.status === 'decided' ? signedGrants(context, id, call) : grantsOf(context, id, call);

const messageOf = async (context: Context, call: CallState, grants: ReadonlyMap<string, Grant>): Promise<Laureates> => {
  const rows =
    grants.size === 0
      ? []
      : await context.db
          .selectFrom('call_application')
          .select(['id', 'number', 'title', 'holder'])
          .where('id', 'in', [...grants.keys()])
          .orderBy('number')
          .execute();
  const told = rows.map(({ id: application, ...row }) => ({ ...row, lines: grants.get(application)?.lines ?? [] }));
  const message = laureatesMessage(frameOf(call.frame), await titleOf(context, call), told);
  const sha256 = createHash('sha256').update(`${message.subject}\n${message.text}`).digest('hex');
  return { ...message, count: told.length, sha256 };
};

const streamOf = (id: string): string => `call-ministry/${id}`;

/**
 * Keeps that the message was read, word for word: without it, results are not notified. `sha256`: of what was read. Once
 * more, it changes nothing; once the results are notified, it is refused.
 */
export const prepareLaureates = (context: PersonContext, id: string, sha256: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const may = await mayTell(inside, id);
    if (!may.ok) return may;
    if (may.value.status !== 'decided') return refuse(notFixed);
    const message = await preparedLaureates(inside, id);
    if (!message.ok) return message;
    if (message.value.sha256 !== sha256) return refuse(reload);
    if ((await lastPrepared(inside, id)) === sha256) return ok(undefined);
    return note(inside, id, { type: 'MinistryMessagePrepared-V1', data: { sha256, laureates: message.value.count } });
  });

/** Whether the message to the ministry was prepared, and still says who is chosen; a call outside the national frame has none. */
export const isMinistryReady = async (context: Context, id: string, call: CallState): Promise<boolean> => {
  if (!call.configuration) return true;
  const last = await lastPrepared(context, id);
  if (last === undefined) return false;
  return last === (await messageOf(context, call, await chosenIn(context, id, call))).sha256;
};

/** The hash of the message that was kept last. */
const lastPrepared = async ({ db }: Pick<Context, 'db'>, id: string): Promise<string | undefined> => {
  const last = (await readStream(db, streamOf(id))).findLast(({ type }) => type === 'MinistryMessagePrepared-V1');
  return (last?.data as { readonly sha256?: string } | undefined)?.sha256;
};

/** Where the message stands for who is asked to notify the results, or to prepare it. */
export const messageWaits = async (
  context: Context,
  id: string,
  call: CallState,
  access: FileAccess,
): Promise<MessageWaits> => {
  if (await isMinistryReady(context, id, call)) return 'ready';
  if (!access.open) return 'own';
  const laureates = [...(await chosenIn(context, id, call)).keys()];
  if (!laureates.some((application) => access.recused.has(application))) return 'own';
  return (await someAgentReads(context, id, call, laureates)) ? 'others' : 'nobody';
};

/** Why the results were notified before anybody could prepare the message; nothing where it was ready. */
export const notifiedWithout = async (context: PersonContext, { results }: CallState): Promise<string | undefined> => {
  const why = results?.withoutMessage;
  return why === undefined ? undefined : (await readTexts(context, [why])).get(why);
};

const note = async (
  inside: PersonContext,
  id: string,
  event: { readonly type: string; readonly data: { readonly [name: string]: string | number } },
): Promise<Result<void>> => {
  const version = (await readStream(inside.db, streamOf(id))).at(-1)?.version ?? 0;
  const told = await append(inside, streamOf(id), version, [event]);
  return told.ok ? ok(undefined) : told;
};

/** Who directs each State organiser of a call: the message leaves from their mailboxes. */
export const directorsOf = async (context: PersonContext, call: CallState) => {
  const region = call.territory.startsWith('region:') ? call.territory.slice('region:'.length) : '';
  const directors = [];
  for (const agency of stateAgencies.filter((one) => call.agencies.includes(one))) {
    const { director } = await readDeclaration(context, { edition: call.frame.edition, agency, region });
    const contact = await contactOf(context, director);
    if (contact) directors.push({ agency, name: contact.name, email: contact.email });
  }
  return directors;
};

/** Sends the prepared message to a director, who sends it on from their own mailbox. */
export const laureatesToDirector = (context: PersonContext, id: string, agency: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const told = await messageToSend(inside, id);
    if (!told.ok) return told;
    const { call, message } = told.value;
    const director = (await directorsOf(inside, call)).find((one) => one.agency === agency);
    if (!director) return refuse(noDirector);
    await inside.mail.post({
      ...{ to: director.email, subject: `À envoyer : ${message.subject}` },
      text: [
        ...['Bonjour,', '', 'Voici le message qui fait connaître les lauréats. Il part de votre propre messagerie,'],
        ...[`à ${message.to}.`, '', '----', '', message.text],
      ].join('\n'),
    });
    return ok(undefined);
  });

/** Writes down that the message left on a day, with its words as they were. */
export const recordLaureatesSent = (
  context: PersonContext,
  id: string,
  on: Temporal.PlainDate,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const told = await messageToSend(inside, id);
    if (!told.ok) return told;
    const { call, message } = told.value;
    const zone = call.calendar?.zone ?? 'Europe/Paris';
    if (Temporal.PlainDate.compare(on, todayIn(inside.clock, zone)) > 0) return refuse(dayToCome);
    const { id: sending } = await inside.db
      .insertInto('call_ministry_sending')
      .values({
        ...{ call: id, sent_on: on, text: message.text },
        ...{ written_by: inside.actor.account, written_at: inside.clock.now() },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const data = { sending, on: on.toString(), laureates: message.count };
    return note(inside, id, { type: 'MinistryTold-V1', data });
  });

/** When the ministry was told, the last time first. */
export const sendingsOf = ({ db }: PersonContext, id: string) =>
  db
    .selectFrom('call_ministry_sending')
    .select(['id', 'sent_on', 'text'])
    .where('call', '=', id)
    .orderBy('sent_on', 'desc')
    .orderBy('written_at', 'desc')
    .execute();

/** The message of a call whose results are notified, for who writes the call now. */
const messageToSend = async (
  inside: PersonContext,
  id: string,
): Promise<Result<{ readonly call: CallState; readonly message: Laureates }>> => {
  const may = await mayTell(inside, id);
  if (!may.ok) return may;
  if (may.value.status === 'decided') return refuse(notTold);
  const message = await preparedLaureates(inside, id);
  return message.ok ? ok({ call: may.value, message: message.value }) : message;
};

/** The call, when the actor writes it now. */
const mayTell = async (inside: PersonContext, id: string): Promise<Result<CallState>> => {
  const call = await readCall(inside, id);
  if (!call) return refuse(noSuchCall);
  const covers = coversIn(inside.indexes.get(territoryIndex));
  let answer: Result<unknown> = refuse(noSuchCall);
  for (const agency of call.agencies) {
    answer = await authorise(inside, 'call.write', { agency, territory: call.territory }, covers);
    if (answer.ok) return ok(call);
  }
  return answer.ok ? ok(call) : answer;
};

const notFramed: Refusal = {
  code: 'not_framed',
  message: 'Ce message concerne les appels du cadre national : les autres n’en demandent pas.',
};
const notTold: Refusal = {
  code: 'not_told',
  message: 'Le message part une fois les décisions notifiées aux porteurs.',
};
const notFixed: Refusal = {
  code: 'not_told',
  message: 'Le message se prépare une fois les résultats arrêtés, et avant leur notification.',
};
const recused: Refusal = {
  code: 'recused',
  message: 'Vous ne pouvez pas lire toutes les candidatures : une autre personne prépare ce message.',
};
const noDirector: Refusal = { code: 'no_director', message: 'La déclaration ne nomme pas cette direction.' };
