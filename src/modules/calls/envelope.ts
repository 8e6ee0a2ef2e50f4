import type { AgencyKind } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Configuration, type Frame, minimumOf } from './frame.ts';
import { byRule, whereFramed } from './rule.ts';

/** A line of credit. The State’s two lines stay two, even pooled; other funders bring their own. */
export const creditLines = ['FIR', 'P304-17', 'other'] as const;
export type CreditLine = (typeof creditLines)[number];

/** What one funder puts in a call. Amounts in whole cents. */
export type Envelope = {
  readonly funder: string;
  readonly agency: AgencyKind | null;
  readonly line: CreditLine;
  readonly cents: number;
  /** What is added locally, each with where it comes from. */
  readonly topUps: readonly { readonly origin: string; readonly cents: number }[];
};

/** What is put in a call, funder by funder, and how it is told. */
export type Money = {
  readonly envelopes: readonly Envelope[];
  /** Both lines are shown together too (R-35: may, not must). */
  readonly pooled: boolean;
  /** The organiser says the amounts on the public page. */
  readonly shown: boolean;
};

/** The lines of a regional call as the frame gives them. */
export const firstEnvelopes = ({ money }: Pick<Frame, 'money'>, agencies: readonly AgencyKind[]): readonly Envelope[] =>
  agencies.flatMap((agency) =>
    agency === 'ars' || agency === 'dreets'
      ? [{ funder: agency.toUpperCase(), agency, ...lineAndCents(money.allocations[agency]), topUps: [] }]
      : [],
  );

/**
 * The money of a call as its form offers it: with an empty line for each State organiser that has not its own yet. Whatever
 * the kind of call, the FIR is then that of the ARS and P304-17 that of the DREETS, never « another funder » (R-33; I-12).
 */
export const offeredMoney = ({
  money,
  agencies,
}: {
  readonly money: Money;
  readonly agencies: readonly AgencyKind[];
}): Money => {
  const missing = stateLines.filter(
    ({ agency, line }) => agencies.includes(agency) && !money.envelopes.some((one) => one.line === line),
  );
  const empty = missing.map(({ agency, line }) => ({
    funder: agency.toUpperCase(),
    agency,
    line,
    cents: 0,
    topUps: [],
  }));
  return { ...money, envelopes: [...money.envelopes, ...empty] };
};

const stateLines = [
  { agency: 'ars', line: 'FIR' },
  { agency: 'dreets', line: 'P304-17' },
] as const;

const lineAndCents = ({ line, cents }: { line: 'FIR' | 'P304-17'; cents: number }) => ({ line, cents });

/** What an envelope holds, top-ups included. */
export const totalOf = ({ cents, topUps }: Envelope): number => topUps.reduce((sum, topUp) => sum + topUp.cents, cents);

/** What all envelopes hold together. The lines stay separate: this is a view. */
export const pooledTotal = (envelopes: readonly Envelope[]): number =>
  envelopes.reduce((sum, envelope) => sum + totalOf(envelope), 0);

/**
 * Refuses what no line of credit allows: the FIR for somebody else than the ARS, P304-17 for somebody else than the
 * DREETS (I-12), the same line twice, and a base above what the State delegates (R-32: the rest is a top-up).
 */
export const soundEnvelopes = (
  envelopes: readonly Envelope[],
  agencies: readonly AgencyKind[],
  frame: Frame | undefined,
): Result<readonly Envelope[]> => {
  const owner: Readonly<Record<CreditLine, AgencyKind | undefined>> = {
    FIR: 'ars',
    'P304-17': 'dreets',
    other: undefined,
  };
  for (const { agency, line, cents } of envelopes) {
    const wanted = owner[line];
    if (wanted && (agency !== wanted || !agencies.includes(wanted))) return refuse(wrongLine(frame !== undefined));
    if (wanted && envelopes.filter((one) => one.line === line).length > 1)
      return refuse(wrongLine(frame !== undefined));
    if (frame && (agency === 'ars' || agency === 'dreets') && line !== 'other') {
      if (cents > frame.money.allocations[agency].cents) return refuse(aboveAllocation);
    }
  }
  return ok(envelopes);
};

/** Refuses a regional call that could not give its laureates the least that the frame asks for (R-30, R-31; I-2). */
export const minimumMet = (
  envelopes: readonly Envelope[],
  frame: Frame,
  configuration: Configuration,
): Result<undefined> =>
  pooledTotal(envelopes) >= minimumOf(frame, configuration)
    ? ok(undefined)
    : refuse(
        byRule(configuration === 'joint' ? 'R-31' : 'R-30', {
          code: 'below_minimum',
          field: 'money',
          message: 'Les enveloppes n’atteignent pas le montant minimal de l’appel.',
        }),
      );

const wrongLine = (framed: boolean): Refusal =>
  whereFramed(framed, 'R-33', {
    code: 'wrong_line',
    field: 'money',
    message: 'Le FIR est la ligne de l’ARS, le programme 304 action 17 celle de la DREETS : chacune une fois.',
  });
const aboveAllocation = byRule('R-32', {
  code: 'above_allocation',
  field: 'money',
  message: 'La dotation nationale ne peut pas être dépassée : le reste est un abondement, sur sa propre ligne.',
});
