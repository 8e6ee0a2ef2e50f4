import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { ApplicationStatus } from '../application/application.ts';
import type { CallState } from '../call.ts';
import { noReason } from '../call-refusals.ts';
import type { Happened } from '../evolve-call.ts';
import { stepFrom } from '../step-table.ts';
import { issueOf, issuesOf } from './decision.ts';
import {
  type ItemOutcome,
  type SessionEvent,
  type SessionItem,
  type SessionMember,
  type SessionRole,
  type SessionState,
  sessionTable,
} from './session.ts';

/** A command on a session, with the ids of the rows where its words were put. */
export type SessionOrder =
  | {
      readonly command: 'convene';
      readonly at: string;
      readonly place: string | null;
      readonly agenda: readonly string[];
    }
  | { readonly command: 'move'; readonly at: string; readonly place: string | null }
  | { readonly command: 'setAgenda'; readonly agenda: readonly string[] }
  | { readonly command: 'cancel'; readonly reason: string | null }
  | { readonly command: 'open' | 'note'; readonly present: readonly string[] }
  | { readonly command: 'openItem'; readonly application: string; readonly out: readonly string[] }
  | { readonly command: 'closeItem'; readonly application: string; readonly outcome: ItemOutcome }
  | { readonly command: 'skipItem'; readonly application: string }
  | { readonly command: 'close' }
  | { readonly command: 'signMinutes'; readonly sha256: string };

/** What a session knows of the world. */
export interface SessionSetting {
  readonly role: SessionRole;
  readonly call: string;
  readonly state: Pick<CallState, 'status' | 'kind'>;
  readonly members: readonly SessionMember[];
  /** Files from which whoever acts is recused. */
  readonly recused: ReadonlySet<string>;
  /** Present deliberative members that the call asks for; undefined: not settled. */
  readonly quorum: number | undefined;
  readonly applications: ReadonlyMap<string, ApplicationStatus>;
  /** Hash of the minutes as they read now. */
  readonly minutes: string;
  readonly now: Temporal.Instant;
}

/** What a command makes of a session. */
export const decideSession = (
  state: SessionState,
  order: SessionOrder,
  setting: SessionSetting,
): Result<readonly SessionEvent[]> => {
  const step = stepFrom(sessionTable[order.command], state.status, setting.role);
  if (!step.ok) return step;
  switch (order.command) {
    case 'convene': {
      if (setting.state.status !== 'selecting') return refuse(notSelecting);
      const { at, place, agenda } = order;
      if (isPast(at, setting)) return refuse(alreadyPast);
      const sound = soundAgenda(agenda, setting);
      return sound.ok
        ? ok([{ type: 'SessionConvened-V1', data: { call: setting.call, at, place, agenda: sound.value } }])
        : sound;
    }
    case 'move': {
      const { at, place } = order;
      if (at !== state.at && isPast(at, setting)) return refuse(alreadyPast);
      return ok([{ type: 'SessionMoved-V1', data: { at, place } }]);
    }
    case 'cancel':
      return order.reason
        ? ok([{ type: 'SessionCancelled-V1', data: { reason: order.reason } }])
        : refuse({ ...noReason, message: 'Dites pourquoi la séance est annulée : le jury le lira.' });
    case 'setAgenda': {
      const sound = soundAgenda(order.agenda, setting);
      return sound.ok ? ok([{ type: 'AgendaSet-V1', data: { agenda: sound.value } }]) : sound;
    }
    case 'open':
    case 'note': {
      if (openItem(state)) return refuse(itemUnderWay);
      const present = knownMembers(order.present, setting);
      if (!present.ok) return present;
      const type = order.command === 'open' ? 'SessionOpened-V1' : 'PresenceNoted-V1';
      if (type === 'SessionOpened-V1' && !quorumMet(present.value, setting)) return refuse(noQuorum);
      return ok([{ type, data: { present: present.value } }]);
    }
    case 'openItem':
      return openOne(state, order, setting);
    case 'closeItem':
      return closeOne(state, order, setting);
    case 'skipItem': {
      const item = itemOf(state, order.application);
      if (!item || item.status === 'done') return refuse(noItem);
      return ok([{ type: 'ItemSkipped-V1', data: { application: order.application } }]);
    }
    case 'close':
      return state.items.some(({ status }) => status === 'waiting' || status === 'open')
        ? refuse(itemsLeft)
        : ok([{ type: 'SessionClosed-V1', data: {} }]);
    case 'signMinutes': {
      const { role } = setting;
      if (order.sha256 !== setting.minutes || (role !== 'president' && role !== 'manager')) return refuse(otherMinutes);
      return ok([{ type: 'MinutesSigned-V1', data: { sha256: order.sha256, by: role } }]);
    }
  }
};

