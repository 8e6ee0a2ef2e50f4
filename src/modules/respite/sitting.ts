import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/**
 * The life of one evening or afternoon of solidarity baby-sitting: a family asks, the organisation that knows its volunteers
 * proposes one, both agree, and only then does each learn how to reach the other. `proposed`: nobody has answered yet.
 */
export const sittingStatuses = [
  'absent',
  'waiting',
  'proposed',
  'parentAgreed',
  'volunteerAgreed',
  'agreed',
  'closed',
] as const;
export type SittingStatus = (typeof sittingStatuses)[number];

/** `team`: whoever writes for the organisation. */
export const sittingRoles = ['parent', 'volunteer', 'team', 'other'] as const;
export type SittingRole = (typeof sittingRoles)[number];

export const sittingCommands = ['ask', 'propose', 'agree', 'decline', 'close'] as const;
export type SittingCommand = (typeof sittingCommands)[number];

type Ways = { readonly [Command in SittingCommand]?: { readonly [Role in SittingRole]?: SittingStatus } };

const endings: Ways = { close: { parent: 'closed', team: 'closed' } };
const undoing: Ways = { decline: { parent: 'waiting', volunteer: 'waiting', team: 'waiting' } };

/** Where each command leads, by who gives it. What is not written is refused. */
export const sittingTable: Readonly<Record<SittingStatus, Ways>> = {
  absent: { ask: { parent: 'waiting' } },
  waiting: { propose: { team: 'proposed' }, ...endings },
  proposed: { agree: { parent: 'parentAgreed', volunteer: 'volunteerAgreed' }, ...undoing, ...endings },
  parentAgreed: { agree: { volunteer: 'agreed' }, ...undoing, ...endings },
  volunteerAgreed: { agree: { parent: 'agreed' }, ...undoing, ...endings },
  agreed: { ...undoing, ...endings },
  closed: {},
};

/** What is journaled: who is who is an ordinary row, erased a week after the day. */
export interface SittingEvent {
  readonly type: `Sitting${string}-V1`;
  readonly data: { readonly command: SittingCommand; readonly role: SittingRole; readonly to: SittingStatus };
}

/** What a command makes of a sitting. Refuses what the table does not allow. */
export const decideSitting = (
  status: SittingStatus,
  command: SittingCommand,
  role: SittingRole,
): Result<readonly SittingEvent[]> => {
  const ways = sittingTable[status][command];
  if (!ways) return refuse(notNow);
  const to = ways[role];
  // Saying yes twice is no mistake worth a sentence of refusal; it is only late.
  if (!to) return refuse(command === 'agree' && (role === 'parent' || role === 'volunteer') ? notNow : notAllowed);
  return ok([{ type: types[command], data: { command, role, to } }]);
};

/** Pure. */
export const evolveSitting = (_: SittingStatus, { data }: Pick<SittingEvent, 'data'>): SittingStatus => data.to;

/** Whether each side may see how to reach the other: both said yes, and nobody took it back. */
export const showsContacts = (status: SittingStatus): boolean => status === 'agreed';

const types: Readonly<Record<SittingCommand, SittingEvent['type']>> = {
  ask: 'SittingAsked-V1',
  propose: 'SittingProposed-V1',
  agree: 'SittingAgreed-V1',
  decline: 'SittingDeclined-V1',
  close: 'SittingClosed-V1',
};

const notNow: Refusal = {
  code: 'not_now',
  message: 'Cela a changé entre-temps : rouvrez la page pour voir où en est la demande.',
};
