import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Action,
  type AgencyRole,
  agencyKinds,
  agencyRoles,
  can,
  coversPlainly,
  type Grant,
  isScope,
  type OrganisationRole,
  organisationRoles,
  permissions,
  type Scope,
  type Who,
} from './permissions.ts';

/**
 * Who may what, written a second time in another way: for each action, the roles that may, each in the one place where it
 * counts. Everything else must be refused.
 */
const expected: Readonly<Record<Action, string>> = {
  'account.export': 'self',
  'account.erase': 'self',
  'listing.register': 'self other owner editor reader administrator moderator coordinator agency-reader',
  'listing.edit': 'owner editor administrator moderator',
  'listing.merge': 'administrator moderator',
  'organisation.see': 'owner editor reader administrator moderator agency-reader',
  'organisation.members': 'owner',
  'moderation.see': 'administrator moderator agency-reader',
  'proposal.decide': 'administrator moderator',
  'moderation.policy': 'administrator moderator',
  'editor.trust': 'administrator moderator',
  'report.decide': 'administrator moderator',
  'claim.decide': 'administrator moderator',
  'attestation.request': 'owner editor',
  'attestation.decide': 'administrator moderator',
  'attestation.withdraw': 'administrator moderator',
  'campaign.run': 'administrator moderator',
  'network.start': 'owner editor administrator coordinator',
  'network.coordinate': 'owner administrator coordinator',
  'network.read': 'owner editor reader',
  'network.write': 'owner editor',
  'relay.write': 'owner editor administrator moderator coordinator agency-reader',
  'callback.answer': 'owner editor',
  'event.edit': 'owner editor',
  'event.bookings': 'owner editor',
  'event.moderate': 'administrator moderator',
  'sitting.run': 'owner editor',
  'group.animate': 'owner editor',
  'tour.run': 'owner editor',
  'house.run': 'owner editor',
  'house.welcome': 'owner editor reader',
  'callback.appoint': 'administrator',
  'call.declare': 'administrator coordinator',
  'call.write': 'administrator coordinator',
  'call.approve': 'administrator',
  'call.read': 'administrator moderator coordinator agency-reader',
  'call.follow': 'ministry-administrator ministry-moderator ministry-coordinator ministry-agency-reader',
  'grant.give': 'administrator',
  'operations.see': 'ministry-administrator',
};

const person = (given: Partial<Extract<Who, { kind: 'person' }>> = {}): Who => ({
  ...{ kind: 'person', account: 'me', memberships: [], grants: [] },
  ...given,
});
const member = (role: OrganisationRole, organisation = 'ours'): Who =>
  person({ memberships: [{ organisation, role }] });
const agent = (role: AgencyRole, scope: Scope, agency: Grant['agency'] = 'ars'): Who =>
  person({ grants: [{ agency, role, scope }] });

const target = { account: 'somebody', organisation: 'ours', territory: 'departement:35' } as const;
const named = (role: AgencyRole): string => (role === 'reader' ? 'agency-reader' : role);
const actions = Object.keys(permissions) as Action[];

/** Every role in every relation to the target: name, whether the relation counts, who it is. */
const everybody: readonly (readonly [name: string, counts: boolean, who: Who])[] = [
  ['self', true, person({ account: 'somebody' })],
  ['other', true, person()],
  ...organisationRoles.flatMap(
    (role) =>
      [
        [role, true, member(role)],
        [role, false, member(role, 'theirs')],
      ] as const,
  ),
  ...agencyRoles.flatMap((role) =>
    agencyKinds.flatMap(
      (agency) =>
        [
          [named(role), true, agent(role, 'departement:35', agency)],
          [named(role), true, agent(role, 'region:53', agency)],
          [named(role), false, agent(role, 'departement:22', agency)],
          [named(role), false, agent(role, 'commune:35238', agency)],
          [named(role), false, agent(role, 'region:35' as Scope, agency)],
          ...(agency === 'ministry' ? [] : ([[named(role), true, agent(role, 'france', agency)]] as const)),
        ] as const,
    ),
  ),
];

/** Brittany holds Ille-et-Vilaine, as the map says. */
const covers = (scope: Scope, territory: Scope): boolean =>
  coversPlainly(scope, territory) || (scope === 'region:53' && territory === 'departement:35');

test.each(actions)('%s: every role in every place may or may not, as written', (action) => {
  const may = expected[action].split(' ');
  for (const [name, counts, who] of everybody) {
    const always = action === 'listing.register';
    expect([name, counts, can(who, action, target, covers)]).toEqual([
      name,
      counts,
      always || (counts && may.includes(name)),
    ]);
  }
  for (const role of agencyRoles) {
    const national = agent(role, 'france', 'ministry');
    const wanted = may.includes(named(role)) || may.includes(`ministry-${named(role)}`);
    expect([role, can(national, action, target, covers)]).toEqual([role, wanted]);
  }
});

test.each(actions)('%s: a visitor may not, the house may, somebody at the machine sees the works only', (action) => {
  expect(can({ kind: 'visitor' }, action, target)).toBe(false);
  expect(can({ kind: 'system' }, action, target)).toBe(true);
  expect(can({ kind: 'operator' }, action, target)).toBe(action === 'operations.see');
});

test('a target that says nothing of itself opens no door but those that need none', () => {
  const grant = fc.record({
    agency: fc.constantFrom(...agencyKinds),
    role: fc.constantFrom(...agencyRoles),
    scope: fc.constantFrom<Scope>('france', 'region:53', 'departement:35'),
  });
  const membership = fc.record({ organisation: fc.string(), role: fc.constantFrom(...organisationRoles) });
  const anybody = fc.record({ memberships: fc.array(membership), grants: fc.array(grant) }).map(person);
  const needsTarget = actions.filter(
    (action) => action !== 'listing.register' && action !== 'operations.see' && action !== 'call.follow',
  );
  fc.assert(
    fc.property(anybody, fc.constantFrom(...needsTarget), (who, action) => {
      expect(can(who, action)).toBe(false);
      expect(can(who, action, {}, () => true)).toBe(false);
    }),
  );
});

test.each([
  ['france', true],
  ['region:84', true],
  ['departement:2A', true],
  ['epci:243500139', true],
  ['commune:35238', true],
  ['', false],
  ['France', false],
  ['region:', false],
  ['departement:35\n', false],
  ['monde', false],
])('%j is a scope: %s', (text, is) => {
  expect(isScope(text)).toBe(is);
});

test.each(agencyKinds)('what is of %s is decided by its own agents, and by those of no other agency', (agency) => {
  for (const mine of agencyKinds) {
    const who = agent('administrator', 'region:53', mine);
    expect([mine, can(who, 'call.approve', { agency, territory: 'region:53' })]).toEqual([mine, mine === agency]);
  }
});