/** Members present who are recused from a file: they leave before it opens. */
export const mustLeave = (
  { present }: Pick<SessionState, 'present'>,
  application: string,
  members: readonly SessionMember[],
): readonly string[] =>
  members.filter(({ id, recused }) => present.includes(id) && recused.has(application)).map(({ id }) => id);

/** Who votes on a file: those who deliberate on it, in the room, who are not recused from it. */
export const votersOf = (
  { application, present, out }: SessionItem,
  members: readonly SessionMember[],
): readonly string[] =>
  members
    .filter(
      ({ id, votesOn, recused }) =>
        votesOn.has(application) && !recused.has(application) && present.includes(id) && !out.includes(id),
    )
    .map(({ id }) => id);

/** What an event makes of a session. */
export const evolveSession = (state: SessionState, event: SessionEvent & Happened): SessionState => {
  const { type, data, recordedAt } = event;
  const now = recordedAt.toString();
  switch (type) {
    case 'SessionConvened-V1': {
      const { call, at, place, agenda } = data;
      return { ...state, call, at, place, status: 'convened', items: agenda.map(waiting) };
    }
    case 'SessionMoved-V1':
      return { ...state, ...data };
    case 'SessionCancelled-V1':
      return { ...state, status: 'cancelled', reason: data.reason };
    case 'AgendaSet-V1':
      return { ...state, items: data.agenda.map(waiting) };
    case 'SessionOpened-V1':
      return { ...state, status: 'opened', present: data.present, openedAt: now };
    case 'PresenceNoted-V1':
      return { ...state, present: data.present };
    case 'ItemOpened-V1': {
      const { application, present, out } = data;
      return withItem(state, application, { status: 'open', present, out, openedAt: now });
    }
    case 'ItemClosed-V1': {
      const { application, ...outcome } = data;
      return withItem(state, application, { status: 'done', outcome });
    }
    case 'ItemSkipped-V1':
      return withItem(state, data.application, { status: 'skipped' });
    case 'SessionClosed-V1':
      return { ...state, status: 'closed', closedAt: now };
    case 'MinutesSigned-V1':
      return { ...state, status: 'signed', minutes: { ...data, at: now } };
  }
};

const openOne = (
  state: SessionState,
  { application, out }: Extract<SessionOrder, { command: 'openItem' }>,
  setting: SessionSetting,
): Result<readonly SessionEvent[]> => {
  if (openItem(state)) return refuse(itemUnderWay);
  const item = itemOf(state, application);
  if (item?.status !== 'waiting' && item?.status !== 'skipped') return refuse(noItem);
  if (setting.applications.get(application) !== 'evaluated') return refuse(notEvaluated);
  const left = knownMembers(out, setting);
  if (!left.ok) return left;
  const missing = mustLeave(state, application, setting.members).filter((id) => !left.value.includes(id));
  if (missing.length > 0) return refuse(exitsMissing(missing.length));
  const gone = left.value.filter((id) => state.present.includes(id));
  const inRoom = state.present.filter((id) => !gone.includes(id));
  if (!quorumMet(inRoom, setting)) return refuse(noQuorum);
  return ok([{ type: 'ItemOpened-V1', data: { application, present: state.present, out: gone } }]);
};

const closeOne = (
  state: SessionState,
  { application, outcome }: Extract<SessionOrder, { command: 'closeItem' }>,
  { members, recused, state: call }: SessionSetting,
): Result<readonly SessionEvent[]> => {
  const item = itemOf(state, application);
  if (item?.status !== 'open') return refuse(noItem);
  if (recused.has(application)) return refuse(youAreOut);
  if (!issuesOf(call.kind).includes(outcome.issue)) return refuse(noIssue);
  if (issueOf(outcome.issue).asks && !outcome.words) return refuse(noWords);
  const voters = votersOf(item, members);
  if (outcome.votes && !Object.keys(outcome.votes).every((member) => voters.includes(member))) return refuse(notVoter);
  if (outcome.votes && Object.keys(outcome.votes).length === 0) return refuse(noVote);
  const amounts = issueOf(outcome.issue).gives ? outcome.amounts : {};
  return ok([{ type: 'ItemClosed-V1', data: { application, ...outcome, amounts } }]);
};

