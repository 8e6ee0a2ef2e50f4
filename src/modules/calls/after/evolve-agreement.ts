import type { Happened } from '../evolve-call.ts';
import type { AgreementEvent, AgreementState } from './agreement.ts';
import type { GivenReport } from './report.ts';

/** What an event makes of an agreement. */
export const evolveAgreement = (
  state: AgreementState,
  event: AgreementEvent & Pick<Happened, 'recordedAt'>,
): AgreementState => {
  switch (event.type) {
    case 'TermsWritten-V1':
      return { ...state, status: 'prepared', terms: event.data.terms, signatures: [] };
    case 'AgreementSubmitted-V1':
      return { ...state, status: 'toSign', signatures: [] };
    case 'AgreementTakenBack-V1':
      return { ...state, status: 'prepared', signatures: [] };
    case 'AgreementSigned-V1': {
      const signature = { ...event.data, at: event.recordedAt.toString() };
      return { ...state, status: 'partiallySigned', signatures: [...state.signatures, signature] };
    }
    case 'AgreementInForce-V1':
      return { ...state, status: 'signed', inForce: state.terms };
    case 'AmendmentOpened-V1': {
      const amendment = { reason: event.data.reason, at: event.recordedAt.toString() };
      return { ...state, status: 'prepared', signatures: [], amendments: [...state.amendments, amendment] };
    }
    case 'AmendmentDropped-V1':
      return { ...state, status: 'signed', terms: state.inForce, signatures: [] };
    case 'AgreementStarted-V1':
      return { ...state, status: 'running' };
    case 'PaymentPlanned-V1': {
      const payment = { ...event.data, status: 'planned' as const, days: { planned: event.data.on } };
      return { ...state, payments: [...state.payments, payment] };
    }
    case 'PaymentMoved-V1': {
      const { id, status, on, cents } = event.data;
      return {
        ...state,
        payments: state.payments.map((one) =>
          one.id === id ? { ...one, cents, status, days: { ...one.days, [status]: on } } : one,
        ),
      };
    }
    case 'ReportAsked-V1': {
      const { id, kind, on, due } = event.data;
      const report: GivenReport = {
        ...{ id, kind, status: 'asked', askedOn: on, lastAskedOn: on, due, reminders: 0, content: null, more: null },
      };
      return { ...state, reports: [...state.reports, report] };
    }
    case 'ReportReminded-V1': {
      const { id, on } = event.data;
      return report(state, id, (one) => ({ ...one, lastAskedOn: on, reminders: one.reminders + 1 }));
    }
    case 'ReportGiven-V1': {
      const { id, content, sha256 } = event.data;
      return report(state, id, (one) => ({ ...one, status: 'received', content: { id: content, sha256 }, more: null }));
    }
    case 'ReportFoundComplete-V1':
      return report(state, event.data.id, (one) => ({ ...one, status: 'complete' }));
    case 'ReportMoreAsked-V1': {
      const { id, reason, on } = event.data;
      return report(state, id, (one) => ({ ...one, status: 'asked', more: reason, lastAskedOn: on }));
    }
    case 'ReportValidated-V1':
      return report(state, event.data.id, (one) => ({ ...one, status: 'validated' }));
    case 'EndAsked-V1':
      return { ...state, end: { ...event.data, at: event.recordedAt.toString() } };
    case 'EndDropped-V1':
      return { ...state, end: null };
    case 'EndConfirmed-V1':
      return { ...state, status: 'terminated', refund: { ...state.refund, due: event.data.due } };
    case 'AgreementClosed-V1':
      return { ...state, status: 'closed', refund: { ...state.refund, due: event.data.due } };
    case 'RefundReceived-V1':
      return { ...state, refund: { ...state.refund, received: [...state.refund.received, event.data] } };
    case 'PermanenceSaid-V1':
      return { ...state, permanence: event.data };
  }
};

const report = (state: AgreementState, id: string, change: (report: GivenReport) => GivenReport): AgreementState => ({
  ...state,
  reports: state.reports.map((one) => (one.id === id ? change(one) : one)),
});
