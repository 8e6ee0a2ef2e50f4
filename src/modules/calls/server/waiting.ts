import { sql } from 'kysely';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type AgreementState, nextParty } from '../after/agreement.ts';
import type { ApplicationState } from '../application/application.ts';
import type { CallState } from '../call.ts';
import { type FileFact, type SeatFact, type SignatureFact, type Waiting, waitingFor } from '../waiting.ts';
import { ownFiles } from './application/own-files.ts';
import { ownCalls } from './call-view.ts';
import { nationalFacts } from './national-reading.ts';
import { type Accesses, hiddenIn, runFacts, sessionsByCall, whereCallIs } from './run-facts.ts';
import { accessesTo } from './selection/file-access.ts';
import { interestsByCall } from './selection/interest-stream.ts';
import { ownSelections } from './selection/interests-view.ts';
import { titlesOf } from './title.ts';
import './after/tables.ts';
import './tables.ts';
import './selection/tables.ts';

/** Selections looked at: those of a cover page. */
const MOST = 40;

/** What waits for the actor about calls, in each of their roles (`waitingFor`). What is open to them is asked once for all. */
export const whatWaits = async (context: PersonContext): Promise<readonly Waiting[]> => {
  const calls = (await ownCalls(context))
    .filter(({ call }) => !['cancelled', 'finished'].includes(call.status))
    .slice(0, MOST);
  const sits = (await ownSelections(context)).slice(0, MOST);
  const accesses = await accessesTo(context, [
    ...new Set([...calls.map(({ id }) => id), ...sits.map(({ call }) => call)]),
  ]);
  const found = await foundIn(context, accesses);
  const [files, runs, seats, signatures, national] = await Promise.all([
    fileFacts(context),
    runFacts(context, calls, accesses, found),
    seatFacts(context, sits, accesses, found),
    signatureFacts(context),
    nationalFacts(context),
  ]);
  return waitingFor({ files, runs, seats, signatures, national }, context.clock.now());
};

const fileFacts = async (context: PersonContext): Promise<FileFact[]> => {
  const own = (await ownFiles(context)).filter(({ status }) => ['draft', 'incomplete', 'notified'].includes(status));
  if (own.length === 0) return [];
  const calls = await namedCalls(
    context,
    own.map(({ call }) => call),
  );
  const states = await context.db
    .selectFrom('call_application as file')
    .leftJoin('call_agreement as agreement', 'agreement.application', 'file.id')
    .leftJoin('call_showcase as showcase', 'showcase.application', 'file.id')
    .select(['file.id', 'file.state', 'agreement.state as agreement', 'showcase.status as showcase'])
    .where(
      'file.id',
      'in',
      own.map(({ id }) => id),
    )
    .execute();
  const stateOf = new Map(states.map((row) => [row.id, row]));
  return own.flatMap(({ id, call, kind, status, role, title, number }) => {
    const named = calls.get(call);
    const { state, agreement, showcase } = stateOf.get(id) ?? {};
    const followed = agreement as AgreementState | null | undefined;
    return named && named.state.status !== 'finished'
      ? [
          {
            ...{ ...named.told, file: id, kind, status, role, name: title || `n° ${number}` },
            closesAt: named.state.status === 'published' ? named.state.calendar?.closesAt : undefined,
            completionDue: (state as Partial<ApplicationState> | undefined)?.completion?.due,
            followed: Boolean(followed),
            showcase: showcase === 'proposed',
            reports: (followed?.reports ?? [])
              .filter((one) => one.status === 'asked')
              .map(({ id: report, due }) => ({ id: report, due: endOf(due, named.told.zone) })),
          },
        ]
      : [];
  });
};

/** The last minute of a day, where the call is. */
const endOf = (day: string, timeZone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '23:59' }).toInstant().toString();

/** Agreements whose next signature is asked from the mailbox of the actor. */
const signatureFacts = async (context: PersonContext): Promise<SignatureFact[]> => {
  const rows = await context.db
    .selectFrom('call_agreement_party as party')
    .innerJoin('call_agreement_terms as terms', 'terms.id', 'party.terms')
    .innerJoin('call_agreement as agreement', 'agreement.application', 'terms.application')
    .innerJoin('call_application as file', 'file.id', 'terms.application')
    .select(['party.id as party', 'agreement.state', 'agreement.call', 'file.id as file', 'file.title as name'])
    .where('party.email', '=', context.actor.email)
    .where('agreement.status', 'in', ['toSign', 'partiallySigned'])
    .orderBy('file.id')
    .execute();
  const mine = rows.filter(({ party, state }) => nextParty(state as AgreementState) === party);
  const calls = await namedCalls(
    context,
    mine.map(({ call }) => call),
  );
  return mine.flatMap(({ call, file, name }) => {
    const named = calls.get(call);
    return named ? [{ ...named.told, file, name }] : [];
  });
};

