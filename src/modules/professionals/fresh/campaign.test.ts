import { expect, test } from 'vitest';
import {
  campaignCommands,
  campaignStatuses,
  decideCampaign,
  evolveCampaign,
  MOST_LISTINGS,
  noCampaign,
} from './campaign.ts';

const about = { scope: 'departement:35', kind: null, priority: 2, listings: 3 };

/** What each command leads to; everything else is refused. */
const allowed: Readonly<Record<string, string>> = {
  'absent start agent': 'running',
  'running stop agent': 'stopped',
  'running end system': 'done',
};

test.each(
  campaignStatuses.flatMap((status) =>
    campaignCommands.flatMap((command) =>
      (['agent', 'system'] as const).map((role) => [status, command, role] as const),
    ),
  ),
)('a campaign that is %s, %s by %s', (status, command, role) => {
  const state = { ...noCampaign, status, about };
  const decided = decideCampaign(state, { command, role, about });
  const expected = allowed[`${status} ${command} ${role}`];
  expect(decided.ok).toBe(expected !== undefined);
  if (!decided.ok) return;
  expect(decided.value.reduce(evolveCampaign, state)).toEqual({ status: expected, about });
});

test.each([
  [0, 'nothing_to_ask'],
  [MOST_LISTINGS, undefined],
  [MOST_LISTINGS + 1, 'too_many_listings'],
])('a campaign over %i listings: %s', (listings, code) => {
  const decided = decideCampaign(noCampaign, { command: 'start', role: 'agent', about: { ...about, listings } });
  expect(decided.ok ? undefined : decided.error.code).toBe(code);
});
