import { sql } from 'kysely';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { issueCodes, issueOf } from '../selection/decision.ts';
import './after/tables.ts';
import './selection/decision-tables.ts';
import './selection/tables.ts';
import './tables.ts';

/** What is counted of the files of one call, without those that are hidden from who asks. */
export interface FileCounts {
  readonly instruct: number;
  readonly letters: number;
  readonly late: number;
  readonly share: number;
  readonly close: number;
  readonly convene: number;
  readonly decide: number;
  /** Without a decision signed by each organiser, and without a letter: results wait for them. */
  readonly undecided: number;
  readonly unwritten: number;
  readonly prepare: number;
  readonly send: number;
  readonly unsigned: number;
  readonly terms: number;
  readonly payments: number;
  readonly reports: number;
  readonly ends: number;
  readonly showcases: number;
}

const giving: readonly string[] = issueCodes.filter((code) => issueOf(code).gives);

/** The files of some calls, counted by what is to be done with them, in one question. `hidden`: ids that count nowhere (I-6). */
export const fileCounts = async (
  { db, clock }: PersonContext,
  calls: readonly string[],
  hidden: readonly string[],
): Promise<ReadonlyMap<string, FileCounts>> => {
  if (calls.length === 0) return new Map();
  const now = clock.now();
  const { rows } = await sql<FileCounts & { readonly call: string }>`
    select call, ${counted('instruct')}, ${counted('letters')}, ${counted('late')}, ${counted('share')},
      ${counted('close')}, ${counted('convene')}, ${counted('decide')}, ${counted('undecided')},
      ${counted('unwritten')}, ${counted('prepare')}, ${counted('send')}, ${counted('unsigned')},
      ${counted('terms')}, ${counted('ends')}, ${counted('showcases')},
      coalesce(sum(payments), 0)::integer as payments, coalesce(sum(reports), 0)::integer as reports
    from (
      select file.call,
        file.kind = 'full' and file.status = 'deposited' as instruct,
        file.kind = 'intent' and file.status = 'deposited' as letters,
        file.status = 'incomplete' and (file.state->'completion'->>'due')::timestamptz < ${now} as late,
        file.status = 'admissible' or (file.status = 'evaluating' and not given.waits and not given.done) as share,
        file.status = 'evaluating' and not given.waits and given.done as close,
        file.status = 'evaluated' and not exists (
          select from call_session cross join jsonb_array_elements(call_session.state->'items') as item
          where call_session.call = file.call and call_session.status <> 'cancelled'
            and item->>'application' = file.id::text and item->>'status' <> 'skipped') as convene,
        file.status = 'deliberated' and coalesce(decision.status, 'absent') = 'absent' as decide,
        file.kind = 'full' and not coalesce(decision.signed, false) and (decision.status = 'written' or file.status in
          ('deposited', 'incomplete', 'admissible', 'evaluating', 'evaluated', 'deliberated')) as undecided,
        decision.status = 'written' or refused.waits as unwritten,
        decision.status = 'written' and decision.signed and call.status in ('decided', 'notified') or refused.waits as prepare,
        decision.status = 'prepared' and exists (
          select from call_letter as letter
          where letter.application = file.id and letter.asked_at is null and letter.cancelled_at is null) as send,
        exists (
          select from call_letter as letter
          where letter.application = file.id and letter.asked_at is not null and letter.sent_at is null
            and letter.cancelled_at is null)
          and not exists (
            select from call_application_member as member
            where member.application = file.id and member.role = 'signatory') as unsigned,
        decision.status = 'notified' and decision.issue = any(${[...giving]}::text[])
          and coalesce(agreement.status, 'absent') in ('absent', 'prepared')
          and exists (select from call_allocation as line where line.application = file.id) as terms,
        agreement.state->>'end' is not null and agreement.status not in ('closed', 'terminated') as ends,
        showcase.status = 'agreed' as showcases,
        (select count(*) from jsonb_array_elements(agreement.state->'payments') as payment
         where agreement.status not in ('absent', 'closed', 'terminated') and (payment->>'status' in ('asked', 'settled')
           or payment->>'status' = 'planned' and (payment->>'on')::date
             <= (${now}::timestamptz at time zone coalesce(call.state->'calendar'->>'zone', 'Europe/Paris'))::date)
        ) as payments,
        (select count(*) from jsonb_array_elements(agreement.state->'reports') as report
         where report->>'status' in ('received', 'complete')) as reports
      from call_application as file
      join call on call.id = file.call
      left join call_decision as decision on decision.application = file.id
      left join call_agreement as agreement on agreement.application = file.id
      left join call_showcase as showcase on showcase.application = file.id
      cross join lateral (
        select coalesce(bool_or(status in ('todo', 'reopened')), false) as waits,
          coalesce(bool_or(status = 'submitted'), false) as done
        from call_evaluation where call_evaluation.application = file.id) as given
      cross join lateral (
        select file.status = 'inadmissible' and coalesce(decision.status, 'absent') = 'absent' as waits) as refused
      where file.call = any(${[...calls]}::uuid[]) and file.deposited_at is not null
        and not file.id = any(${[...hidden]}::uuid[])
    ) as said
    group by call`.execute(db);
  return new Map(rows.map((row) => [row.call, row]));
};

const counted = (flag: Exclude<keyof FileCounts, 'payments' | 'reports'>) =>
  sql`count(*) filter (where ${sql.ref(flag)})::integer as ${sql.ref(flag)}`;

/** Of each decision that not everybody signed: who did, by call. */
export const unsignedDecisions = async (
  { db }: PersonContext,
  calls: readonly string[],
  hidden: readonly string[],
): Promise<ReadonlyMap<string, readonly (readonly string[])[]>> => {
  const { rows } = await sql<{ call: string; signed: string[] }>`
    select call, state->'signatures' as signed from call_decision
    where call = any(${[...calls]}::uuid[]) and status = 'written' and not signed
      and not application = any(${[...hidden]}::uuid[])`.execute(db);
  return new Map(
    [...Map.groupBy(rows, ({ call }) => call)].map(([call, some]) => [call, some.map(({ signed }) => signed)]),
  );
};

/** The applications against whose decision an appeal waits, by call. */
export const waitingAppeals = async (
  { db }: PersonContext,
  calls: readonly string[],
  hidden: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await sql<{ call: string; application: string }>`
    select distinct file.call, application
    from call_appeal join call_application as file on file.id = call_appeal.application
    where call_appeal.status in ('received', 'studied') and file.call = any(${[...calls]}::uuid[])
      and not application = any(${[...hidden]}::uuid[])
    order by application`.execute(db);
  return new Map(
    [...Map.groupBy(rows, ({ call }) => call)].map(([call, some]) => [
      call,
      some.map(({ application }) => application),
    ]),
  );
};

/**
 * Of some calls, those of the national frame whose laureates the ministry was not told of, once they were. Whoever
 * does not see every laureate is not asked: a list with a hole would be false.
 */
export const untoldToMinistry = async (
  { db }: PersonContext,
  calls: readonly string[],
  hidden: readonly string[],
): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ id: string }>`
    select id from call
    where id = any(${[...calls]}::uuid[]) and status = 'notified' and state->>'configuration' is not null
      and not exists (select from call_ministry_sending where call_ministry_sending.call = call.id)
      and not exists (
        select from call_decision
        where call_decision.call = call.id and call_decision.status = 'notified'
          and issue = any(${[...giving]}::text[]) and application = any(${[...hidden]}::uuid[]))`.execute(db);
  return new Set(rows.map(({ id }) => id));
};
