import { createHash, randomUUID } from 'node:crypto';
import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { ApplicationState } from '../../application/application.ts';
import type { CallState } from '../../call.ts';
import { agencyWords } from '../../call-kind.ts';
import { usesOf } from '../../selection/allocation.ts';
import type { DecisionState, IssueCode } from '../../selection/decision.ts';
import { amountWords, type Letter, type LetterFacts, writeLetter } from '../../selection/letter.ts';
import { applicationRow, noSuchApplication } from '../application/application-stream.ts';
import { noSuchCall, readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { readTexts } from '../rows.ts';
import { titleOf, wordsOf } from '../title.ts';
import { commandDecision, lockedCall, readDecision } from './decisions.ts';
import { fileAccess } from './file-access.ts';
import { appealTermsOf, templatesOf } from './letter-templates.ts';
import './decision-tables.ts';

/** Letters prepared in one go, each in its own transaction. */
const AT_ONCE = 200;

/** The letter of an application as it would leave now: what is previewed is what is prepared, word for word. */
export const composeLetter = async (
  context: Context,
  application: string,
  origin: string | undefined,
): Promise<Result<Letter & { readonly issue: IssueCode }>> => {
  const row = await applicationRow(context, application);
  const call = row && (await readCall(context, row.call));
  if (!row || !call) return refuse(noSuchCall);
  const decision = await readDecision(context, application);
  const issue =
    decision.ruling?.issue ?? (row.status === 'inadmissible' || row.state.inadmissible ? 'inadmissible' : undefined);
  if (!issue) return refuse(noDecisionYet);
  const templates = await templatesOf(context, row.call);
  const letter = writeLetter(issue, templates[issue], await factsOf(context, row, call, decision));
  if (!letter.ok) return letter;
  const page = `${origin ?? ''}/appels/espace/candidatures/${application}/decision`;
  const { subject, text } = letter.value;
  return ok({ issue, subject, text: `${text}\n\nCe courrier reste dans votre espace : ${page}` });
};

/** Prepares the letter of one application: from now on, its words do not change. */
export const prepareLetter = (
  context: PersonContext,
  application: string,
  origin: string | undefined,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const row = await applicationRow(inside, application);
    // Before it is composed: nobody changes the decision meanwhile.
    if (row) await lockedCall(inside, row.call);
    const access = row && (await fileAccess(inside, row.call));
    if (!row || !access?.open || access.recused.has(application)) return noSuchApplication;
    const letter = await composeLetter(inside, application, origin);
    if (!letter.ok) return letter;
    const { issue, subject, text } = letter.value;
    const id = randomUUID();
    const sha256 = createHash('sha256').update(`${subject}\n${text}`).digest('hex');
    await inside.db
      .insertInto('call_letter')
      .values({
        ...{ id, call: row.call, application, issue, subject, text, sha256 },
        ...{ prepared_by: inside.actor.account, prepared_at: inside.clock.now() },
        ...{ asked_at: null, sent_at: null, cancelled_at: null },
      })
      .execute();
    return commandDecision(inside, application, { command: 'prepare', letter: id, sha256 });
  });

/**
 * Prepares the letters of all that was decided, by the hand of somebody who may read each: what they are recused from is
 * left to somebody else. Says how many were prepared and how many are left; stops at the first refusal.
 */
export const prepareLetters = async (
  context: PersonContext,
  call: string,
  origin: string | undefined,
): Promise<Result<{ readonly prepared: number; readonly left: number }>> => {
  const access = await fileAccess(context, call);
  if (!access.open || access.role !== 'instructor') return refuse(notAllowed);
  const waiting = await lettersToPrepare(context, call);
  const now = waiting.slice(0, AT_ONCE);
  for (const application of now) {
    const done = await prepareLetter(context, application, origin);
    if (!done.ok) return done;
  }
  return ok({ prepared: now.length, left: waiting.length - now.length });
};

/** Applications decided, or found inadmissible, whose letter is not prepared; those that the actor may read. */
const lettersToPrepare = async (context: PersonContext, call: string): Promise<readonly string[]> => {
  const access = await fileAccess(context, call);
  if (!access.open) return [];
  const rows = await context.db
    .selectFrom('call_application')
    .leftJoin('call_decision', 'call_decision.application', 'call_application.id')
    .select('call_application.id')
    .where('call_application.call', '=', call)
    .where(({ eb, and, or }) =>
      or([
        and([eb('call_decision.status', '=', 'written'), eb('call_decision.signed', '=', true)]),
        and([
          eb('call_application.status', '=', 'inadmissible'),
          or([eb('call_decision.status', 'is', null), eb('call_decision.status', '=', 'absent')]),
        ]),
      ]),
    )
    .orderBy('call_application.number')
    .execute();
  return rows.map(({ id }) => id).filter((id) => !access.recused.has(id) && (access.only?.has(id) ?? true));
};

/** The letters of an application, the last first: for its holder, those that left; for the organisers, all of them. */
export const lettersOf = ({ db }: Pick<Context, 'db'>, application: string, { sent }: { readonly sent: boolean }) => {
  const query = db
    .selectFrom('call_letter')
    .select(['id', 'issue', 'subject', 'text', 'sha256', 'prepared_at', 'asked_at', 'sent_at', 'cancelled_at'])
    .where('application', '=', application)
    .orderBy('prepared_at', 'desc')
    .orderBy('id');
  return (sent ? query.where('sent_at', 'is not', null) : query).execute();
};

const factsOf = async (
  context: Context,
  row: {
    readonly id: string;
    readonly call: string;
    readonly number: number;
    readonly title: string;
    readonly holder: string;
    readonly state: ApplicationState;
  },
  call: CallState,
  { ruling }: DecisionState,
): Promise<LetterFacts> => {
  const inadmissible = row.state.inadmissible?.text;
  const ids = [ruling?.words, ruling?.conditions, ruling?.referent, inadmissible].filter(
    (id) => id !== null && id !== undefined,
  );
  const texts = await readTexts(context, ids);
  const textOf = (id: string | null | undefined): string => (id ? (texts.get(id) ?? '') : '');
  const advice = await context.db
    .selectFrom('call_recommendation')
    .select('text')
    .where('call', '=', row.call)
    .where(({ eb, or }) => or([eb('application', '=', row.id), eb('application', 'is', null)]))
    .orderBy('written_at')
    .orderBy('id')
    .execute();
  const choices = await wordsOf(context, call, 'choices');
  const label = (choices.label ?? '').trim();
  return {
    appel: await titleOf(context, call),
    organisateurs: call.agencies.map((agency) => agencyWords[agency]).join(' et '),
    ...{ projet: row.title, numero: String(row.number), structure: row.holder },
    montant: ruling ? amountWords(ruling.amounts, usesOf(call.money.envelopes, {})) : '',
    rang: ruling?.rank ? String(ruling.rank) : '',
    motif: ruling ? textOf(ruling.words) : textOf(inadmissible),
    conditions: textOf(ruling?.conditions),
    preconisations: advice.map(({ text }) => `– ${text}`).join('\n'),
    referent: textOf(ruling?.referent),
    label: label === '' ? 'Signataire et durée du label : non fixés par cet appel.' : label,
    recours: await appealTermsOf(context, row.call, call),
  };
};

const noDecisionYet: Refusal = { code: 'not_decided', message: 'Cette candidature n’a pas encore de décision.' };
