import { formatDay } from '#messages/format.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type Grant, isLabelOnly, nextParty } from '../../after/agreement.ts';
import { agreementText, laterYears, lineLabel } from '../../after/agreement-text.ts';
import { heldOn, paidOf } from '../../after/payment.ts';
import { snapshotsOf } from '../application/snapshots.ts';
import { readTexts } from '../rows.ts';
import { appealTermsOf } from '../selection/letter-templates.ts';
import { type Followed, followed } from './agreement-stream.ts';
import { mailboxesOf, termsOf } from './agreements.ts';
import { appealsOf } from './appeals.ts';
import { grantOf } from './grant.ts';
import { givenReport } from './reports.ts';
import { readShowcase, showcaseTextOf } from './showcases.ts';

/** All that follows the decision on an application, for its holder and for the organisers. Nothing for anybody else. */
export const projectView = async (context: PersonContext, id: string) => {
  const found = await followed(context, id);
  if (!found || found.role === 'party' || found.role === 'other' || found.role === 'house') return undefined;
  const { application, call, role, agreement, today } = found;
  const grant = await grantOf(context, id, call);
  const showcase = await readShowcase(context, id);
  const inForce = await termsOf(context, agreement.inForce);
  const last = inForce ? undefined : (await snapshotsOf(context, id)).at(-1);
  const reports = await Promise.all(
    agreement.reports.map(async (report) => ({ ...report, given: await givenReport(context, report) })),
  );
  const texts = await readTexts(context, [
    ...agreement.amendments.map(({ reason }) => reason),
    ...agreement.reports.flatMap(({ more }) => more ?? []),
    ...[agreement.end?.reason, agreement.permanence?.words].flatMap((text) => text ?? []),
  ]);
  return {
    ...{ application, call, role, agreement, today, grant, showcase, reports, texts },
    indicators: inForce?.content.indicators ?? last?.content.indicators.indicators ?? [],
    labelOnly: isLabelOnly(agreement, grant),
    ...{ terms: await termsOf(context, agreement.terms), inForce },
    ...{ showcaseText: await showcaseTextOf(context, showcase), appeals: await appealsOf(context, id) },
    appealTerms: await appealTermsOf(context, application.call, call),
    lines: moneyOf(found, grant),
  };
};

/** What each line of credit was given, by the decision then by the agreement, and what is planned or paid on it. */
const moneyOf = ({ agreement }: Followed, grant: Grant | undefined) =>
  (agreement.inForce?.lines ?? grant?.lines ?? []).map((line) => ({
    ...{ key: line.key, label: lineLabel(line), agreed: agreement.inForce ? line.cents : null },
    granted: grant?.lines.find(({ key }) => key === line.key)?.cents ?? 0,
    held: heldOn(agreement.payments, line.key),
    paid: paidOf(agreement.payments.filter(({ key }) => key === line.key)),
  }));

/** An agreement to read and to sign: for its parties, its holder and the organisers. Nothing for anybody else. */
export const agreementView = async (context: PersonContext, id: string) => {
  const found = await followed(context, id);
  const terms = found && (await termsOf(context, found.agreement.terms));
  if (!found || !terms || found.role === 'other' || found.role === 'house') return undefined;
  const { agreement, application, role, signsFor } = found;
  const next = nextParty(agreement);
  const amendment = agreement.amendments.length;
  const emails = role === 'organiser' ? await mailboxesOf(context, agreement.terms) : new Map<string, string>();
  return {
    ...{ title: application.title, call: application.call, role, status: agreement.status, sha256: terms.sha256 },
    ...{ amendment, text: agreementText(terms.content, amendment) },
    later: laterYears(terms.content).map((day) => formatDay('fr', day)),
    mine: signsFor !== undefined && signsFor === next,
    parties: terms.content.parties.map(({ id: party, organisation, name, job }) => ({
      ...{ id: party, organisation, name, job, next: party === next, email: emails.get(party) },
      signedAt: agreement.signatures.find((one) => one.party === party)?.at,
    })),
  };
};