/**
 * How many files of each call the actor is asked about because one of their organisations was found there: those that their
 * page of interests names. Whoever gives opinions is asked only of theirs.
 */
const foundIn = async (context: PersonContext, accesses: Accesses): Promise<ReadonlyMap<string, number>> => {
  const asked = [...accesses.values()].flatMap(({ toAnswer }) => toAnswer.map(({ application }) => application));
  if (asked.length === 0) return new Map();
  const experts = [...accesses].flatMap(([call, { access }]) =>
    access.open && access.role === 'expert' ? [call] : [],
  );
  const { rows } = await sql<{ call: string; found: number }>`
    select call, count(*)::integer as found from call_application as file
    where id = any(${asked}::uuid[]) and deposited_at is not null and status not in ('draft', 'withdrawn', 'lapsed', 'converted')
      and (not call = any(${experts}::uuid[]) or exists (
        select from call_opinion as opinion
        where opinion.application = file.id and opinion.email = ${context.actor.email}
          and opinion.status in ('asked', 'accepted', 'given')))
    group by call`.execute(context.db);
  return new Map(rows.map((row) => [row.call, row.found]));
};

const seatFacts = async (
  context: PersonContext,
  seats: Awaited<ReturnType<typeof ownSelections>>,
  accesses: Accesses,
  found: Awaited<ReturnType<typeof foundIn>>,
): Promise<SeatFact[]> => {
  const ids = seats.map(({ call }) => call);
  if (ids.length === 0) return [];
  const [calls, interests, todo, sessions, opinions] = await Promise.all([
    namedCalls(context, ids),
    interestsByCall(context, ids, context.actor.account),
    evaluationsToDo(context, ids),
    sessionsByCall(context, ids),
    opinionsToGive(context, ids),
  ]);
  return seats.flatMap(({ call, as }) => {
    const named = calls.get(call);
    if (!named || named.state.status === 'cancelled' || named.state.status === 'finished') return [];
    const hidden = hiddenIn(accesses, call);
    // Neither recused, nor found in a file and not answered yet: such a file is not counted either (I-6).
    const isMine = ({ application }: { readonly application: string }): boolean => !hidden.includes(application);
    return [
      {
        ...{ ...named.told, as, interests: interests.get(call)?.state.status ?? 'todo' },
        found: found.get(call) ?? 0,
        evaluations: as === 'jury' ? (todo.get(call) ?? []).filter(isMine).length : 0,
        sessions: sessions.get(call)?.waiting ?? [],
        opinions: as === 'opinion' ? (opinions.get(call) ?? []).filter(isMine) : [],
      },
    ];
  });
};

/** Of files that are being evaluated still: one that was withdrawn, or decided on again, asks nobody. */
const evaluationsToDo = async ({ db, actor }: PersonContext, calls: readonly string[]) => {
  const rows = await db
    .selectFrom('call_evaluation as given')
    .innerJoin('call_juror as juror', 'juror.id', 'given.juror')
    .innerJoin('call_application as file', 'file.id', 'given.application')
    .select(['given.call', 'given.application'])
    .where('juror.email', '=', actor.email)
    .where('juror.left_at', 'is', null)
    .where('file.status', '=', 'evaluating')
    .where('given.status', 'in', ['todo', 'reopened'])
    .where('given.call', 'in', [...calls])
    .execute();
  return Map.groupBy(rows, ({ call }) => call);
};

const opinionsToGive = async ({ db, actor }: PersonContext, calls: readonly string[]) => {
  const rows = await db
    .selectFrom('call_opinion')
    .select(['id', 'call', 'application', 'status', 'due'])
    .where('email', '=', actor.email)
    .where('status', 'in', ['asked', 'accepted'])
    .where('call', 'in', [...calls])
    .orderBy('due')
    .orderBy('id')
    .execute();
  const told = rows.map(({ due, status, ...row }) => ({
    ...row,
    accepted: status === 'accepted',
    due: due.toString(),
  }));
  return Map.groupBy(told, ({ call }) => call);
};

/** Some calls as lines name them. */
const namedCalls = async (context: PersonContext, ids: readonly string[]) => {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await context.db
    .selectFrom('call')
    .select(['id', 'state'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  const states = rows.map(({ id, state }) => ({ id, state: state as CallState }));
  const titles = await titlesOf(
    context,
    states.map(({ state }) => state),
  );
  return new Map(
    states.map(({ id, state }, at) => [
      id,
      { state, told: { ...whereCallIs(context, state), call: id, title: titles[at] ?? '' } },
    ]),
  );
};
