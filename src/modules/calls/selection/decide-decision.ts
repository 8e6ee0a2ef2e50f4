import type { AgencyKind } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Held } from '../after/held.ts';
import type { ApplicationStatus } from '../application/application.ts';
import type { CallState } from '../call.ts';
import { kindOf } from '../call-kind.ts';
import { noReason } from '../call-refusals.ts';
import { pooledTotal } from '../envelope.ts';
import type { Happened } from '../evolve-call.ts';
import { reload, stepFrom } from '../step-table.ts';
import { type Amounts, totalAmount, withinEnvelopes } from './allocation.ts';
import {
  type DecisionEvent,
  type DecisionRole,
  type DecisionState,
  decisionTable,
  issueOf,
  issuesOf,
  type Ruling,
  takenBy,
} from './decision.ts';

/** A command on the decision of one application, with the ids of the rows where its words were put. */
export type DecisionOrder =
  | { readonly command: 'write'; readonly seen: number; readonly ruling: Ruling }
  | {
      readonly command: 'correct' | 'complete';
      readonly seen: number;
      readonly ruling: Ruling;
      readonly reason?: string;
    }
  | { readonly command: 'conclude'; readonly seen: number; readonly ruling: Ruling }
  | { readonly command: 'sign'; readonly seen: number; readonly agency: AgencyKind }
  | { readonly command: 'prepare'; readonly letter: string; readonly sha256: string }
  | { readonly command: 'notify'; readonly letter: string }
  | { readonly command: 'release'; readonly reason?: string }
  | { readonly command: 'reopen'; readonly reason: string };

/** What a decision knows of the world, read under the lock of its call. */
export interface DecisionSetting {
  readonly role: DecisionRole;
  readonly call: string;
  readonly state: Pick<CallState, 'status' | 'kind' | 'agencies' | 'money'>;
  /** The organisers in whose name the actor may sign. */
  readonly approvesFor: readonly AgencyKind[];
  readonly application: ApplicationStatus;
  /** What the other decisions of the call take from each envelope. */
  readonly others: Amounts;
  /** What its agreement holds of each envelope: paid, or promised by what everybody signed. */
  readonly held: Held;
  /** Ranks that others hold in the complementary list. */
  readonly ranks: readonly number[];
  /** Recommendations written for this project. */
  readonly recommendations: number;
  /** The organisers wrote how and until when one may appeal. */
  readonly appealTerms: boolean;
}

