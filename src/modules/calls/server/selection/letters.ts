import { createHash, randomUUID } from 'node:crypto';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { ApplicationState } from '../../application/application.ts';
import type { CallState } from '../../call.ts';
import { agencyWords } from '../../call-kind.ts';
import { usesOf } from '../../selection/allocation.ts';
import type { DecisionState, IssueCode } from '../../selection/decision.ts';
import { amountWords, type Letter, type LetterFacts, writeLetter } from '../../selection/letter.ts';
import { reload } from '../../step-table.ts';
import { applicationRow, noSuchApplication } from '../application/application-stream.ts';
import { noSuchCall, readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { readTexts } from '../rows.ts';
import { titleOf, wordsOf } from '../title.ts';
import { commandDecision, lockedCall, readDecision } from './decisions.ts';
import { fileAccess } from './file-access.ts';
import { appealTermsOf, templatesOf } from './letter-templates.ts';
import './decision-tables.ts';

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

/** Letters read and prepared together. */
export const LETTERS_AT_ONCE = 30;

/** What was read of some letters: whose they are, and the hash of all of them. */
export interface ReadLetters {
  readonly applications: readonly string[];
  readonly sha256: string;
}

/** Some letters as they would leave now, with one hash over all of them: what is prepared is what was read. Ask rights first. */
export const previewLetters = async (
  context: Context,
  applications: readonly string[],
  origin: string | undefined,
): Promise<{ readonly letters: readonly Previewed[]; readonly read: ReadLetters }> => {
  const letters: Previewed[] = [];
  for (const id of applications) letters.push({ id, letter: await composeLetter(context, id, origin) });
  const ready = letters.flatMap(({ id, letter }) => (letter.ok ? [{ id, ...letter.value }] : []));
  const all = ready.map(({ id, subject, text }) => `${id} ${hashOf({ subject, text })}`).join('\n');
  const sha256 = createHash('sha256').update(all).digest('hex');
  return { letters, read: { applications: ready.map(({ id }) => id), sha256 } };
};

interface Previewed {
  readonly id: string;
  readonly letter: Awaited<ReturnType<typeof composeLetter>>;
}

/**
 * Prepares the letters that were read, all or none: from now on, their words do not change. Refused when one of them would
 * say something else now, or is not to be prepared any more.
 */
export const prepareLetters = (
  context: PersonContext,
  call: string,
  { applications, sha256 }: ReadLetters,
  origin: string | undefined,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    // Before they are composed: nobody changes a decision meanwhile.
    if (!(await lockedCall(inside, call))) return refuse(noSuchCall);
    const access = await fileAccess(inside, call);
    const asked = [...new Set(applications)].slice(0, LETTERS_AT_ONCE);
    if (!access.open || asked.length === 0) return noSuchApplication;
    for (const id of asked)
      if ((await applicationRow(inside, id))?.call !== call || access.recused.has(id)) return noSuchApplication;
    const { letters, read } = await previewLetters(inside, asked, origin);
    for (const { letter } of letters) if (!letter.ok) return letter;
    if (read.sha256 !== sha256) return refuse(reload);
    for (const { id, letter } of letters) {
      if (!letter.ok) return letter;
      const done = await keepLetter(inside, { call, application: id, letter: letter.value });
      if (!done.ok) return done;
    }
    return ok(undefined);
  });

const keepLetter = async (
  inside: PersonContext,
  { call, application, letter }: { call: string; application: string; letter: Letter & { readonly issue: IssueCode } },
): Promise<Result<void>> => {
  const { issue, subject, text } = letter;
  const id = randomUUID();
  const sha256 = hashOf(letter);
  await inside.db
    .insertInto('call_letter')
    .values({
      ...{ id, call, application, issue, subject, text, sha256 },
      ...{ prepared_by: inside.actor.account, prepared_at: inside.clock.now() },
      ...{ asked_at: null, sent_at: null, cancelled_at: null },
    })
    .execute();
  return commandDecision(inside, application, { command: 'prepare', letter: id, sha256 });
};

const hashOf = ({ subject, text }: Letter): string => createHash('sha256').update(`${subject}\n${text}`).digest('hex');

/**
 * Applications whose letter is not prepared, by their number; those that the actor may read. Found inadmissible: at any time;
 * decided: once the results are fixed, as preparing asks.
 */
export const lettersToPrepare = async (context: PersonContext, call: string): Promise<readonly string[]> => {
  const access = await fileAccess(context, call);
  if (!access.open) return [];
  const rows = await context.db
    .selectFrom('call_application')
    .innerJoin('call', 'call.id', 'call_application.call')
    .leftJoin('call_decision', 'call_decision.application', 'call_application.id')
    .select('call_application.id')
    .where('call_application.call', '=', call)
    .where(({ eb, and, or }) =>
      or([
        and([
          eb('call.status', 'in', ['decided', 'notified']),
          ...[eb('call_decision.status', '=', 'written'), eb('call_decision.signed', '=', true)],
        ]),
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

/** When the letters that wait to leave were read and prepared, by application. */
export const preparedOn = async (
  { db }: Pick<Context, 'db'>,
  applications: readonly string[],
): Promise<ReadonlyMap<string, Temporal.Instant>> => {
  if (applications.length === 0) return new Map();
  const rows = await db
    .selectFrom('call_letter')
    .select(['application', 'prepared_at'])
    .where('application', 'in', [...applications])
    .where('sent_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .execute();
  return new Map(rows.map(({ application, prepared_at }) => [application, prepared_at]));
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
