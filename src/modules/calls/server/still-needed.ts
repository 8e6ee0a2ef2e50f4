import { type RawBuilder, sql } from 'kysely';
import { type IssueCode, issueCodes, issueOf } from '../selection/decision.ts';

const giving: readonly IssueCode[] = issueCodes.filter((issue) => issueOf(issue).gives);

/**
 * SQL about a row of `account`, one condition each: what a call still expects of that mailbox, though nobody signed in for a
 * year. An application is over once it is out, once its agreement is, or once its call is achieved and gave it nothing.
 */
export const neededByCalls: readonly RawBuilder<unknown>[] = [
  sql`exists (
    select from call_application_member
    join call_application on call_application.id = call_application_member.application
    join call on call.id = call_application.call
    left join call_agreement on call_agreement.application = call_application.id
    left join call_decision on call_decision.application = call_application.id
    where call_application_member.email = account.email
      and call_application.status not in ('lapsed', 'withdrawn', 'closed', 'converted')
      and call.status <> 'cancelled'
      and coalesce(call_agreement.status, '') not in ('closed', 'terminated')
      and (call.status <> 'finished' or call_agreement.application is not null
        or coalesce(call_decision.issue, '') = any(${giving}::text[])))`,
  sql`exists (
    select from call_juror join call on call.id = call_juror.call
    where call_juror.email = account.email and left_at is null and call.status not in ('finished', 'cancelled'))`,
  sql`exists (
    select from call_opinion
    where call_opinion.email = account.email and call_opinion.status in ('asked', 'accepted'))`,
  sql`exists (
    select from call_agreement_party
    join call_agreement_terms on call_agreement_terms.id = call_agreement_party.terms
    join call_agreement on call_agreement.application = call_agreement_terms.application
    where call_agreement_party.email = account.email and call_agreement.status not in ('closed', 'terminated'))`,
  sql`exists (
    select from call_partner join call on call.id = call_partner.call
    where call_partner.email = account.email and call.status not in ('finished', 'cancelled'))`,
];
