import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Held } from '../after/held.ts';
import type { CallState } from '../call.ts';
import { kindOf } from '../call-kind.ts';
import { pooledTotal } from '../envelope.ts';
import { type Amounts, totalAmount, withinEnvelopes } from './allocation.ts';
import { issueOf, issuesOf, type Ruling } from './decision.ts';

/** What surrounds a ruling, read under the lock of its call. */
export interface RulingSetting {
  readonly state: Pick<CallState, 'kind' | 'money'>;
  /** What the other decisions of the call take from each envelope. */
  readonly others: Amounts;
  /** What its agreement holds of each envelope: paid, or promised by what everybody signed. */
  readonly held: Held;
  /** Ranks that others hold in the complementary list. */
  readonly ranks: readonly number[];
  /** Recommendations written for this project. */
  readonly recommendations: number;
}

/** What is ruled, as it may be kept: an issue of the kind of the call, with what it asks, and within the envelopes. */
export const soundRuling = (
  asked: Ruling,
  { state, others, ranks, recommendations, held }: RulingSetting,
): Result<Ruling> => {
  if (!issuesOf(state.kind).includes(asked.issue)) return refuse(notOfKind);
  const { gives, asks } = issueOf(asked.issue);
  if (asks && !asked.words) return refuse({ ...noWords, message: `${asks} : écrivez-le, le porteur le lira.` });
  if (asked.issue === 'support' && !asked.referent) return refuse(noReferent);
  if (asked.issue === 'labelledWithAdvice' && recommendations === 0) return refuse(noAdvice);
  const reserve = asked.issue === 'reserve';
  if (reserve && (asked.rank === null || !Number.isSafeInteger(asked.rank) || asked.rank < 1)) return refuse(noRank);
  if (reserve && asked.rank !== null && ranks.includes(asked.rank)) return refuse(rankTaken);
  const amounts = withinEnvelopes(
    { envelopes: state.money.envelopes, framed: kindOf(state.kind).framed },
    others,
    gives ? asked.amounts : {},
  );
  if (!amounts.ok) return amounts;
  const below = Object.entries(held.amounts).find(([key, cents]) => (amounts.value[key] ?? 0) < cents);
  if (below) return refuse({ ...(held.live ? belowAgreement : belowPaid), field: `amount-${below[0]}` });
  if (asked.issue === 'laureate' && pooledTotal(state.money.envelopes) > 0 && totalAmount(amounts.value) === 0)
    return refuse(noAmount);
  return ok({
    ...{ issue: asked.issue, amounts: amounts.value, rank: reserve ? asked.rank : null },
    ...{ words: asked.words, conditions: asked.conditions },
    referent: asked.issue === 'support' ? asked.referent : null,
  });
};

const notOfKind: Refusal = {
  code: 'issue_missing',
  field: 'issue',
  message: 'Choisissez une des issues de cet appel.',
};
const noWords: Refusal = { code: 'words_missing', field: 'words', message: '' };
const noReferent: Refusal = { code: 'referent_missing', field: 'referent', message: 'Nommez qui accompagne.' };
const noAdvice: Refusal = {
  ...{ code: 'advice_missing', field: 'issue' },
  message: 'Écrivez d’abord au moins une préconisation pour ce projet.',
};
const noRank: Refusal = { code: 'rank_missing', field: 'rank', message: 'Donnez le rang, à partir de 1.' };
const rankTaken: Refusal = {
  ...{ code: 'rank_taken', field: 'rank' },
  message: 'Ce rang est déjà celui d’une autre candidature de la liste complémentaire.',
};
const noAmount: Refusal = {
  ...{ code: 'amount_missing', field: 'amounts' },
  message: 'Dites combien ce lauréat reçoit, et de quelle enveloppe.',
};
const belowAgreement: Refusal = {
  code: 'below_held',
  message:
    'La convention en vigueur donne davantage sur cette ligne. Terminez-la d’abord, ou signez un avenant : ce qu’elle engage n’est pas libre.',
};
const belowPaid: Refusal = {
  code: 'below_held',
  message: 'Davantage a été payé sur cette ligne, et n’est pas reversé : ce n’est pas libre.',
};
