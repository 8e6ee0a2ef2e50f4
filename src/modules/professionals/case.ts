import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/**
 * Something that the moderators of a territory decide, journaled: a new registration, a new version of one, a correction
 * that somebody proposes, the claim of an imported listing, two listings that may be one.
 */
export const caseKinds = ['registration', 'correction', 'claim', 'duplicate'] as const;
export type CaseKind = (typeof caseKinds)[number];

/** `published`: visible already, and read afterwards. `undone`: it was accepted, and taken back. */
export const caseStatuses = ['absent', 'waiting', 'published', 'accepted', 'refused', 'withdrawn', 'undone'] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** `author`: who proposes; `trusted`: an author whose changes appear at once; `moderator`: of the territory. */
export const caseRoles = ['author', 'trusted', 'moderator', 'other'] as const;
export type CaseRole = (typeof caseRoles)[number];

/**
 * `supersede`: the author sends a newer version, which is another case. `prove`: the author of a claim gives the code that a
 * letter brought, which the house has checked.
 */
export const caseCommands = [
  'propose',
  'publish',
  'prove',
  'accept',
  'refuse',
  'withdraw',
  'supersede',
  'undo',
] as const;
export type CaseCommand = (typeof caseCommands)[number];

interface Change {
  readonly to: CaseStatus;
  readonly by: readonly CaseRole[];
}

/** Which command leads where, and who may give it. What is not written is refused. */
export const caseTable: Readonly<Record<CaseStatus, { readonly [Command in CaseCommand]?: Change }>> = {
  absent: {
    propose: { to: 'waiting', by: ['author', 'trusted', 'moderator'] },
    publish: { to: 'published', by: ['trusted', 'moderator'] },
  },
  waiting: {
    prove: { to: 'published', by: ['author'] },
    accept: { to: 'accepted', by: ['moderator'] },
    refuse: { to: 'refused', by: ['moderator'] },
    withdraw: { to: 'withdrawn', by: ['author', 'trusted'] },
    supersede: { to: 'withdrawn', by: ['author', 'trusted'] },
  },
  published: {
    accept: { to: 'accepted', by: ['moderator'] },
    refuse: { to: 'refused', by: ['moderator'] },
    supersede: { to: 'withdrawn', by: ['author', 'trusted'] },
    undo: { to: 'undone', by: ['moderator'] },
  },
  accepted: { undo: { to: 'undone', by: ['moderator'] } },
  refused: {},
  withdrawn: {},
  undone: {},
};

/** What can be taken back: what was accepted is otherwise changed by another proposal. */
const undoable: ReadonlySet<CaseKind> = new Set(['duplicate', 'claim']);

/** What is journaled: no text of anybody. */
export interface CaseEvent {
  readonly type: `Case${string}-V1`;
  readonly data: {
    readonly command: CaseCommand;
    readonly to: CaseStatus;
    readonly kind: CaseKind;
    /** Id of the row that holds the reason. */
    readonly reason: string | null;
  };
}

export interface CaseState {
  readonly status: CaseStatus;
  readonly kind: CaseKind;
}

export interface CaseOrder {
  readonly command: CaseCommand;
  readonly role: CaseRole;
  readonly kind: CaseKind;
  /** The moderator is who proposes: nobody decides on their own proposal. */
  readonly own?: boolean;
  /** Id of the reason’s row: asked of whoever refuses, entrusts a listing without other proof, or takes one back. */
  readonly reason?: string;
}

export const noCase: CaseState = { status: 'absent', kind: 'registration' };

/** What a command makes of a case. Refuses what the table does not allow, and a refusal without its reason. */
export const decideCase = (
  state: CaseState,
  { command, role, kind, own, reason }: CaseOrder,
): Result<readonly CaseEvent[]> => {
  const change = caseTable[state.status][command];
  if (!change) return refuse(state.status === 'absent' ? noSuchCase : alreadyDecided);
  if (!change.by.includes(role)) return refuse(notAllowed);
  if (own && (command === 'accept' || command === 'refuse')) return refuse(ownProposal);
  if (command === 'undo' && !undoable.has(state.kind)) return refuse(cannotUndo);
  if (command === 'prove' && state.kind !== 'claim') return refuse(notAllowed);
  if (reason === undefined && needsReason(state, command)) return refuse(reasonMissing);
  const known = state.status === 'absent' ? kind : state.kind;
  return ok([{ type: eventTypes[command], data: { command, to: change.to, kind: known, reason: reason ?? null } }]);
};

/** A listing is entrusted to somebody by their proof, or by a motive; and taken from somebody by a motive. */
const needsReason = ({ kind, status }: CaseState, command: CaseCommand): boolean =>
  command === 'refuse' || (kind === 'claim' && (command === 'undo' || (command === 'accept' && status === 'waiting')));

/** Pure. */
export const evolveCase = (_: CaseState, { data }: CaseEvent): CaseState => ({ status: data.to, kind: data.kind });

const eventTypes: Readonly<Record<CaseCommand, CaseEvent['type']>> = {
  propose: 'CaseProposed-V1',
  publish: 'CasePublished-V1',
  prove: 'CaseProved-V1',
  accept: 'CaseAccepted-V1',
  refuse: 'CaseRefused-V1',
  withdraw: 'CaseWithdrawn-V1',
  supersede: 'CaseSuperseded-V1',
  undo: 'CaseUndone-V1',
};

export const noSuchCase: Refusal = { code: 'no_such_case', message: 'Cette proposition n’existe pas.' };
const alreadyDecided: Refusal = {
  code: 'already_decided',
  message: 'Quelqu’un a déjà décidé. Relisez la page : rien n’a été changé de votre côté.',
};
const ownProposal: Refusal = {
  code: 'own_proposal',
  message: 'C’est votre propre proposition : une autre personne doit la relire.',
};
const cannotUndo: Refusal = {
  code: 'cannot_undo',
  message: 'Cela ne se reprend pas d’un geste : proposez plutôt un nouveau changement.',
};
const reasonMissing: Refusal = {
  code: 'reason_missing',
  field: 'reason',
  message: 'Dites pourquoi : la personne qui propose le lira.',
};
