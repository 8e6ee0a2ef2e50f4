import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** Asking who keeps the listings of a territory whether they are still right. `done`: everybody was written to. */
export const campaignStatuses = ['absent', 'running', 'stopped', 'done'] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

export const campaignCommands = ['start', 'stop', 'end'] as const;
export type CampaignCommand = (typeof campaignCommands)[number];

/** `agent`: decides in its territory; `system`: the house, that writes to people. */
export type CampaignRole = 'agent' | 'system';

/** Which command leads where, and who gives it. What is not written is refused. */
export const campaignTable: Readonly<
  Record<
    CampaignStatus,
    { readonly [Command in CampaignCommand]?: { readonly to: CampaignStatus; readonly by: CampaignRole } }
  >
> = {
  absent: { start: { to: 'running', by: 'agent' } },
  running: { stop: { to: 'stopped', by: 'agent' }, end: { to: 'done', by: 'system' } },
  stopped: {},
  done: {},
};

/** The most listings of one campaign: more is several, by kind or by a smaller territory. */
export const MOST_LISTINGS = 2_000;

/** What is journaled: over what, never whom. */
export interface CampaignEvent {
  readonly type: `Campaign${'Started' | 'Stopped' | 'Ended'}-V1`;
  readonly data: {
    readonly to: CampaignStatus;
    readonly scope: string;
    readonly kind: string | null;
    readonly priority: number | null;
    /** How many listings it began with. */
    readonly listings: number;
  };
}

export interface CampaignState {
  readonly status: CampaignStatus;
  readonly about: Omit<CampaignEvent['data'], 'to'>;
}

export const noCampaign: CampaignState = {
  status: 'absent',
  about: { scope: '', kind: null, priority: null, listings: 0 },
};

/** What a command makes of a campaign. Refuses what the table does not allow, and one over nothing or over too much. */
export const decideCampaign = (
  state: CampaignState,
  order: { readonly command: CampaignCommand; readonly role: CampaignRole; readonly about?: CampaignState['about'] },
): Result<readonly CampaignEvent[]> => {
  const change = campaignTable[state.status][order.command];
  if (!change) return refuse(notNow);
  if (change.by !== order.role) return refuse(notAllowed);
  const about = order.about ?? state.about;
  if (order.command === 'start' && about.listings === 0) return refuse(nothingToAsk);
  if (order.command === 'start' && about.listings > MOST_LISTINGS) return refuse(tooMuch(about.listings));
  return ok([{ type: eventTypes[order.command], data: { to: change.to, ...about } }]);
};

/** Pure. */
export const evolveCampaign = (_: CampaignState, { data: { to, ...about } }: CampaignEvent): CampaignState => ({
  ...{ status: to, about },
});

const eventTypes: Readonly<Record<CampaignCommand, CampaignEvent['type']>> = {
  start: 'CampaignStarted-V1',
  stop: 'CampaignStopped-V1',
  end: 'CampaignEnded-V1',
};

const notNow: Refusal = {
  code: 'campaign_not_now',
  message: 'Cette campagne est déjà finie ou arrêtée : rien n’a été changé.',
};
const nothingToAsk: Refusal = {
  code: 'nothing_to_ask',
  field: 'scope',
  message: 'Aucune fiche ne répond à ces choix.',
};
const tooMuch = (listings: number): Refusal => ({
  code: 'too_many_listings',
  field: 'scope',
  message: `Ces choix donnent ${listings.toLocaleString('fr-FR')} fiches. Une campagne en tient ${MOST_LISTINGS.toLocaleString('fr-FR')} : choisissez un type de lieu, une priorité ou un territoire plus petit.`,
});