/** What a command makes of a decision. */
export const decideDecision = (
  state: DecisionState,
  order: DecisionOrder,
  setting: DecisionSetting,
): Result<readonly DecisionEvent[]> => {
  const step = stepFrom(decisionTable[order.command], state.status, setting.role);
  if (!step.ok) return step;
  const signed = isSigned(state, setting.state.agencies);
  switch (order.command) {
    case 'write': {
      if (order.seen !== state.written) return refuse(reload);
      if (signed) return refuse(alreadySigned);
      // Corrected or completed since the results, and not signed yet: it is still being written.
      const again = state.status === 'written' && isDecided(setting.state);
      if (setting.state.status !== 'selecting' && !again) return refuse(notSelecting);
      if (setting.application !== 'deliberated' && !again) return refuse(noSession);
      const sound = soundRuling(order.ruling, setting);
      return sound.ok ? ok([{ type: 'DecisionWritten-V1', data: { call: setting.call, ...sound.value } }]) : sound;
    }
    case 'correct': {
      if (setting.state.status === 'finished') return refuse(notSelecting);
      if (order.seen !== state.written) return refuse(reload);
      if (!signed) return refuse(notSigned);
      if (!order.reason) return refuse(noReason);
      const sound = soundRuling(order.ruling, setting);
      if (!sound.ok) return sound;
      const data = { call: setting.call, ...sound.value, reason: order.reason };
      return ok([{ type: 'DecisionCorrected-V1', data }]);
    }
    case 'complete': {
      if (order.seen !== state.written) return refuse(reload);
      if (!isDecided(setting.state)) return refuse(sessionFirst);
      // Every other file was decided when the results were fixed: this one was found inadmissible then.
      if (!admissibleSince.includes(setting.application)) return refuse(notAdmissible);
      if (!order.reason) return refuse(noReason);
      const sound = soundRuling(order.ruling, setting);
      if (!sound.ok) return sound;
      const data = { call: setting.call, ...sound.value, reason: order.reason };
      return ok([{ type: 'DecisionCompleted-V1', data }]);
    }
    case 'conclude': {
      if (setting.state.status === 'finished') return refuse(notSelecting);
      if (order.seen !== state.written) return refuse(reload);
      if (!signed || state.ruling?.issue !== 'support') return refuse(noSupport);
      if (order.ruling.issue === 'support') return refuse(stillSupport);
      const sound = soundRuling(order.ruling, setting);
      return sound.ok ? ok([{ type: 'SupportConcluded-V1', data: { call: setting.call, ...sound.value } }]) : sound;
    }
    case 'sign': {
      if (order.seen !== state.written) return refuse(reload);
      const { agency } = order;
      if (!setting.state.agencies.includes(agency) || !setting.approvesFor.includes(agency)) return refuse(notYours);
      if (state.signatures.includes(agency)) return refuse(signedAlready);
      return ok([{ type: 'DecisionSigned-V1', data: { agency } }]);
    }
    case 'prepare': {
      const inadmissible = state.status === 'absent';
      if (inadmissible && setting.application !== 'inadmissible') return refuse(notSigned);
      if (!inadmissible && (!signed || !isDecided(setting.state))) return refuse(signed ? notFixed : notSigned);
      if ((inadmissible || (state.ruling && issueOf(state.ruling.issue).negative)) && !setting.appealTerms)
        return refuse(noAppealTerms);
      const { letter, sha256 } = order;
      return ok([{ type: 'LetterPrepared-V1', data: { call: setting.call, letter, sha256 } }]);
    }
    case 'notify':
      return order.letter === state.letter
        ? ok([{ type: 'LetterSent-V1', data: { letter: order.letter } }])
        : refuse(reload);
    case 'reopen':
      if (setting.state.status === 'finished') return refuse(notSelecting);
      // A file found inadmissible has a letter, and no ruling.
      return state.ruling === null
        ? ok([{ type: 'InadmissibilityReopened-V1', data: { reason: order.reason } }])
        : refuse(alreadySigned);
    case 'release':
      if (!signed || !state.ruling || !issueOf(state.ruling.issue).gives) return refuse(nothingGiven);
      if (setting.held.live) return refuse(agreementLives);
      // Released already: only what was given back since is still to be freed.
      if (state.status === 'released' && totalAmount(takenBy(state)) <= totalAmount(setting.held.amounts))
        return refuse(nothingGivenBack);
      return order.reason
        ? ok([{ type: 'DecisionReleased-V1', data: { reason: order.reason, kept: setting.held.amounts } }])
        : refuse(noReason);
  }
};

/** Each organiser signed what is written: a joint call needs both. Of a file found inadmissible, nothing is signed. */
export const isSigned = (
  { ruling, signatures }: Pick<DecisionState, 'ruling' | 'signatures'>,
  agencies: readonly AgencyKind[],
): boolean => ruling !== null && agencies.every((agency) => signatures.includes(agency));

