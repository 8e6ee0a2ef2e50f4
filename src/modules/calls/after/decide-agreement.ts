import { ok, type Result, refuse } from '#platform/result.ts';
import { stepFrom } from '../step-table.ts';
import * as no from './after-refusals.ts';
import {
  type AfterRole,
  type AgreementCommand,
  type AgreementEvent,
  type AgreementState,
  agreementTable,
  type Grant,
  isLabelOnly,
  nextParty,
  type Terms,
} from './agreement.ts';
import { lineAbove, paidOf } from './payment.ts';
import type { NextStep } from './report.ts';

/** A command, with the ids of the rows where its words were put. Days are ISO. */
export type AgreementOrder =
  | {
      readonly command: 'write';
      readonly terms: Terms;
      /** Who the parties are: their kind, and the organisation that funds. In the order of the signatures. */
      readonly parties: readonly { readonly kind: 'holder' | 'funder'; readonly organisation: string }[];
    }
  | { readonly command: 'submit' | 'takeBack' | 'dropAmendment' | 'start' | 'dropEnd' }
  | { readonly command: 'sign'; readonly sha256: string }
  | { readonly command: 'amend' | 'askEnd'; readonly reason?: string }
  | { readonly command: 'confirmEnd' | 'close'; readonly due: number }
  | { readonly command: 'recordRefund'; readonly cents: number; readonly on: string }
  | {
      readonly command: 'recordPermanence';
      readonly next: NextStep;
      readonly on: string | null;
      readonly words: string | null;
    };

export interface AfterSetting {
  readonly role: AfterRole;
  /** The party that the actor’s mailbox signs for, when it is their turn. */
  readonly party: string | undefined;
  /** ISO day in the zone of the call. */
  readonly today: string;
  /** What was decided and notified; undefined: nothing. */
  readonly grant: Grant | undefined;
  /** The national frame binds the call. */
  readonly framed: boolean;
}

/** What a command makes of an agreement. */
export const decideAgreement = (
  state: AgreementState,
  order: AgreementOrder,
  setting: AfterSetting,
): Result<readonly AgreementEvent[]> => {
  const step = stepFrom(agreementTable[commandOf(state, order)], state.status, setting.role);
  if (!step.ok) return step;
  const { grant, today } = setting;
  switch (order.command) {
    case 'write':
      return write(state, order, grant);
    case 'submit':
      return grant && state.terms && within(state.terms, grant) ? one('AgreementSubmitted-V1') : refuse(no.aboveGrant);
    case 'takeBack':
      return one('AgreementTakenBack-V1');
    case 'sign':
      return sign(state, order.sha256, setting);
    case 'amend':
      return order.reason ? ok([{ type: 'AmendmentOpened-V1', data: { reason: order.reason } }]) : refuse(no.noWords);
    case 'dropAmendment':
      return state.inForce ? one('AmendmentDropped-V1') : refuse(no.notInForce);
    case 'start':
      return state.inForce && state.inForce.startsOn <= today ? one('AgreementStarted-V1') : refuse(no.notBegun);
    case 'askEnd': {
      const by = setting.role === 'organiser' ? 'organiser' : 'holder';
      return order.reason ? ok([{ type: 'EndAsked-V1', data: { by, reason: order.reason } }]) : refuse(no.noWords);
    }
    case 'dropEnd':
      return state.end ? one('EndDropped-V1') : refuse(no.endNotAsked);
    case 'confirmEnd':
      if (!state.end) return refuse(no.endNotAsked);
      return ended(state, 'EndConfirmed-V1', order.due, today);
    case 'close':
      if (!state.reports.some(({ kind, status }) => kind === 'final' && status === 'validated'))
        return refuse(no.noFinalReport(setting.framed));
      if (state.payments.some(({ status }) => status !== 'paid' && status !== 'cancelled'))
        return refuse(no.paymentsWait);
      return ended(state, 'AgreementClosed-V1', order.due, today);
    case 'recordRefund': {
      const received = state.refund.received.reduce((sum, { cents }) => sum + cents, 0);
      if (order.on > today) return refuse(no.dayBefore);
      if (order.cents <= 0 || received + order.cents > state.refund.due) return refuse(no.refundTooLarge);
      return ok([{ type: 'RefundReceived-V1', data: { cents: order.cents, on: order.on } }]);
    }
    case 'recordPermanence': {
      const { next, on, words } = order;
      if (!state.inForce && !isLabelOnly(state, grant)) return refuse(no.notInForce);
      return on !== null && on > today
        ? refuse(no.dayBefore)
        : ok([{ type: 'PermanenceSaid-V1', data: { next, on, words } }]);
    }
  }
};

