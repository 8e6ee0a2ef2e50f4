import type { AgencyKind } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { ApplicationStatus } from '../application/application.ts';
import type { CallState } from '../call.ts';
import { noReason } from '../call-refusals.ts';
import { reload, stepFrom } from '../step-table.ts';
import { totalAmount } from './allocation.ts';
import {
  type DecisionEvent,
  type DecisionRole,
  type DecisionState,
  decisionTable,
  isSigned,
  issueOf,
  type Ruling,
  takenBy,
} from './decision.ts';
import { type RulingSetting, soundRuling } from './sound-ruling.ts';

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
export interface DecisionSetting extends RulingSetting {
  readonly role: DecisionRole;
  readonly call: string;
  readonly state: Pick<CallState, 'status' | 'kind' | 'agencies' | 'money'>;
  /** The organisers in whose name the actor may sign. */
  readonly approvesFor: readonly AgencyKind[];
  readonly application: ApplicationStatus;
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

const isDecided = ({ status }: DecisionSetting['state']): boolean => status === 'decided' || status === 'notified';

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
const nothingGivenBack: Refusal = {
  code: 'nothing_given_back',
  message: 'Le renoncement est déjà constaté, et aucun reversement n’est noté depuis.',
};
const nothingGiven: Refusal = { code: 'nothing_given', message: 'Seul un lauréat peut renoncer.' };
const noAppealTerms: Refusal = {
  ...{ code: 'appeal_terms_missing' },
  message:
    'Les voies et délais de recours ne sont pas écrits. Sans eux, aucun courrier défavorable ne peut être préparé : recopiez ceux du service juridique dans les modèles de courrier.',
};