/** What an event makes of a decision. Writing again takes the signatures back; correcting takes the letter back (I-11). */
export const evolveDecision = (state: DecisionState, event: DecisionEvent & Happened): DecisionState => {
  const { type, data, version, recordedAt } = event;
  switch (type) {
    case 'DecisionWritten-V1': {
      const { call, ...ruling } = data;
      return { ...state, call, ruling, status: 'written', signatures: [], written: version };
    }
    case 'SupportConcluded-V1': {
      const { call, ...ruling } = data;
      return { ...state, call, ruling, status: 'written', signatures: [], written: version, letter: null };
    }
    case 'DecisionCompleted-V1':
    case 'DecisionCorrected-V1': {
      const { call, reason, ...ruling } = data;
      return {
        ...{ ...state, call, ruling, status: 'written', signatures: [], written: version, letter: null },
        corrections: [...state.corrections, { reason, at: recordedAt.toString() }],
      };
    }
    case 'DecisionSigned-V1':
      return { ...state, signatures: [...state.signatures, data.agency] };
    case 'LetterPrepared-V1':
      return { ...state, call: data.call, status: 'prepared', letter: data.letter };
    case 'LetterSent-V1':
      return { ...state, status: 'notified', sent: [...state.sent, data.letter] };
    case 'InadmissibilityReopened-V1':
      return {
        ...{ ...state, status: 'absent', letter: null },
        corrections: [...state.corrections, { reason: data.reason, at: recordedAt.toString() }],
      };
    case 'DecisionReleased-V1':
      return {
        ...{ ...state, status: 'released', letter: null, kept: data.kept ?? {} },
        corrections: [...state.corrections, { reason: data.reason, at: recordedAt.toString() }],
      };
  }
};

const isDecided = ({ status }: DecisionSetting['state']): boolean => status === 'decided' || status === 'notified';

const soundRuling = (
  asked: Ruling,
  { state, others, ranks, recommendations, held }: DecisionSetting,
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

const notSelecting: Refusal = {
  code: 'not_selecting',
  message: 'Les décisions s’écrivent pendant la sélection. Une décision signée se corrige, avec un motif.',
};
const noSession: Refusal = {
  code: 'session_missing',
  message: 'La séance n’a pas encore parlé de cette candidature.',
};
const alreadySigned: Refusal = {
  code: 'signed_already',
  message: 'Cette décision est signée de tous : corrigez-la, avec un motif.',
};
const sessionFirst: Refusal = {
  code: 'session_missing',
  message: 'La sélection est en cours : c’est en séance que cette candidature est examinée.',
};
const admissibleSince: readonly ApplicationStatus[] = ['admissible', 'evaluating', 'evaluated', 'deliberated'];
const notAdmissible: Refusal = {
  code: 'not_admissible',
  message: 'Constatez d’abord, sur la page de la candidature, si elle est recevable.',
};
const noSupport: Refusal = {
  code: 'no_support',
  message: 'Seul un accompagnement technique, décidé et notifié, se conclut ainsi.',
};
const stillSupport: Refusal = {
  ...{ code: 'still_support', field: 'issue' },
  message: 'Un accompagnement se conclut par une autre décision : un label, avec ou sans préconisations, ou aucun.',
};
const notSigned: Refusal = {
  code: 'not_signed',
  message: 'Cette décision attend la signature de chaque organisateur.',
};
const notFixed: Refusal = { code: 'not_fixed', message: 'Les courriers se préparent une fois les résultats arrêtés.' };
const notYours: Refusal = { code: 'not_allowed', message: 'Chacun signe pour son administration.' };
const signedAlready: Refusal = { code: 'signed_already', message: 'Cette signature est déjà donnée.' };
const agreementLives: Refusal = {
  code: 'agreement_lives',
  message: 'Une convention est en cours. Terminez-la d’abord, dans le suivi : ce qu’elle engage n’est pas libre.',
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
const nothingGivenBack: Refusal = {
  code: 'nothing_given_back',
  message: 'Le renoncement est déjà constaté, et aucun reversement n’est noté depuis.',
};
const nothingGiven: Refusal = { code: 'nothing_given', message: 'Seul un lauréat peut renoncer.' };
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
const noAppealTerms: Refusal = {
  ...{ code: 'appeal_terms_missing' },
  message:
    'Les voies et délais de recours ne sont pas écrits. Sans eux, aucun courrier défavorable ne peut être préparé : recopiez ceux du service juridique dans les modèles de courrier.',
};
