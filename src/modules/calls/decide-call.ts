import type { AgencyKind, Scope } from '#platform/permissions.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { broughtForward, type Calendar, datesPassed, orderedCalendar } from './calendar.ts';
import {
  type CallEvent,
  type CallRole,
  type CallSection,
  type CallState,
  callTable,
  type WordSection,
} from './call.ts';
import { type CallKindCode, kindOf, lacksOtherFunder, mayRun } from './call-kind.ts';
import {
  alreadyApproved,
  axesNotOfEdition,
  closed,
  configurationMismatch,
  noReason,
  noSpecification,
  notAllApproved,
  notDeclared,
  notOfTerritory,
  outside,
  referentsMissing,
  shortened,
  stateAlone,
} from './call-refusals.ts';
import { decideSelection, type SelectionFacts, type SelectionOrder } from './decide-selection.ts';
import { firstEnvelopes, type Money, minimumMet, soundEnvelopes, totalOf } from './envelope.ts';
import { agenciesOf, type Configuration, type Frame } from './frame.ts';
import { departures, type RuleNumber } from './rule.ts';
import { reload, stepFrom } from './step-table.ts';

/** A command, with the ids of the rows where its words were put. */
export type CallOrder =
  | {
      readonly command: 'open';
      readonly kind: CallKindCode;
      readonly slug: string;
      readonly configuration: Configuration | null;
      readonly agencies: readonly AgencyKind[];
      readonly territory: Scope;
      readonly motive?: string;
    }
  | ({ readonly command: 'write'; readonly seen: number; readonly motive?: string } & SectionOrder)
  | { readonly command: 'invite' | 'dismiss'; readonly partner: string }
  | { readonly command: 'remark'; readonly remark: string; readonly section: CallSection }
  | { readonly command: 'settleRemark'; readonly remark: string; readonly adopted: boolean }
  | { readonly command: 'submit' }
  | { readonly command: 'publish'; readonly motive?: string }
  | { readonly command: 'reopen' | 'cancel'; readonly reason?: string }
  | { readonly command: 'approve'; readonly agency: AgencyKind; readonly seen: number }
  | { readonly command: 'amend'; readonly text?: string; readonly calendar: Calendar }
  | SelectionOrder;

type SectionOrder =
  | { readonly section: 'axes'; readonly axes: readonly number[] }
  | { readonly section: 'territories'; readonly territories: readonly Scope[] }
  | { readonly section: 'calendar'; readonly calendar: Calendar }
  | { readonly section: 'money'; readonly money: Money }
  | {
      readonly section: WordSection;
      readonly id: string;
      readonly sha256: string;
      /** The recommendations that these words leave out. */
      readonly leftOut: readonly RuleNumber[];
    };

/** What a decision knows of the world. */
export interface CallSetting {
  readonly frame: Frame;
  readonly role: CallRole;
  /** The organisers in whose name the actor may approve. */
  readonly approvesFor: readonly AgencyKind[];
  readonly now: Temporal.Instant;
  /** Whether a territory lies in that of the call. */
  readonly inside: (territory: Scope) => boolean;
  /** The State organisers who have told the ministry, with their referent. */
  readonly declared: readonly AgencyKind[];
  /** Both have told it: one joint call is advised. */
  readonly jointPossible: boolean;
  /** Of the actors whom the frame recommends, those of whom nobody was invited to write the call. */
  readonly leftOut: readonly string[];
  /** Where the files, the sessions, the decisions and the letters stand; known to the commands that ask. */
  readonly selection?: SelectionFacts;
}

