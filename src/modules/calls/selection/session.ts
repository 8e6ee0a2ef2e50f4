import type { StepTable } from '../step-table.ts';
import type { Amounts } from './allocation.ts';
import type { IssueCode } from './decision.ts';
import type { Voice } from './jury.ts';

/**
 * The life of a session of the jury. `signed`: its minutes are, and nothing of it changes any more. `cancelled`: it was not
 * held, and its files are free for another one.
 */
export const sessionStatuses = ['absent', 'convened', 'opened', 'closed', 'signed', 'cancelled'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** `manager`: an organiser’s agent who declared their interests, or the president. `juror`: who sits. */
export const sessionRoles = ['president', 'manager', 'juror', 'other'] as const;
export type SessionRole = (typeof sessionRoles)[number];

export const sessionCommands = [
  ...['convene', 'move', 'setAgenda', 'cancel', 'open', 'note', 'openItem', 'closeItem', 'skipItem', 'close'],
  'signMinutes',
] as const;
export type SessionCommand =
  | ('convene' | 'move' | 'setAgenda' | 'cancel' | 'open' | 'note' | 'openItem')
  | ('closeItem' | 'skipItem' | 'close' | 'signMinutes');

export type SessionGuard =
  | ('callSelecting' | 'filesEvaluated' | 'knownMembers' | 'quorumIfSet' | 'noItemOpen' | 'itemOpen')
  | ('exitsConfirmed' | 'notRecused' | 'onlyVoters' | 'issueOfKind' | 'everyItemSettled' | 'sameMinutes')
  | 'reasonGiven';

const runs: readonly SessionRole[] = ['president', 'manager'];

/** Which command leads where, who may give it, under which conditions. What is not written is refused. */
export const sessionTable: StepTable<SessionStatus, SessionCommand, SessionRole, SessionGuard> = {
  convene: {
    ...{ from: ['absent'], to: 'convened', by: runs, words: 'Convoquer la séance' },
    guards: ['callSelecting', 'filesEvaluated'],
  },
  move: {
    ...{ from: ['convened'], to: 'same', by: runs, words: 'Changer la date, l’heure ou le lieu', guards: [] },
  },
  setAgenda: {
    ...{ from: ['convened'], to: 'same', by: runs, words: 'Fixer l’ordre du jour', guards: ['filesEvaluated'] },
  },
  cancel: {
    ...{ from: ['convened'], to: 'cancelled', by: runs, words: 'Annuler la séance', guards: ['reasonGiven'] },
  },
  open: {
    ...{ from: ['convened'], to: 'opened', by: runs, words: 'Ouvrir la séance' },
    guards: ['knownMembers', 'quorumIfSet'],
  },
  note: {
    ...{ from: ['opened'], to: 'same', by: runs, words: 'Noter une arrivée ou un départ' },
    guards: ['knownMembers', 'noItemOpen'],
  },
  openItem: {
    ...{ from: ['opened'], to: 'same', by: runs, words: 'Ouvrir un point, les sorties étant confirmées' },
    guards: ['noItemOpen', 'exitsConfirmed', 'quorumIfSet', 'filesEvaluated'],
  },
  closeItem: {
    ...{ from: ['opened'], to: 'same', by: runs, words: 'Écrire ce que la séance dit du point' },
    guards: ['itemOpen', 'notRecused', 'onlyVoters', 'issueOfKind'],
  },
  skipItem: {
    ...{ from: ['opened'], to: 'same', by: runs, words: 'Reporter un point à une autre séance', guards: [] },
  },
  close: {
    ...{ from: ['opened'], to: 'closed', by: runs, guards: ['everyItemSettled'], words: 'Clore la séance' },
  },
  signMinutes: {
    ...{ from: ['closed'], to: 'signed', by: runs, guards: ['sameMinutes'], words: 'Signer le procès-verbal' },
  },
};

export const votes = { for: 'Pour', against: 'Contre', abstains: 'Abstention' } as const;
export type Vote = keyof typeof votes;

/** What the session said of one file: what it proposes to the organisers, who decide. */
export type ItemOutcome = {
  readonly issue: IssueCode;
  readonly amounts: Amounts;
  /** Members by their id; undefined: by consensus. */
  readonly votes: { readonly [member: string]: Vote } | null;
  /** Reserves, a motive, what is expected: id of its row. */
  readonly words: string | null;
};

export interface SessionItem {
  readonly application: string;
  readonly status: 'waiting' | 'open' | 'done' | 'skipped';
  /** Who was in the room when the point opened, and who had left it for this point. */
  readonly present: readonly string[];
  readonly out: readonly string[];
  readonly openedAt: string | null;
  readonly outcome: ItemOutcome | null;
}

export interface SessionState {
  readonly status: SessionStatus;
  readonly call: string;
  /** ISO instant, with the zone of the call. */
  readonly at: string;
  /** Id of the row that says where. */
  readonly place: string | null;
  readonly items: readonly SessionItem[];
  /** Members in the room, whoever is out for the point under way apart. */
  readonly present: readonly string[];
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  /** Who signed: their role, never their name. */
  readonly minutes: { readonly sha256: string; readonly by: 'president' | 'manager'; readonly at: string } | null;
  /** Of a cancelled session: id of the row that says why. Nowhere else: signed minutes are known by a hash of the state. */
  readonly reason?: string;
}

export const noSession: SessionState = {
  ...{ status: 'absent', call: '', at: '', place: null, items: [], present: [] },
  ...{ openedAt: null, closedAt: null, minutes: null },
};

/** A member of the jury as a session knows them: a pseudonym, a voice, files they are recused from, files they vote on. */
export interface SessionMember {
  readonly id: string;
  readonly voice: Voice;
  readonly recused: ReadonlySet<string>;
  readonly votesOn: ReadonlySet<string>;
}

type Plain = { readonly [name: string]: never };

/** What is journaled: ids, votes and amounts, no text and no name. */
export type SessionEvent =
  | {
      readonly type: 'SessionConvened-V1';
      readonly data: {
        readonly call: string;
        readonly at: string;
        readonly place: string | null;
        readonly agenda: readonly string[];
      };
    }
  | { readonly type: 'SessionMoved-V1'; readonly data: { readonly at: string; readonly place: string | null } }
  | { readonly type: 'AgendaSet-V1'; readonly data: { readonly agenda: readonly string[] } }
  | { readonly type: 'SessionCancelled-V1'; readonly data: { readonly reason: string } }
  | { readonly type: 'SessionOpened-V1' | 'PresenceNoted-V1'; readonly data: { readonly present: readonly string[] } }
  | {
      readonly type: 'ItemOpened-V1';
      readonly data: {
        readonly application: string;
        readonly present: readonly string[];
        readonly out: readonly string[];
      };
    }
  | {
      readonly type: 'ItemClosed-V1';
      readonly data: { readonly application: string } & ItemOutcome;
    }
  | { readonly type: 'ItemSkipped-V1'; readonly data: { readonly application: string } }
  | { readonly type: 'SessionClosed-V1'; readonly data: Plain }
  | {
      readonly type: 'MinutesSigned-V1';
      readonly data: { readonly sha256: string; readonly by: 'president' | 'manager' };
    };