/** The last signature leads further than the others: two lines of the table for one button. */
const commandOf = ({ terms, signatures }: AgreementState, { command }: AgreementOrder): AgreementCommand =>
  command === 'sign' && terms && signatures.length + 1 === terms.parties.length ? 'signLast' : command;

const write = (
  state: AgreementState,
  { terms, parties }: Extract<AgreementOrder, { readonly command: 'write' }>,
  grant: Grant | undefined,
): Result<readonly AgreementEvent[]> => {
  if (!grant) return refuse(no.notLaureate);
  if (!within(terms, grant)) return refuse(no.aboveGrant);
  if (lineAbove(state.payments, terms) !== undefined) return refuse(no.aboveLine);
  const holders = parties.filter(({ kind }) => kind === 'holder').length;
  const funders = parties.filter(({ kind }) => kind === 'funder').map(({ organisation }) => organisation);
  if (holders !== 1 || funders.length === 0 || terms.lines.some(({ funder }) => !funders.includes(funder)))
    return refuse(no.partiesMissing);
  const { startsOn, endsOn, interimOn } = terms;
  if (endsOn < startsOn || (interimOn !== null && (interimOn < startsOn || interimOn > endsOn)))
    return refuse(no.datesDisordered);
  return ok([{ type: 'TermsWritten-V1', data: { terms } }]);
};

/** Whether each line of the terms is at most what the decision gives on it, and each is there once. */
const within = (terms: Terms, grant: Grant): boolean => {
  const keys = terms.lines.map(({ key }) => key);
  return (
    new Set(keys).size === keys.length &&
    terms.lines.every(
      (line) => line.cents > 0 && line.cents <= (grant.lines.find(({ key }) => key === line.key)?.cents ?? 0),
    )
  );
};

/** A signature; the last one puts the terms in force and plans their payments: those planned before, and not asked, go. */
const sign = (
  state: AgreementState,
  sha256: string,
  { party, grant }: AfterSetting,
): Result<readonly AgreementEvent[]> => {
  const { terms, signatures, payments } = state;
  if (!terms || party === undefined || party !== nextParty(state)) return refuse(no.notTheirTurn);
  if (sha256 !== terms.sha256) return refuse(no.anotherText);
  // The decision may have been corrected since it was given to sign.
  if (!grant || !within(terms, grant)) return refuse(no.aboveGrant);
  const signed: AgreementEvent = { type: 'AgreementSigned-V1', data: { party, sha256 } };
  if (signatures.length + 1 < terms.parties.length) return ok([signed]);
  if (lineAbove(payments, terms) !== undefined) return refuse(no.aboveLine);
  return ok([
    signed,
    { type: 'AgreementInForce-V1', data: {} },
    ...payments
      .filter(({ status }) => status === 'planned')
      .map(
        ({ id, cents, on }): AgreementEvent => ({
          type: 'PaymentMoved-V1',
          data: { ...{ id, cents, status: 'cancelled', on } },
        }),
      ),
    ...terms.schedule.map((planned): AgreementEvent => ({ type: 'PaymentPlanned-V1', data: planned })),
  ]);
};

/** The end, early or not: what waits is cancelled, and what must be given back is at most what was paid. */
const ended = (
  { payments }: AgreementState,
  type: 'EndConfirmed-V1' | 'AgreementClosed-V1',
  due: number,
  today: string,
): Result<readonly AgreementEvent[]> => {
  if (due < 0 || due > paidOf(payments)) return refuse(no.refundTooLarge);
  return ok([
    ...payments
      .filter(({ status }) => status !== 'paid' && status !== 'cancelled')
      .map(
        ({ id, cents }): AgreementEvent => ({
          type: 'PaymentMoved-V1',
          data: { ...{ id, cents, status: 'cancelled', on: today } },
        }),
      ),
    { type, data: { due } },
  ]);
};

const one = (
  type:
    | 'AgreementSubmitted-V1'
    | 'AgreementTakenBack-V1'
    | 'AmendmentDropped-V1'
    | 'AgreementStarted-V1'
    | 'EndDropped-V1',
): Result<readonly AgreementEvent[]> => ok([{ type, data: {} }]);