/** What a command makes of a call. */
export const decideCall = (state: CallState, order: CallOrder, setting: CallSetting): Result<readonly CallEvent[]> => {
  const step = stepFrom(callTable[order.command], state.status, setting.role);
  if (!step.ok) return step;
  switch (order.command) {
    case 'open':
      return open(order, setting);
    case 'write':
      return write(state, order, setting);
    case 'invite':
      return ok([{ type: 'PartnerInvited-V1', data: { partner: order.partner } }]);
    case 'dismiss':
      return ok([{ type: 'PartnerDismissed-V1', data: { partner: order.partner } }]);
    case 'remark':
      return ok([{ type: 'RemarkMade-V1', data: { remark: order.remark, section: order.section } }]);
    case 'settleRemark':
      return ok([{ type: 'RemarkSettled-V1', data: { remark: order.remark, adopted: order.adopted } }]);
    case 'submit': {
      const whole = complete(state, setting);
      return whole.ok ? ok([{ type: 'CallSubmitted-V1', data: {} }]) : whole;
    }
    case 'reopen':
      return order.reason ? ok([{ type: 'CallReopened-V1', data: { reason: order.reason } }]) : refuse(noReason);
    case 'approve': {
      if (order.seen !== lastWritten(state)) return refuse(reload);
      if (!state.agencies.includes(order.agency) || !setting.approvesFor.includes(order.agency))
        return refuse(notOfTerritory(kindOf(state.kind).framed));
      if (state.approvals.includes(order.agency)) return refuse(alreadyApproved);
      return ok([{ type: 'CallApproved-V1', data: { agency: order.agency } }]);
    }
    case 'publish':
      return publish(state, order, setting);
    case 'amend':
      return amend(state, order, setting);
    case 'cancel':
      return order.reason ? ok([{ type: 'CallCancelled-V1', data: { reason: order.reason } }]) : refuse(noReason);
    default:
      return decideSelection(state, order, setting);
  }
};

/** The version at which any part was last written: what an approval approves. */
export const lastWritten = ({ written }: CallState): number => Math.max(0, ...Object.values(written));

type Order<Command> = Extract<CallOrder, { command: Command }>;

const open = (
  { kind, slug, configuration, agencies, territory, motive }: Order<'open'>,
  { frame, declared, jointPossible, approvesFor }: CallSetting,
): Result<readonly CallEvent[]> => {
  const { framed } = kindOf(kind);
  if (agencies.length === 0 || !agencies.every((agency) => mayRun(kind, agency, territory)))
    return refuse(notOfTerritory(framed));
  if (!agencies.some((agency) => approvesFor.includes(agency))) return refuse(notOfTerritory(framed));
  if (lacksOtherFunder(kind, agencies)) return refuse(stateAlone);
  if (framed !== (configuration !== null)) return refuse(configurationMismatch(framed));
  if (configuration) {
    const wanted = agenciesOf(configuration);
    if (wanted.length !== agencies.length || !wanted.every((agency) => agencies.includes(agency)))
      return refuse(configurationMismatch(framed));
    if (!wanted.every((agency) => declared.includes(agency))) return refuse(notDeclared);
  }
  const alone = configuration !== null && configuration !== 'joint' && jointPossible;
  const departed = departures(alone ? ['R-13'] : [], motive);
  if (!departed.ok) return departed;
  const { edition, version } = frame;
  return ok([
    {
      type: 'CallOpened-V1',
      data: { slug, kind, frame: { edition, version }, configuration, agencies, territory, departures: departed.value },
    },
    ...(framed ? [{ type: 'AxesChosen-V1' as const, data: { axes: frame.axes.map(({ number }) => number) } }] : []),
    ...(framed
      ? [
          {
            type: 'MoneySet-V1' as const,
            data: { money: { envelopes: firstEnvelopes(frame, agencies), pooled: false, shown: false } },
          },
        ]
      : []),
  ]);
};

const write = (state: CallState, order: Order<'write'>, setting: CallSetting): Result<readonly CallEvent[]> => {
  if (order.seen !== (state.written[order.section] ?? 0)) return refuse(reload);
  switch (order.section) {
    case 'axes': {
      const sound = soundAxes(order.axes, state, setting.frame);
      return sound.ok ? ok([{ type: 'AxesChosen-V1', data: { axes: sound.value } }]) : sound;
    }
    case 'territories':
      return order.territories.every(setting.inside)
        ? ok([{ type: 'TerritoriesTargeted-V1', data: { territories: [...new Set(order.territories)] } }])
        : refuse(outside(kindOf(state.kind).framed));
    case 'calendar': {
      const departed = soundCalendar(state, order.calendar, order.motive, setting.frame);
      if (!departed.ok) return departed;
      return ok([{ type: 'CalendarSet-V1', data: { calendar: order.calendar, departures: departed.value } }]);
    }
    case 'money': {
      const frame = kindOf(state.kind).framed ? setting.frame : undefined;
      const sound = soundEnvelopes(order.money.envelopes, state.agencies, frame);
      if (!sound.ok) return sound;
      // The frame gives a regional call its lines; elsewhere, a line where nothing is put is no line.
      const envelopes = sound.value.filter((one) => frame || totalOf(one) > 0);
      return ok([{ type: 'MoneySet-V1', data: { money: { ...order.money, envelopes } } }]);
    }
    default: {
      const { section, id, sha256 } = order;
      const departed = departures(kindOf(state.kind).framed ? order.leftOut : [], order.motive);
      if (!departed.ok) return departed;
      return ok([{ type: 'WordsWritten-V1', data: { section, id, sha256, departures: departed.value } }]);
    }
  }
};

