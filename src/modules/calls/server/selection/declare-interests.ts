import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { withStream } from '#platform/server/journal/stream.ts';
import { sirenOf } from '../../selection/grounds.ts';
import {
  decideInterest,
  type InterestOrder,
  type InterestRole,
  interestAnswers,
  linkKinds,
  type NamedFile,
  noInterest,
} from '../../selection/interests.ts';
import { settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { fileAccess, ownPlaceIn, tiesOf } from './file-access.ts';
import { foundFor, ownSirens } from './found.ts';
import { interestOf, interestStream } from './interest-stream.ts';
import { namedFiles } from './interests-view.ts';
import { juryOf, sittingRow } from './jury.ts';
import { standingsOf } from './standings.ts';

/** A declaration as its form says it. `files`: those named, each with what stands between the person and it. */
export interface Declaration {
  readonly answer: string;
  readonly files: readonly {
    readonly application: string;
    readonly stand: string;
    readonly kind: string;
    readonly reason: string;
  }[];
  /** Organisations that the person also speaks for: SIREN, one after the other. */
  readonly sirens: string;
}

/**
 * Declares one’s interests for a call, or says that one will answer later. What opens follows from it alone. Refused to
 * whoever has no part in the selection; a file that is not of the call, or that they may not know of, is not one.
 */
export const declareInterests = (context: PersonContext, call: string, said: Declaration): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const answer = codeOf(interestAnswers, said.answer);
    if (!answer) return refuse(noAnswer);
    if (answer === 'later') return orderOnOwn(inside, call, { command: 'postpone' });
    const sirens: string[] = [];
    for (const typed of said.sirens.split(/[,;\n]+/).filter((part) => part.trim() !== '')) {
      const siren = sirenOf(typed);
      if (!siren) return refuse(noSiren);
      sirens.push(siren);
    }
    const known = new Set((await namedFiles(inside, call)).map(({ application }) => application));
    const files: NamedFile[] = [];
    for (const { application, stand, kind, reason } of said.files) {
      const of = codeOf(linkKinds, kind);
      if (!known.has(application) || !of || (stand !== 'linked' && stand !== 'recused')) return refuse(noFile);
      const why = await keepText(inside, reason, 'reason');
      if (!why.ok) return why;
      files.push({ application, stand, kind: of, reason: why.value ?? null });
    }
    const done = await orderOnOwn(inside, call, { command: 'declare', answer, files });
    if (!done.ok) return done;
    await keepSirens(inside, call, sirens);
    return recuseByRule(inside, call);
  });

/** Confirms or refutes what the computer found in a file, with a motive: it decides nothing by itself. */
export const answerFound = (
  context: PersonContext,
  call: string,
  {
    application,
    confirmed,
    reason,
  }: { readonly application: string; readonly confirmed: boolean; readonly reason: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const why = await keepText(inside, reason, 'reason');
    if (!why.ok) return why;
    const found = (await foundForActor(inside, call)).find((one) => one.application === application);
    return orderOnOwn(inside, call, {
      ...{ command: 'answer', application, confirmed, reason: why.value ?? null },
      ...{ grounds: found?.grounds ?? [], automatic: found?.automatic ?? false },
    });
  });

/** The president of the jury gives a file back to somebody who was recused from it, with a motive; or the delegate does. */
export const liftRecusal = (
  context: PersonContext,
  call: string,
  {
    interest,
    application,
    reason,
  }: { readonly interest: string; readonly application: string; readonly reason: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    if (!isUuid(interest) || !isUuid(application)) return refuse(nobody);
    const person = (await standingsOf(inside, call)).find((one) => one.interest === interest);
    if (!person || person.account === inside.actor.account) return refuse(nobody);
    const role = await liftsAs(inside, call, application);
    const why = await keepText(inside, reason, 'reason');
    if (!why.ok) return why;
    const found = person.found.find((one) => one.application === application);
    const grounds = found?.grounds ?? [];
    if (found?.automatic && role.role === 'president') {
      const noted = await order(inside, interest, call, { command: 'recuse', application, grounds }, 'house');
      if (!noted.ok) return noted;
    }
    const { recusedToo } = role;
    return order(
      inside,
      interest,
      call,
      { command: 'lift', application, grounds, recusedToo, reason: why.value ?? null },
      role.role,
    );
  });

/** Whether the actor acts as the president on a file: the president, or the delegate where the president is recused. */
export const presidesOver = async (context: PersonContext, call: string, application: string): Promise<boolean> => {
  const { role, recusedToo } = await liftsAs(context, call, application);
  return role === 'president' && !recusedToo;
};

