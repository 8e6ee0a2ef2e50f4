import type { Refusal } from './result.ts';

/** What somebody may be in an organisation. `owner` also manages the members. */
export const organisationRoles = ['owner', 'editor', 'reader'] as const;
export type OrganisationRole = (typeof organisationRoles)[number];

/** Who may be given a part of the public work. `departement` includes its PMI; `local`: an EPCI, a commune. */
export const agencyKinds = ['ministry', 'ars', 'dreets', 'caf', 'departement', 'local'] as const;
export type AgencyKind = (typeof agencyKinds)[number];

/** What an agent may be in a territory. An administrator does all that a moderator does, and gives roles. */
export const agencyRoles = ['administrator', 'moderator', 'coordinator', 'reader'] as const;
export type AgencyRole = (typeof agencyRoles)[number];

/** All of France, or one territory: `france`, `region:84`, `departement:75`, `epci:243500139`, `commune:35238`. */
export type Scope = 'france' | `${'region' | 'departement' | 'epci' | 'commune'}:${string}`;

/** What an agent may do, and where. */
export interface Grant {
  readonly agency: AgencyKind;
  readonly role: AgencyRole;
  readonly scope: Scope;
}

/** A place in an organisation, whose identifier means something to the module that keeps organisations. */
export interface Membership {
  readonly organisation: string;
  readonly role: OrganisationRole;
}

/** The part of an actor that decides what it may do. */
export type Who =
  | {
      readonly kind: 'person';
      readonly account: string;
      readonly memberships: readonly Membership[];
      readonly grants: readonly Grant[];
    }
  | { readonly kind: 'visitor' | 'operator' | 'system' };

/** What is acted upon. What is absent opens no door: without a territory no agent may, without an organisation no member. */
export interface Target {
  readonly account?: string;
  readonly organisation?: string;
  readonly territory?: Scope;
  /** Only agents of this agency: what the ARS of a region decides is not for its DREETS. */
  readonly agency?: AgencyKind;
}

/** Whether a scope holds a territory. The one of the territories' module knows the map; identity only knows equality. */
export type Covers = (scope: Scope, territory: Scope) => boolean;

interface Permission {
  /** Anybody who signed in. */
  readonly signedIn?: true;
  /** The person whom it is about. */
  readonly self?: true;
  readonly organisation?: readonly OrganisationRole[];
  /** In a territory that the agent's own covers. */
  readonly agency?: readonly AgencyRole[];
  /** For all of France, by the ministry. */
  readonly national?: readonly AgencyRole[];
  /** Somebody at the machine itself, before there is an administrator. */
  readonly operator?: true;
}

const writers: readonly OrganisationRole[] = ['owner', 'editor'];
const deciders: readonly AgencyRole[] = ['administrator', 'moderator'];

/** The one table of who may do what. What is not written here is refused. */
export const permissions = {
  'account.export': { self: true },
  'account.erase': { self: true },
  'listing.register': { signedIn: true },
  'listing.edit': { organisation: writers, agency: deciders },
  'listing.merge': { agency: deciders },
  'organisation.see': { organisation: organisationRoles, agency: ['administrator', 'moderator', 'reader'] },
  'organisation.members': { organisation: ['owner'] },
  'moderation.see': { agency: ['administrator', 'moderator', 'reader'] },
  'proposal.decide': { agency: deciders },
  'moderation.policy': { agency: deciders },
  'editor.trust': { agency: deciders },
  'report.decide': { agency: deciders },
  'claim.decide': { agency: deciders },
  'attestation.request': { organisation: writers },
  'attestation.decide': { agency: deciders },
  'attestation.withdraw': { agency: deciders },
  'campaign.run': { agency: deciders },
  // For a network: of a registration in its territory, or an agent there. Afterwards, of the network itself.
  'network.start': { organisation: writers, agency: ['administrator', 'coordinator'] },
  'network.coordinate': { organisation: ['owner'], agency: ['administrator', 'coordinator'] },
  'network.read': { organisation: organisationRoles },
  'network.write': { organisation: writers },
  // In the name of a registration, or as an agent of the territory of whoever receives.
  'relay.write': { organisation: writers, agency: agencyRoles },
  'callback.answer': { organisation: writers },
  'event.edit': { organisation: writers },
  'event.bookings': { organisation: writers },
  'event.moderate': { agency: deciders },
  'sitting.run': { organisation: writers },
  'group.animate': { organisation: writers },
  'tour.run': { organisation: writers },
  // The counter at the door is held by the whole team.
  'house.run': { organisation: writers },
  'house.welcome': { organisation: organisationRoles },
  'callback.appoint': { agency: ['administrator'] },
  // For one agency in its territory: `agency` of the target says which.
  'call.declare': { agency: ['administrator', 'coordinator'] },
  'call.write': { agency: ['administrator', 'coordinator'] },
  'call.approve': { agency: ['administrator'] },
  'call.read': { agency: agencyRoles },
  'call.follow': { national: agencyRoles },
  'grant.give': { agency: ['administrator'] },
  'operations.see': { national: ['administrator'], operator: true },
} as const satisfies Readonly<Record<string, Permission>>;

export type Action = keyof typeof permissions;

/**
 * Whether this actor may do this to that target. Refused unless a line of the table says yes. The house itself
 * (`system`) may: its jobs and commands were decided by somebody before.
 */
export const can = (who: Who, action: Action, target: Target = {}, covers: Covers = coversPlainly): boolean => {
  const permission: Permission = permissions[action];
  if (who.kind === 'system') return true;
  if (who.kind === 'operator') return permission.operator === true;
  if (who.kind !== 'person') return false;
  const { account, organisation, territory, agency: only } = target;
  return (
    permission.signedIn === true ||
    (permission.self === true && account !== undefined && account === who.account) ||
    (organisation !== undefined &&
      who.memberships.some(
        (held) => held.organisation === organisation && holds(permission.organisation, held.role),
      )) ||
    (territory !== undefined &&
      who.grants.some(
        ({ agency, role, scope }) =>
          (only === undefined || agency === only) && holds(permission.agency, role) && covers(scope, territory),
      )) ||
    who.grants.some(
      ({ agency, role, scope }) => agency === 'ministry' && scope === 'france' && holds(permission.national, role),
    )
  );
};

const holds = <Role>(allowed: readonly Role[] | undefined, role: Role): boolean => allowed?.includes(role) ?? false;

/** Without a map: France covers all, a territory covers itself. */
export const coversPlainly: Covers = (scope, territory) => scope === 'france' || scope === territory;

const shapes: readonly RegExp[] = [
  /^france$/,
  /^region:(\d{2}|9[78]\d)$/,
  /^departement:(\d{2}|2[AB]|9[78]\d)$/,
  /^epci:\d{9}$/,
  /^commune:(\d{2}|2[AB])\d{3}$/,
];

/** Whether a text is a scope. That the territory exists is the territories' module to say. */
export const isScope = (text: string): text is Scope => shapes.some((shape) => shape.test(text));

/** What whoever may not, or no longer, do something is told. */
export const notAllowed: Refusal = {
  code: 'not_allowed',
  message: 'Vous n’avez pas, ou plus, le droit de faire cela. Rien n’a été changé.',
};