/** The axes keep their official numbers; a subset of those of the edition, one at least (R-40, R-41; I-13). */
const soundAxes = (axes: readonly number[], { kind }: CallState, frame: Frame): Result<readonly number[]> => {
  const chosen = [...new Set(axes)].sort((a, b) => a - b);
  const known = chosen.every((axis) => frame.axes.some(({ number }) => number === axis));
  const { framed } = kindOf(kind);
  return known && (chosen.length > 0 || !framed) ? ok(chosen) : refuse(axesNotOfEdition(framed));
};

const soundCalendar = (
  { kind }: CallState,
  calendar: Calendar,
  motive: string | undefined,
  frame: Frame,
): ReturnType<typeof departures> => {
  const { framed } = kindOf(kind);
  const ordered = orderedCalendar(calendar, framed);
  return ordered.ok ? departures(framed ? datesPassed(calendar, frame) : [], motive) : ordered;
};

const complete = (state: CallState, { frame, inside }: CallSetting): Result<undefined> => {
  const { framed } = kindOf(state.kind);
  const axes = soundAxes(state.axes, state, frame);
  if (!axes.ok) return axes;
  if (!state.territories.every(inside)) return refuse(outside(framed));
  if (!state.calendar || !state.words.specification) return refuse(noSpecification);
  const ordered = orderedCalendar(state.calendar, framed);
  return ordered.ok ? ok(undefined) : ordered;
};

const publish = (
  state: CallState,
  { motive }: Order<'publish'>,
  setting: CallSetting,
): Result<readonly CallEvent[]> => {
  const { configuration, money, agencies, approvals, calendar } = state;
  const { frame, declared, now } = setting;
  if (configuration) {
    const enough = minimumMet(money.envelopes, frame, configuration);
    if (!enough.ok) return enough;
    if (!agencies.every((agency) => declared.includes(agency))) return refuse(referentsMissing);
  }
  if (!agencies.every((agency) => approvals.includes(agency))) return refuse(notAllApproved(kindOf(state.kind).framed));
  if (!calendar || Temporal.Instant.compare(now, calendar.closesAt) >= 0) return refuse(closed);
  const departed = departures(publicationDeparts(state, setting), motive);
  if (!departed.ok) return departed;
  return ok([{ type: 'CallPublished-V1', data: departed.value.length > 0 ? { departures: departed.value } : {} }]);
};

/**
 * The recommendations that a call published now would leave aside, each once: alone where both could run it together,
 * without all the actors recommended for its steering.
 */
export const publicationDeparts = (
  { kind, configuration, departures: known }: Pick<CallState, 'kind' | 'configuration' | 'departures'>,
  { jointPossible, leftOut }: Pick<CallSetting, 'jointPossible' | 'leftOut'>,
): readonly RuleNumber[] => {
  if (!kindOf(kind).framed) return [];
  const alone = configuration !== null && configuration !== 'joint' && jointPossible;
  const said = known.some(({ rule }) => rule === 'R-13');
  return [...(alone && !said ? (['R-13'] as const) : []), ...(leftOut.length > 0 ? (['R-70'] as const) : [])];
};

const amend = (
  state: CallState,
  { text, calendar }: Order<'amend'>,
  { frame, now }: CallSetting,
): Result<readonly CallEvent[]> => {
  if (!text) return refuse(noReason);
  if (!state.calendar || Temporal.Instant.compare(now, state.calendar.closesAt) >= 0) return refuse(closed);
  const before = { ...state.calendar };
  const after: Calendar = { ...calendar, zone: before.zone, opensAt: before.opensAt };
  const field = broughtForward(before, after);
  if (field) return refuse(shortened(field));
  const departed = soundCalendar(state, after, text, frame);
  if (!departed.ok) return departed;
  return ok([{ type: 'CallAmended-V1', data: { text, calendar: after, departures: departed.value } }]);
};
