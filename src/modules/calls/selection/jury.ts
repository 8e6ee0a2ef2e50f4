import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { byRule } from '../rule.ts';
import { reload, type StepTable, stepFrom } from '../step-table.ts';

/** In what quality somebody sits: funders and operators are told apart in the decision. */
export const jurorQualities = {
  funder: 'Financeur',
  operator: 'Opérateur',
  partner: 'Partenaire',
  expert: 'Expert ou experte',
  user: 'Usager, usagère',
} as const;
export type JurorQuality = keyof typeof jurorQualities;

/** Who votes, who gives an opinion. */
export const voices = { deliberative: 'Voix délibérative', consultative: 'Voix consultative' } as const;
export type Voice = keyof typeof voices;

export interface JuryMember {
  readonly id: string;
  readonly quality: JurorQuality;
  readonly voice: Voice;
  /** Of the actors that the frame recommends; empty for another. */
  readonly group: string;
  readonly sits: boolean;
}

/** What a jury is, in the words of the journal. */
export interface JuryState {
  readonly members: readonly JuryMember[];
  readonly president: string | null;
  /** Acts for the president on the files from which they are recused. */
  readonly delegate: string | null;
  /** Id of the row that names the existing body that the jury is. */
  readonly body: string | null;
  /** The recommended actors who were left out, and the row that says why. */
  readonly settled: { readonly leftOut: readonly string[]; readonly motive: string | null } | null;
}

export const noJury: JuryState = { members: [], president: null, delegate: null, body: null, settled: null };

export const juryRoles = ['organiser', 'president', 'self', 'other'] as const;
export type JuryRole = (typeof juryRoles)[number];
type JuryStatus = 'composing' | 'settled';
type JuryCommand = 'invite' | 'leave' | 'preside' | 'delegate' | 'pointTo' | 'settle';
type JuryGuard = 'notInvitedYet' | 'sits' | 'notThePresident' | 'presidentNamed' | 'departuresSaid';

const both: readonly JuryStatus[] = ['composing', 'settled'];

/** Who may change a jury (I-4). Nothing of it opens a file: interests do. */
export const juryTable: StepTable<JuryStatus, JuryCommand, JuryRole, JuryGuard> = {
  invite: { from: both, to: 'same', by: ['organiser'], guards: ['notInvitedYet'], words: 'Inviter au jury' },
  leave: { from: both, to: 'same', by: ['organiser', 'self'], guards: ['sits'], words: 'Quitter le jury' },
  preside: { from: both, to: 'same', by: ['organiser'], guards: ['sits'], words: 'Nommer la présidence' },
  delegate: {
    ...{ from: both, to: 'same', by: ['president'], guards: ['sits', 'notThePresident'] },
    words: 'Déléguer les candidatures dont la présidence se retire',
  },
  pointTo: { from: both, to: 'same', by: ['organiser'], guards: [], words: 'Désigner une instance qui existe déjà' },
  settle: {
    ...{ from: both, to: 'settled', by: ['organiser'], guards: ['presidentNamed', 'departuresSaid'] },
    words: 'Arrêter la composition',
  },
};

export type JuryOrder =
  | { readonly command: 'invite'; readonly member: Omit<JuryMember, 'sits'> }
  | { readonly command: 'leave' | 'preside' | 'delegate'; readonly member: string }
  | { readonly command: 'pointTo'; readonly body: string | null }
  | { readonly command: 'settle'; readonly motive: string | null };

/** What is journaled: ids and qualities, no name and no mailbox. */
export type JuryEvent =
  | { readonly type: 'JurorInvited-V1'; readonly data: Omit<JuryMember, 'sits'> }
  | {
      readonly type: 'JurorLeft-V1' | 'PresidentNamed-V1' | 'DelegateNamed-V1';
      readonly data: { readonly member: string };
    }
  | { readonly type: 'BodyPointedTo-V1'; readonly data: { readonly body: string | null } }
  | { readonly type: 'JurySettled-V1'; readonly data: NonNullable<JuryState['settled']> };

