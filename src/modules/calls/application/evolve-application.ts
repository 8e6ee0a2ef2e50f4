import type { ApplicationEvent, ApplicationState } from './application.ts';

/** What an event makes of an application. */
export const evolveApplication = (state: ApplicationState, event: ApplicationEvent): ApplicationState => {
  switch (event.type) {
    case 'ApplicationStarted-V1':
      return { ...state, ...event.data, status: 'draft' };
    case 'ApplicationDeposited-V1':
    case 'ApplicationCompleted-V1': {
      const { snapshot, sha256, at } = event.data;
      return {
        ...{ ...state, status: 'deposited', completion: null },
        snapshots: [...state.snapshots, { id: snapshot, sha256, at }],
      };
    }
    case 'CompletionAsked-V1':
    case 'CompletionChanged-V1':
      return { ...state, status: 'incomplete', completion: event.data };
    case 'CompletionCancelled-V1':
      return { ...state, status: 'deposited', completion: null };
    case 'FoundAdmissible-V1':
      return { ...state, status: 'admissible', completion: null };
    case 'FoundInadmissible-V1':
      return { ...state, status: 'inadmissible', completion: null, inadmissible: event.data };
    case 'AdmissibilityReopened-V1':
      return { ...state, status: 'deposited', inadmissible: null };
    case 'EvaluationStarted-V1':
      return { ...state, status: 'evaluating' };
    case 'EvaluationsClosed-V1':
      return { ...state, status: 'evaluated' };
    case 'ApplicationDecidedAgain-V1':
      return { ...state, status: 'deliberated', deliberation: null };
    case 'ApplicationDeliberated-V1':
      return { ...state, status: 'deliberated', deliberation: event.data.deliberation };
    case 'ApplicationNotified-V1':
      return {
        ...{ ...state, status: 'notified' },
        notifications: [...state.notifications, event.data.notification],
      };
    case 'ApplicationWithdrawn-V1':
      return { ...state, status: 'withdrawn', completion: null, reason: event.data.reason };
    case 'LetterClosed-V1':
      return { ...state, status: 'closed', reason: event.data.reason };
    case 'ApplicationLapsed-V1':
      return { ...state, status: 'lapsed' };
    case 'LetterConverted-V1':
      return { ...state, status: 'converted', application: event.data.application };
    case 'MemberInvited-V1':
    case 'MemberDismissed-V1':
    case 'SignatureHandedOver-V1':
      return state;
  }
};
