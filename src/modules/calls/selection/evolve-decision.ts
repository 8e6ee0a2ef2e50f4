import type { Happened } from '../evolve-call.ts';
import type { DecisionEvent, DecisionState } from './decision.ts';

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