/** What a command makes of a jury. `groups`: the actors that the frame recommends; none for a call without a frame. */
export const decideJury = (
  state: JuryState,
  order: JuryOrder,
  { role, groups }: { readonly role: JuryRole; readonly groups: readonly string[] },
): Result<readonly JuryEvent[]> => {
  const step = stepFrom(juryTable[order.command], isSettled(state, groups) ? 'settled' : 'composing', role);
  if (!step.ok) return step;
  switch (order.command) {
    case 'invite':
      return ok([{ type: 'JurorInvited-V1', data: order.member }]);
    case 'leave':
      return sits(state, order.member)
        ? ok([{ type: 'JurorLeft-V1', data: { member: order.member } }])
        : refuse(reload);
    case 'preside':
      return sits(state, order.member)
        ? ok([{ type: 'PresidentNamed-V1', data: { member: order.member } }])
        : refuse(reload);
    case 'delegate':
      if (!sits(state, order.member)) return refuse(reload);
      return order.member === state.president
        ? refuse(notTwice)
        : ok([{ type: 'DelegateNamed-V1', data: { member: order.member } }]);
    case 'pointTo':
      return ok([{ type: 'BodyPointedTo-V1', data: { body: order.body } }]);
    case 'settle': {
      if (state.president === null) return refuse(noPresident);
      const leftOut = missingGroups(state, groups);
      if (leftOut.length > 0 && order.motive === null) return refuse(leftOutUnsaid);
      return ok([{ type: 'JurySettled-V1', data: { leftOut, motive: order.motive } }]);
    }
  }
};

/** What an event makes of a jury. */
export const evolveJury = (state: JuryState, event: JuryEvent): JuryState => {
  switch (event.type) {
    case 'JurorInvited-V1':
      return { ...state, members: [...state.members, { ...event.data, sits: true }] };
    case 'JurorLeft-V1': {
      const { member } = event.data;
      return {
        ...{ ...state, members: state.members.map((one) => (one.id === member ? { ...one, sits: false } : one)) },
        president: state.president === member ? null : state.president,
        delegate: state.delegate === member ? null : state.delegate,
      };
    }
    case 'PresidentNamed-V1': {
      const { member } = event.data;
      return { ...state, president: member, delegate: state.delegate === member ? null : state.delegate };
    }
    case 'DelegateNamed-V1':
      return { ...state, delegate: event.data.member };
    case 'BodyPointedTo-V1':
      return { ...state, body: event.data.body };
    case 'JurySettled-V1':
      return { ...state, settled: event.data };
  }
};

/** The recommended actors of whom nobody sits in a jury. */
export const missingGroups = ({ members }: JuryState, groups: readonly string[]): readonly string[] =>
  groups.filter((group) => !members.some((member) => member.sits && member.group === group));

/** Whether a jury is composed: somebody presides, and whoever of the recommended actors is missing was said why (I-14). */
export const isSettled = (state: JuryState, groups: readonly string[]): boolean =>
  state.settled !== null &&
  state.president !== null &&
  missingGroups(state, groups).every((group) => state.settled?.leftOut.includes(group));

const sits = ({ members }: JuryState, id: string): boolean => members.some((one) => one.id === id && one.sits);

const noPresident: Refusal = {
  code: 'president_missing',
  field: 'president',
  message: 'Nommez d’abord la présidence du jury : c’est elle qui peut lever un déport ou rouvrir une évaluation.',
};
const notTwice: Refusal = {
  code: 'president_delegates',
  field: 'member',
  message: 'La présidence délègue à une autre personne du jury.',
};
const leftOutUnsaid: Refusal = byRule('R-70', {
  code: 'motive_missing',
  field: 'motive',
  message: 'Des acteurs recommandés ne sont pas dans ce jury. C’est possible, en disant pourquoi : le motif reste.',
});

/** Fewer than this many deliberative voices on a file is said: a fact, that stops nothing. */
export const FEW_VOICES = 3;

/**
 * Whether somebody votes on a file: a sitting deliberative voice, not recused, and in whose name nothing is asked there: a
 * funder never votes on the plan of their own organisation, nor an operator.
 */
export const votesOn = (
  { sits: here, voice, quality }: Pick<JuryMember, 'sits' | 'voice' | 'quality'>,
  { hidden, ownApplies }: { readonly hidden: boolean; readonly ownApplies: boolean },
): boolean =>
  here && voice === 'deliberative' && !hidden && !(ownApplies && (quality === 'funder' || quality === 'operator'));
