import type { CallEvent, CallSection, CallState } from './call.ts';
import type { Departure } from './rule.ts';
import { toppedUp } from './selection/allocation.ts';

/** What the journal adds to an event. */
export interface Happened {
  readonly version: number;
  readonly recordedAt: Temporal.Instant;
}

/** What an event makes of a call. Pure: the state rebuilt from the journal is the state that is kept (I-16). */
export const evolveCall = (state: CallState, event: CallEvent & Happened): CallState => {
  const { type, data, version, recordedAt } = event;
  switch (type) {
    case 'CallOpened-V1': {
      const { departures, ...opened } = data;
      return { ...state, ...opened, status: 'drafting', departures: departed(state, 'opening', departures) };
    }
    case 'AxesChosen-V1':
      return { ...state, axes: data.axes, written: { ...state.written, axes: version } };
    case 'TerritoriesTargeted-V1':
      return { ...state, territories: data.territories, written: { ...state.written, territories: version } };
    case 'CalendarSet-V1':
      return {
        ...{ ...state, calendar: data.calendar, written: { ...state.written, calendar: version } },
        departures: departed(state, 'calendar', data.departures),
      };
    case 'MoneySet-V1':
      return { ...state, money: data.money, written: { ...state.written, money: version } };
    case 'WordsWritten-V1': {
      const { section, id, sha256, departures } = data;
      return {
        ...{ ...state, words: { ...state.words, [section]: { id, sha256 } } },
        ...{ written: { ...state.written, [section]: version }, departures: departed(state, section, departures) },
      };
    }
    case 'CallSubmitted-V1':
      return { ...state, status: 'submitted' };
    case 'CallReopened-V1':
      return { ...state, status: 'drafting', approvals: [] };
    case 'CallApproved-V1':
      return { ...state, approvals: [...state.approvals, data.agency] };
    case 'CallPublished-V1':
      return {
        ...{ ...state, status: 'published', publishedAt: recordedAt.toString() },
        departures: departed(state, 'publication', data.departures ?? []),
      };
    case 'CallAmended-V1': {
      const { text, calendar, departures } = data;
      const amendment = { text, at: recordedAt.toString(), closesAt: calendar.closesAt };
      return {
        ...{ ...state, calendar, amendments: [...state.amendments, amendment] },
        departures: departed(state, 'amendment', departures, true),
      };
    }
    case 'CallCancelled-V1':
      return { ...state, status: 'cancelled', reason: data.reason };
    case 'EnvelopeToppedUp-V1':
      return { ...state, money: { ...state.money, envelopes: toppedUp(state.money.envelopes, data) } };
    case 'SelectionStarted-V1':
      return { ...state, status: 'selecting', selection: { at: recordedAt.toString(), reason: data.reason } };
    case 'ResultsFixed-V1':
      return { ...state, status: 'decided', results: { ...data, at: recordedAt.toString(), notifiedAt: null } };
    case 'ResultsNotified-V1':
      return {
        ...{ ...state, status: 'notified' },
        ...(state.results ? { results: { ...state.results, ...data, notifiedAt: recordedAt.toString() } } : {}),
      };
    case 'CallFinished-V1':
      return { ...state, status: 'finished' };
    case 'PartnerInvited-V1':
      return { ...state, partners: [...state.partners, data.partner] };
    case 'PartnerDismissed-V1':
      return { ...state, partners: state.partners.filter((partner) => partner !== data.partner) };
    case 'RemarkMade-V1':
    case 'RemarkSettled-V1':
      return state;
  }
};

/** A part written again departs anew: what it departed from before stays in the journal. */
const departed = (
  { departures }: CallState,
  section: CallSection | 'opening' | 'amendment' | 'publication',
  added: readonly Departure[],
  keeps = false,
): CallState['departures'] => [
  ...departures.filter((one) => keeps || one.section !== section),
  ...added.map((departure) => ({ ...departure, section })),
];
