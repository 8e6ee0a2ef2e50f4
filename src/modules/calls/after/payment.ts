import type { StepTable } from '../step-table.ts';
import type { AfterRole, Terms } from './agreement.ts';

/** A payment is recorded here and made elsewhere. `settled`: what the funder owes is established. */
export const paymentStatuses = ['planned', 'asked', 'settled', 'paid', 'cancelled'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export type PaymentCommand = 'ask' | 'settle' | 'pay' | 'cancel';

/** Which command leads where for one payment. */
export const paymentTable: StepTable<
  PaymentStatus,
  PaymentCommand,
  AfterRole,
  'inForce' | 'notAbovePlanned' | 'notAboveLine' | 'notAboveGrant' | 'dayOrdered'
> = {
  ask: {
    ...{ from: ['planned'], to: 'asked', by: ['signatory', 'organiser'], guards: ['inForce', 'dayOrdered'] },
    words: 'Demander le versement',
  },
  settle: {
    ...{ from: ['asked'], to: 'settled', by: ['organiser'], words: 'Liquider' },
    guards: ['inForce', 'notAbovePlanned', 'notAboveLine', 'notAboveGrant', 'dayOrdered'],
  },
  pay: {
    ...{ from: ['settled'], to: 'paid', by: ['organiser'], words: 'Noter qu’il est payé' },
    guards: ['inForce', 'notAboveLine', 'notAboveGrant', 'dayOrdered'],
  },
  cancel: {
    ...{ from: ['planned', 'asked', 'settled'], to: 'cancelled', by: ['organiser'], guards: ['dayOrdered'] },
    words: 'Annuler',
  },
};

/** One payment on one line of the agreement. Whole cents, ISO days. */
export type Payment = {
  readonly id: string;
  readonly key: string;
  readonly cents: number;
  readonly on: string;
  readonly status: PaymentStatus;
  /** The day of each step that was taken. */
  readonly days: { readonly [Status in PaymentStatus]?: string };
};

/** What was asked, settled or paid on a line: it binds the line, whatever an amendment says. */
export const engagedOn = (payments: readonly Payment[], key: string): number =>
  sumOf(payments.filter((one) => one.key === key && one.status !== 'cancelled' && one.status !== 'planned'));

/** What was settled or paid on a line: owed for good. */
export const owedOn = (payments: readonly Payment[], key: string): number =>
  sumOf(payments.filter((one) => one.key === key && (one.status === 'settled' || one.status === 'paid')));

/** All that is planned, asked, settled or paid on a line. */
export const heldOn = (payments: readonly Payment[], key: string): number =>
  sumOf(payments.filter((one) => one.key === key && one.status !== 'cancelled'));

/** What was paid, on every line. */
export const paidOf = (payments: readonly Payment[]): number =>
  sumOf(payments.filter(({ status }) => status === 'paid'));

/** The first line on which what is engaged and what these terms plan go above what they give; undefined: none. */
export const lineAbove = (payments: readonly Payment[], terms: Pick<Terms, 'lines' | 'schedule'>) => {
  const keys = [...new Set([...terms.schedule.map(({ key }) => key), ...payments.map(({ key }) => key)])];
  const given = new Map(terms.lines.map(({ key, cents }) => [key, cents]));
  return keys.find((key) => {
    const planned = sumOf(terms.schedule.filter((one) => one.key === key));
    return engagedOn(payments, key) + planned > (given.get(key) ?? 0);
  });
};

const sumOf = (many: readonly { readonly cents: number }[]): number => many.reduce((sum, { cents }) => sum + cents, 0);