const liftsAs = async (
  context: PersonContext,
  call: string,
  application: string,
): Promise<{ readonly role: InterestRole; readonly recusedToo: boolean }> => {
  const own = await sittingRow(context, call);
  const jury = await juryOf(context, call);
  if (!own || !jury.president) return { role: 'other', recusedToo: false };
  const access = await fileAccess(context, call);
  const recusedToo = !access.open || access.recused.has(application);
  if (own.id === jury.president) return { role: 'president', recusedToo };
  if (own.id !== jury.delegate) return { role: 'other', recusedToo };
  const president = (await standingsOf(context, call)).find(({ presides }) => presides);
  return { role: president?.hidden(application) ? 'president' : 'other', recusedToo };
};

/** One order of the actor on their own interests for a call. Refused to whoever has no part in its selection. */
export const orderOnOwn = async (context: PersonContext, call: string, asked: InterestOrder): Promise<Result<void>> => {
  const place = await ownPlaceIn(context, call);
  if (!place) return refuse(noPart);
  return order(context, await ownRow(context, call), call, asked, 'self');
};

/** An operator whose own organisation applies is recused, and it is written. */
const recuseByRule = async (context: PersonContext, call: string): Promise<Result<void>> => {
  const known = await interestOf(context, call, context.actor.account);
  for (const { application, grounds, automatic } of await foundForActor(context, call)) {
    if (!known || !automatic) continue;
    const done = await order(context, known.id, call, { command: 'recuse', application, grounds }, 'house');
    if (!done.ok) return done;
  }
  return ok(undefined);
};

const foundForActor = async (context: PersonContext, call: string) => {
  const place = await ownPlaceIn(context, call);
  const known = await interestOf(context, call, context.actor.account);
  return place ? foundFor(context, call, await tiesOf(context, place, known?.sirens ?? [])) : [];
};

const order = async (
  context: PersonContext,
  id: string,
  call: string,
  asked: InterestOrder,
  role: InterestRole,
): Promise<Result<void>> => {
  // What the house finds by a rule is written in its own name.
  const by = role === 'house' ? { ...context, actor: { kind: 'system' } as const } : context;
  return settled(await withStream(by, interestStream, id, (state) => decideInterest(state, asked, { role, call })));
};

/** The organisations by which the person is looked for when the others are shown where they stand. Never fewer. */
const keepSirens = async (context: PersonContext, call: string, said: readonly string[]): Promise<void> => {
  const { db, actor } = context;
  const known = await interestOf(context, call, actor.account);
  if (!known) return;
  const sirens = [...new Set([...known.sirens, ...said, ...(await ownSirens(context))])];
  await db.updateTable('call_interest').set({ sirens }).where('id', '=', known.id).execute();
};

/** The row of the actor’s interests for a call, made when they first answer. */
const ownRow = async (context: PersonContext, call: string): Promise<string> => {
  const { db, actor, clock } = context;
  const known = await interestOf(context, call, actor.account);
  if (known) return known.id;
  await db
    .insertInto('call_interest')
    .values({
      ...{ call, account: actor.account, name: actor.name ?? actor.email, sirens: [] },
      ...{ state: JSON.stringify({ ...noInterest, call }), changed_at: clock.now() },
    })
    .onConflict((row) => row.columns(['call', 'account']).doNothing())
    .execute();
  const made = await interestOf(context, call, actor.account);
  if (!made) throw new Error('the row of interests was just written');
  return made.id;
};

const codeOf = <Code extends string>(words: Readonly<Record<Code, string>>, typed: string): Code | undefined =>
  (Object.keys(words) as Code[]).find((code) => code === typed);

const noPart: Refusal = {
  code: 'not_allowed',
  message: 'Vous n’avez pas de place dans le jury ni dans l’instruction de cet appel.',
};
const noAnswer: Refusal = { code: 'answer_missing', field: 'answer', message: 'Choisissez une réponse.' };
const noFile: Refusal = {
  ...{ code: 'no_such_file', field: 'files' },
  message: 'Choisissez une candidature de la liste, dites si vous vous retirez et de quelle nature est le lien.',
};
const noSiren: Refusal = {
  ...{ code: 'siren_unreadable', field: 'sirens' },
  message: 'Un SIREN a 9 chiffres, un SIRET 14. Plusieurs : un par ligne.',
};
const nobody: Refusal = {
  ...{ code: 'no_such_recusal', message: 'Ce déport n’est pas de ceux que vous pouvez lever.' },
};
