import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/**
 * The life of an attestation: the right to show the badge « professionnel des 1000 premiers jours ». Given on registration
 * (document 001: « en s’enregistrant en ligne, chacun peut […] utiliser le logo »), reviewed before or after, as the
 * territory sets. `absent`: not asked for yet.
 */
export const attestationStatuses = [
  'absent',
  'requested',
  'given',
  'disputed',
  'refused',
  'withdrawn',
  'expired',
] as const;
export type AttestationStatus = (typeof attestationStatuses)[number];

/** Who acts on it. `holder`: owner or editor of the registration; `moderator`: of its territory; `system`: the house. */
export const attestationRoles = ['holder', 'moderator', 'system', 'other'] as const;
export type AttestationRole = (typeof attestationRoles)[number];

export const attestationCommands = [
  'request',
  'give',
  'refuse',
  'dispute',
  'clear',
  'withdraw',
  'giveUp',
  'expire',
  'renew',
] as const;
export type AttestationCommand = (typeof attestationCommands)[number];

interface Change {
  readonly to: AttestationStatus;
  readonly by: readonly AttestationRole[];
}

/** Which command leads where, and who may give it. What is not written is refused. */
export const attestationTable: Readonly<
  Record<AttestationStatus, { readonly [Command in AttestationCommand]?: Change }>
> = {
  absent: { request: { to: 'requested', by: ['holder'] } },
  requested: {
    // The house gives it at once where the territory reviews afterwards.
    give: { to: 'given', by: ['moderator', 'system'] },
    refuse: { to: 'refused', by: ['moderator'] },
    giveUp: { to: 'withdrawn', by: ['holder'] },
  },
  given: {
    dispute: { to: 'disputed', by: ['moderator'] },
    withdraw: { to: 'withdrawn', by: ['moderator'] },
    giveUp: { to: 'withdrawn', by: ['holder'] },
    expire: { to: 'expired', by: ['system'] },
    renew: { to: 'given', by: ['holder'] },
  },
  disputed: {
    clear: { to: 'given', by: ['moderator'] },
    withdraw: { to: 'withdrawn', by: ['moderator'] },
    giveUp: { to: 'withdrawn', by: ['holder'] },
    expire: { to: 'expired', by: ['system'] },
  },
  refused: { request: { to: 'requested', by: ['holder'] } },
  withdrawn: {},
  expired: { renew: { to: 'given', by: ['holder'] }, withdraw: { to: 'withdrawn', by: ['moderator'] } },
};

/** For how long it is given, and given again: whoever is still there says so once a year. */
export const VALID_MONTHS = 12;

/** What is journaled. The reason is an ordinary row: a text about somebody can be erased, an event cannot. */
export interface AttestationEvent {
  readonly type: `Attestation${string}-V1`;
  readonly data: {
    readonly command: AttestationCommand;
    readonly to: AttestationStatus;
    /** Id of the row that holds the reason, for what a moderator decided. */
    readonly reason: string | null;
    /** ISO date until which it holds, when it is given. */
    readonly until: string | null;
  };
}

export interface AttestationState {
  readonly status: AttestationStatus;
  readonly until: string | null;
  /** Decided after it was asked for, never to be lost by a later event. */
  readonly reason: string | null;
}

export const noAttestation: AttestationState = { status: 'absent', until: null, reason: null };

export interface AttestationOrder {
  readonly command: AttestationCommand;
  readonly role: AttestationRole;
  readonly today: Temporal.PlainDate;
  /** Id of the reason’s row: asked of a moderator who refuses, disputes or withdraws. */
  readonly reason?: string;
}

/** What a command makes of an attestation. Refuses what the table does not allow, and a severe decision without a reason. */
export const decideAttestation = (
  state: AttestationState,
  { command, role, today, reason }: AttestationOrder,
): Result<readonly AttestationEvent[]> => {
  const change = attestationTable[state.status][command];
  if (!change) return refuse(notNow);
  if (!change.by.includes(role)) return refuse(notAllowed);
  if (role === 'moderator' && severe.has(command) && reason === undefined) return refuse(reasonMissing);
  // Whoever reads the clock a day too early must not end what still holds.
  if (command === 'expire' && state.until !== null && state.until >= today.toString()) return refuse(notNow);
  const until = giving.has(command) ? today.add({ months: VALID_MONTHS }).toString() : state.until;
  return ok([{ type: eventTypes[command], data: { command, to: change.to, reason: reason ?? null, until } }]);
};

/** Pure. */
export const evolveAttestation = (state: AttestationState, { data }: AttestationEvent): AttestationState => ({
  status: data.to,
  until: data.until,
  reason: data.reason ?? (data.to === 'given' ? null : state.reason),
});

/** What it is today: one whose day has passed says so even before the house has written it down. */
export const statusOn = (
  { status, until }: Pick<AttestationState, 'status' | 'until'>,
  today: Temporal.PlainDate,
): AttestationStatus => (status === 'given' && until !== null && until < today.toString() ? 'expired' : status);

/** The state in the words of the public page. */
export const attestationWords: Readonly<Record<AttestationStatus, { readonly title: string; readonly text: string }>> =
  {
    absent: { title: 'Cette attestation n’existe pas', text: 'L’adresse est peut-être incomplète.' },
    requested: {
      title: 'Attestation demandée, pas encore donnée',
      text: 'Les personnes chargées de ce territoire relisent l’inscription. Le badge ne peut pas encore être affiché.',
    },
    given: {
      title: 'Attestation valable',
      text: 'Cette personne ou cette structure est inscrite parmi les professionnels des 1000 premiers jours.',
    },
    disputed: {
      title: 'Attestation en cours de vérification',
      text: 'Un point est à éclaircir. En attendant, le badge ne doit pas être affiché.',
    },
    refused: {
      title: 'Attestation refusée',
      text: 'La demande n’a pas été acceptée. Le badge ne doit pas être affiché.',
    },
    withdrawn: {
      title: 'Attestation retirée',
      text: 'Elle n’est plus valable. Si vous voyez encore le badge, il ne veut plus rien dire.',
    },
    expired: {
      title: 'Attestation arrivée à son terme',
      text: 'Elle n’a pas été confirmée cette année. La personne ou la structure peut la renouveler.',
    },
  };

const eventTypes: Readonly<Record<AttestationCommand, AttestationEvent['type']>> = {
  request: 'AttestationRequested-V1',
  give: 'AttestationGiven-V1',
  refuse: 'AttestationRefused-V1',
  dispute: 'AttestationDisputed-V1',
  clear: 'AttestationCleared-V1',
  withdraw: 'AttestationWithdrawn-V1',
  giveUp: 'AttestationGivenUp-V1',
  expire: 'AttestationExpired-V1',
  renew: 'AttestationRenewed-V1',
};

const severe: ReadonlySet<AttestationCommand> = new Set(['refuse', 'dispute', 'withdraw']);
const giving: ReadonlySet<AttestationCommand> = new Set(['give', 'renew']);

const notNow: Refusal = {
  code: 'attestation_not_now',
  message: 'Cette attestation n’en est pas là : relisez la page avant de recommencer. Rien n’a été changé.',
};
const reasonMissing: Refusal = {
  code: 'reason_missing',
  field: 'reason',
  message: 'Dites pourquoi : la personne concernée le lira.',
};