const soundAgenda = (agenda: readonly string[], { applications }: SessionSetting): Result<readonly string[]> => {
  const points = [...new Set(agenda)];
  if (points.length === 0) return refuse(noAgenda);
  return points.every((id) => applications.get(id) === 'evaluated') ? ok(points) : refuse(notEvaluated);
};

/** A moment is said to the minute: the one under way is not past. */
const isPast = (at: string, { now }: SessionSetting): boolean =>
  Temporal.Instant.compare(at, now.round({ smallestUnit: 'minute', roundingMode: 'floor' })) < 0;

const knownMembers = (asked: readonly string[], { members }: SessionSetting): Result<readonly string[]> => {
  const known = members.filter(({ id }) => asked.includes(id)).map(({ id }) => id);
  return known.length === new Set(asked).size ? ok(known) : refuse(unknownMember);
};

const quorumMet = (inRoom: readonly string[], { members, quorum }: SessionSetting): boolean =>
  quorum === undefined ||
  members.filter(({ id, voice }) => voice === 'deliberative' && inRoom.includes(id)).length >= quorum;

const openItem = ({ items }: SessionState): SessionItem | undefined => items.find(({ status }) => status === 'open');
const itemOf = ({ items }: SessionState, application: string): SessionItem | undefined =>
  items.find((item) => item.application === application);
const waiting = (application: string): SessionItem => ({
  ...{ application, status: 'waiting', present: [], out: [], openedAt: null, outcome: null },
});
const withItem = (state: SessionState, application: string, more: Partial<SessionItem>): SessionState => ({
  ...state,
  items: state.items.map((item) => (item.application === application ? { ...item, ...more } : item)),
});

const notSelecting: Refusal = { code: 'not_selecting', message: 'Une séance se convoque pendant la sélection.' };
const alreadyPast: Refusal = {
  ...{ code: 'already_past', field: 'at' },
  message: 'Ce moment est déjà passé : donnez un jour et une heure à venir.',
};
const noAgenda: Refusal = {
  ...{ code: 'agenda_empty', field: 'agenda' },
  message: 'Choisissez au moins une candidature.',
};
const notEvaluated: Refusal = {
  ...{ code: 'not_evaluated', field: 'agenda' },
  message: 'La séance parle des candidatures dont les évaluations sont closes, et une seule fois de chacune.',
};
const unknownMember: Refusal = {
  ...{ code: 'unknown_member', field: 'present' },
  message: 'Une de ces personnes ne fait plus partie du jury. Rechargez la page.',
};
const itemUnderWay: Refusal = { code: 'item_open', message: 'Un point est en cours : terminez-le d’abord.' };
const noItem: Refusal = { code: 'no_item', message: 'Ce point n’est pas à traiter maintenant. Rechargez la page.' };
const exitsMissing = (count: number): Refusal => ({
  ...{ code: 'exits_missing', field: 'out' },
  message: `${count === 1 ? 'Une personne doit' : `${count} personnes doivent`} sortir avant que le point s’ouvre : confirmez leur sortie.`,
});
const youAreOut: Refusal = {
  code: 'recused',
  message: 'Vous êtes en déport pour ce point : quelqu’un d’autre écrit ce que la séance en dit.',
};
const noQuorum: Refusal = {
  ...{ code: 'no_quorum', field: 'present' },
  message: 'Le nombre de membres à voix délibérative fixé par cet appel n’est pas atteint.',
};
const noIssue: Refusal = { code: 'issue_missing', field: 'issue', message: 'Choisissez ce que la séance propose.' };
const noWords: Refusal = { code: 'words_missing', field: 'words', message: 'Écrivez le motif, ou ce qui est attendu.' };
const notVoter: Refusal = {
  code: 'not_a_voter',
  message: 'Seules votent les personnes à voix délibérative, présentes et sans déport sur ce point.',
};
const noVote: Refusal = { code: 'votes_missing', field: 'votes', message: 'Notez au moins un vote, ou le consensus.' };
const itemsLeft: Refusal = {
  code: 'items_left',
  message: 'Il reste des points à traiter ou à reporter avant de clore la séance.',
};
const otherMinutes: Refusal = {
  code: 'journal_conflict',
  message: 'Le procès-verbal n’est plus celui que vous avez lu. Rechargez la page, relisez-le, puis signez.',
};
