import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/**
 * The life of one family’s wish to meet others. `asked`: the mailbox has not answered yet, nobody sees anything. `waiting`:
 * counted, and shown to who animates groups there. `member`: of a group. `ended`: nothing is left that leads to anybody.
 */
export const seatStatuses = ['absent', 'asked', 'waiting', 'member', 'ended'] as const;
export type SeatStatus = (typeof seatStatuses)[number];

/** `parent`: who holds the word of a message. `team`: who writes for the organisation that animates. */
export const seatRoles = ['parent', 'team', 'moderator', 'other'] as const;
export type SeatRole = (typeof seatRoles)[number];

export const seatCommands = ['ask', 'confirm', 'accept', 'release', 'remove', 'leave'] as const;
export type SeatCommand = (typeof seatCommands)[number];

type Ways = { readonly [Command in SeatCommand]?: { readonly [Role in SeatRole]?: SeatStatus } };

/** Where each command leads, by who gives it. What is not written is refused. `release`: the group ends, not the wish. */
export const seatTable: Readonly<Record<SeatStatus, Ways>> = {
  absent: { ask: { parent: 'asked' } },
  asked: { confirm: { parent: 'waiting' }, leave: { parent: 'ended' } },
  waiting: { accept: { team: 'member' }, leave: { parent: 'ended' } },
  member: {
    release: { team: 'waiting', moderator: 'waiting' },
    remove: { team: 'ended' },
    leave: { parent: 'ended' },
  },
  ended: {},
};

/** What a command makes of a wish. Refuses what the table does not allow. */
export const decideSeat = (status: SeatStatus, command: SeatCommand, role: SeatRole): Result<SeatStatus> => {
  const ways = seatTable[status][command];
  if (!ways) return refuse(notNow);
  const to = ways[role];
  return to ? ok(to) : refuse(notAllowed);
};

const notNow: Refusal = {
  code: 'not_now',
  message: 'Cela a changé entre-temps : rouvrez la page pour voir où cela en est.',
};
