import { ok, type Result, refuse } from '#platform/result.ts';
import type { Frame } from './frame.ts';
import { type Configuration, configurations, type StateAgency } from './frame.ts';
import { byRule, departures } from './rule.ts';
import { type StepTable, stepFrom } from './step-table.ts';

/**
 * An ARS or a DREETS tells the ministry that it will run a call. One for each organiser and edition.
 * The message leaves from the mailbox of its director: the site prepares it, and writes down that it was sent.
 */
export const declarationStatuses = ['absent', 'draft', 'sent', 'withdrawn'] as const;
export type DeclarationStatus = (typeof declarationStatuses)[number];

export const declarationRoles = ['organiser', 'reader', 'ministry', 'other'] as const;
export type DeclarationRole = (typeof declarationRoles)[number];

export const declarationCommands = ['write', 'recordSending', 'changeReferent', 'withdraw'] as const;
export type DeclarationCommand = (typeof declarationCommands)[number];

export type DeclarationGuard = 'agencyOfRegion' | 'referentNamed' | 'lateMotive';

/** Which command leads where, who may give it, under which conditions. What is not written is refused. */
export const declarationTable: StepTable<DeclarationStatus, DeclarationCommand, DeclarationRole, DeclarationGuard> = {
  write: {
    ...{ from: ['absent', 'draft', 'withdrawn'], to: 'draft', by: ['organiser'] },
    ...{ guards: ['agencyOfRegion', 'referentNamed'], words: 'Préparer la déclaration' },
  },
  recordSending: {
    ...{ from: ['draft'], to: 'sent', by: ['organiser'] },
    ...{ guards: ['referentNamed', 'lateMotive'], words: 'Noter que le message est parti' },
  },
  changeReferent: {
    ...{ from: ['sent'], to: 'same', by: ['organiser'] },
    ...{ guards: ['referentNamed'], words: 'Changer la personne référente' },
  },
  withdraw: { from: ['draft', 'sent'], to: 'withdrawn', by: ['organiser'], guards: [], words: 'Renoncer' },
};

export interface DeclarationState {
  readonly status: DeclarationStatus;
  readonly configuration: Configuration | null;
  /** Ids of the rows that hold who they are. */
  readonly director: string | null;
  readonly referent: string | null;
  /** ISO day on which the director’s message left. */
  readonly sentOn: string | null;
  readonly late: boolean;
  /** Id of the row that says why it is late. */
  readonly motive: string | null;
}

export const noDeclaration: DeclarationState = {
  ...{ status: 'absent', configuration: null, director: null, referent: null, sentOn: null, late: false, motive: null },
};

export type DeclarationEvent =
  | {
      readonly type: 'DeclarationWritten-V1';
      readonly data: { readonly configuration: Configuration; readonly director: string; readonly referent: string };
    }
  | {
      readonly type: 'DeclarationSent-V1';
      readonly data: { readonly on: string; readonly late: boolean; readonly motive: string | null };
    }
  | { readonly type: 'ReferentChanged-V1'; readonly data: { readonly referent: string } }
  | { readonly type: 'DeclarationWithdrawn-V1'; readonly data: { readonly reason: string | null } };

/** A command with the ids of the rows where its words were put. */
export type DeclarationOrder =
  | {
      readonly command: 'write';
      readonly configuration: string;
      readonly director?: string;
      readonly referent?: string;
    }
  | { readonly command: 'recordSending'; readonly on: Temporal.PlainDate; readonly motive?: string }
  | { readonly command: 'changeReferent'; readonly referent?: string }
  | { readonly command: 'withdraw'; readonly reason?: string };

export interface DeclarationSetting {
  readonly frame: Frame;
  readonly agency: StateAgency;
  readonly role: DeclarationRole;
  readonly today: Temporal.PlainDate;
}

/** What a command makes of a declaration. */
export const decideDeclaration = (
  state: DeclarationState,
  order: DeclarationOrder,
  { frame, agency, role, today }: DeclarationSetting,
): Result<readonly DeclarationEvent[]> => {
  const step = stepFrom(declarationTable[order.command], state.status, role);
  if (!step.ok) return step;
  switch (order.command) {
    case 'write': {
      const configuration = configurations.find((one) => one === order.configuration);
      if (!configuration || (configuration !== 'joint' && configuration !== agency)) return refuse(notThatOne);
      if (!order.referent || !order.director) return refuse(noReferent);
      const { director, referent } = order;
      return ok([{ type: 'DeclarationWritten-V1', data: { configuration, director, referent } }]);
    }
    case 'recordSending': {
      if (!state.referent) return refuse(noReferent);
      if (Temporal.PlainDate.compare(order.on, today) > 0) return refuse(notYetSent);
      const late = isLate(frame, order.on);
      const departed = departures(late ? ['R-21'] : [], order.motive);
      if (!departed.ok) return departed;
      const motive = departed.value[0]?.motive ?? null;
      return ok([{ type: 'DeclarationSent-V1', data: { on: order.on.toString(), late, motive } }]);
    }
    case 'changeReferent':
      return order.referent
        ? ok([{ type: 'ReferentChanged-V1', data: { referent: order.referent } }])
        : refuse(noReferent);
    case 'withdraw':
      return ok([{ type: 'DeclarationWithdrawn-V1', data: { reason: order.reason ?? null } }]);
  }
};

/** Pure. */
export const evolveDeclaration = (state: DeclarationState, { type, data }: DeclarationEvent): DeclarationState => {
  switch (type) {
    case 'DeclarationWritten-V1':
      return { ...noDeclaration, ...data, status: 'draft' };
    case 'DeclarationSent-V1':
      return { ...state, status: 'sent', sentOn: data.on, late: data.late, motive: data.motive };
    case 'ReferentChanged-V1':
      return { ...state, referent: data.referent };
    case 'DeclarationWithdrawn-V1':
      return { ...state, status: 'withdrawn' };
  }
};

/** Whether a message of that day comes after the day that the frame gives: flagged, never blocked. */
export const isLate = ({ deadlines }: Pick<Frame, 'deadlines'>, on: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(on, deadlines.declaration) > 0;

/** Whether one call by both is to be proposed: both said that they would run one. */
export const jointIsPossible = (statuses: readonly DeclarationStatus[]): boolean =>
  statuses.filter((status) => status === 'sent').length === 2;

const notThatOne = byRule('R-01', {
  code: 'configuration_not_yours',
  field: 'configuration',
  message: 'Choisissez un appel de votre propre administration, ou un appel commun.',
});
const noReferent = byRule('R-91', {
  code: 'referent_missing',
  field: 'referent_name',
  message: 'Nommez la personne référente, et la directrice ou le directeur qui envoie le message.',
});
const notYetSent = byRule('R-91', {
  code: 'not_yet_sent',
  field: 'on',
  message: 'Ce jour n’est pas encore arrivé : notez l’envoi une fois le message parti.',
});
