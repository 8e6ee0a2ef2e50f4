import { ok, type Result, refuse } from '#platform/result.ts';
import { stepFrom } from '../step-table.ts';
import * as no from './after-refusals.ts';
import { type AgreementEvent, type AgreementState, isLabelOnly } from './agreement.ts';
import type { AfterSetting } from './decide-agreement.ts';
import { heldOn, owedOn, type PaymentCommand, paymentTable } from './payment.ts';
import { missingIn, type ReportContent, type ReportKind, reportTable } from './report.ts';

/** One step of one payment, on a day. `cents`: what is settled, at most what was planned. */
export type PaymentOrder = {
  readonly command: PaymentCommand;
  readonly id: string;
  readonly on: string;
  readonly cents?: number | undefined;
};

/**
 * What a command makes of a payment. The sum of a line never goes above what the agreement in force gives on it; nothing is
 * owed or paid above what the decision gives, nor while a corrected decision is not told yet.
 */
export const decidePayment = (
  state: AgreementState,
  { command, id, on, cents }: PaymentOrder,
  { role, today, grant }: AfterSetting,
): Result<readonly AgreementEvent[]> => {
  const payment = state.payments.find((one) => one.id === id);
  if (!payment) return refuse(no.noSuchPayment);
  const step = stepFrom(paymentTable[command], payment.status, role);
  if (!step.ok) return step;
  if (!inForce(state)) return refuse(no.notInForce);
  const before = Object.entries(payment.days).flatMap(([status, day]) => (status === 'planned' ? [] : [day ?? '']));
  if (on > today || before.some((day) => day > on)) return refuse(no.dayBefore);
  const amount = command === 'settle' ? (cents ?? payment.cents) : payment.cents;
  if (amount <= 0 || amount > payment.cents) return refuse(no.abovePlanned);
  const line = state.inForce?.lines.find(({ key }) => key === payment.key)?.cents ?? 0;
  if (command !== 'cancel' && heldOn(state.payments, payment.key) - payment.cents + amount > line)
    return refuse(no.aboveLine);
  if (command === 'settle' || command === 'pay') {
    if (!grant) return refuse(no.notLaureate);
    const given = grant.lines.find(({ key }) => key === payment.key)?.cents ?? 0;
    const others = state.payments.filter((one) => one !== payment);
    if (owedOn(others, payment.key) + amount > given) return refuse(no.paidAboveGrant);
  }
  const status = ({ ask: 'asked', settle: 'settled', pay: 'paid', cancel: 'cancelled' } as const)[command];
  return ok([{ type: 'PaymentMoved-V1', data: { id, status, on, cents: amount } }]);
};

/** One command on the reports of an agreement. */
export type ReportOrder =
  | { readonly command: 'ask'; readonly id: string; readonly kind: ReportKind; readonly due: string }
  | { readonly command: 'remind' | 'findComplete' | 'write'; readonly id: string }
  | { readonly command: 'validate'; readonly id: string; readonly content: ReportContent }
  | {
      readonly command: 'give';
      readonly id: string;
      readonly content: { readonly id: string; readonly sha256: string; readonly value: ReportContent };
      /** Hash of what the signatory was reading. */
      readonly sha256: string;
    }
  | { readonly command: 'askMore'; readonly id: string; readonly reason?: string };

/** Days after the end of the agreement at which the final report is asked, and between two reminders. */
export const REPORT_AFTER = 30;

/** What a command makes of a report. */
export const decideReport = (
  state: AgreementState,
  order: ReportOrder,
  { role, today, grant, framed }: AfterSetting,
): Result<readonly AgreementEvent[]> => {
  if (!inForce(state) && !isLabelOnly(state, grant)) return refuse(no.notInForce);
  const { id } = order;
  const report = state.reports.find((one) => one.id === id);
  const step = stepFrom(reportTable[order.command], report?.status ?? 'absent', role);
  if (!step.ok) return step;
  if (order.command === 'ask') {
    const { kind, due } = order;
    // One final report; an intermediate one at a time.
    if (state.reports.some((one) => one.kind === kind && (kind === 'final' || one.status === 'asked')))
      return refuse(no.reportAsked);
    return ok([{ type: 'ReportAsked-V1', data: { id, kind, on: today, due } }]);
  }
  if (!report) return refuse(no.noSuchReport);
  switch (order.command) {
    case 'write':
      return ok([]);
    case 'remind':
      return daysBetween(report.lastAskedOn, today) >= REPORT_AFTER
        ? ok([{ type: 'ReportReminded-V1', data: { id, on: today } }])
        : refuse(no.notDue);
    case 'give': {
      const missing = missingIn(order.content.value, report.kind);
      if (missing.length > 0) return refuse(no.reportIncomplete(missing, framed));
      if (order.sha256 !== order.content.sha256) return refuse(no.anotherText);
      const { id: content, sha256 } = order.content;
      return ok([{ type: 'ReportGiven-V1', data: { id, content, sha256, on: today } }]);
    }
    case 'findComplete':
      return ok([{ type: 'ReportFoundComplete-V1', data: { id } }]);
    case 'askMore':
      return order.reason
        ? ok([{ type: 'ReportMoreAsked-V1', data: { id, reason: order.reason, on: today } }])
        : refuse(no.noWords);
    case 'validate': {
      const { next } = order.content;
      const said = report.kind === 'final' && next !== '' ? [{ next, on: null, words: null }] : [];
      return ok([
        { type: 'ReportValidated-V1', data: { id } },
        ...said.map((data): AgreementEvent => ({ type: 'PermanenceSaid-V1', data })),
      ]);
    }
  }
};

/** Which report is asked today by itself: the intermediate one on its day, the final one 30 days after the end. */
export const reportToAsk = (
  { inForce: terms, status, reports }: AgreementState,
  today: string,
): ReportKind | undefined => {
  if (!terms || status === 'closed' || status === 'terminated') return undefined;
  const asked = (kind: ReportKind): boolean => reports.some((one) => one.kind === kind);
  if (daysBetween(terms.endsOn, today) >= REPORT_AFTER) return asked('final') ? undefined : 'final';
  return terms.interimOn !== null && terms.interimOn <= today && !asked('interim') ? 'interim' : undefined;
};

/** The reports to remind of today. */
export const reportsToRemind = ({ reports, status }: AgreementState, today: string) =>
  status === 'closed' || status === 'terminated'
    ? []
    : reports.filter((one) => one.status === 'asked' && daysBetween(one.lastAskedOn, today) >= REPORT_AFTER);

const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;

const inForce = ({ inForce: terms, status }: AgreementState): boolean =>
  terms !== null && status !== 'closed' && status !== 'terminated';
