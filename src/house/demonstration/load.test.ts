import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { callView, juryView, ownCalls, ownFiles } from '#modules/calls/server/index.ts';
import { labelView, openCases } from '#modules/professionals/server/index.ts';
import { agencyKinds, agencyRoles, organisationRoles } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import { enterDemonstration, readEntrances } from '#platform/server/demonstration/entrances.ts';
import { accountOfEmail } from '#platform/server/identity/accounts.ts';
import { professionalsHouse } from '#testing/professionals.ts';
import { withActors } from './actors.ts';
import { loadDemonstration } from './load.ts';
import { people } from './people.ts';

const column = async ({ db }: Context, table: string, name: string): Promise<string[]> =>
  (await sql<{ value: string }>`select ${sql.ref(name)} as value from ${sql.table(table)}`.execute(db)).rows.map(
    ({ value }) => value,
  );

test('the demonstration shows every role and every state, under names that say so, and is loaded once', {
  timeout: 120_000,
}, async () => {
  const { context } = await professionalsHouse();
  expect(await loadDemonstration(context)).toEqual({ ok: true, value: undefined });

  expect(new Set(await column(context, 'membership', 'role'))).toEqual(new Set(organisationRoles));
  expect(new Set(await column(context, 'agency_grant', 'agency'))).toEqual(new Set(agencyKinds));
  expect(new Set(await column(context, 'agency_grant', 'role'))).toEqual(new Set(agencyRoles));
  expect(new Set(await column(context, 'registration', 'status'))).toEqual(
    new Set(['draft', 'waiting', 'published', 'refused']),
  );
  const labels = await Promise.all((await column(context, 'attestation', 'token')).map((t) => labelView(context, t)));
  expect(new Set(labels.map((label) => label?.status))).toEqual(
    new Set(['requested', 'given', 'disputed', 'refused', 'withdrawn', 'expired']),
  );
  expect(new Set(await column(context, 'moderation_case', 'kind'))).toEqual(
    new Set(['registration', 'correction', 'duplicate']),
  );

  const listed = [...(await column(context, 'place', 'name')), ...(await column(context, 'service', 'name'))];
  expect(listed.length).toBeGreaterThan(15);
  for (const name of listed) expect(name).toContain('(démonstration)');
  expect(await column(context, 'place', 'insee')).toEqual(expect.arrayContaining(['97415', '69266', '35238']));
  for (const { to } of context.posted) expect(to).toMatch(/@demonstration\.example$/);
  expect(await column(context, 'account_session', 'id')).toEqual([]);

  const names = await column(context, 'account', 'name');
  expect(await loadDemonstration(context)).toEqual({ ok: true, value: undefined });
  expect(await column(context, 'account', 'name')).toEqual(names);

  // What people do together is there too.
  for (const table of [
    'event_occurrence',
    'free_place',
    'sitting_request',
    'house_appointment',
    'tour_stop',
    'birth_group',
    'callback_team',
    'network',
    'freshness_campaign',
  ]) {
    expect((await sql`select 1 from ${sql.table(table)} limit 1`.execute(context.db)).rows, table).toEqual([
      { '?column?': 1 },
    ]);
  }

  // Calls stand at several stages, with what each role finds there.
  const counted = async (table: string, name: string): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const value of await column(context, table, name)) counts[value] = (counts[value] ?? 0) + 1;
    return counts;
  };
  expect(await counted('call', 'status')).toEqual({ selecting: 1, published: 1, notified: 1 });
  expect(await counted('call_application', 'status')).toEqual({
    ...{ draft: 1, deposited: 4, inadmissible: 1, admissible: 5, evaluating: 3, evaluated: 2, notified: 3, closed: 1 },
  });
  expect(await counted('call_evaluation', 'status')).toEqual({ submitted: 8, todo: 3 });
  expect(await counted('call_decision', 'issue')).toEqual({ labelled: 1, labelledWithAdvice: 1, support: 1 });
  for (const table of ['call_completion', 'call_opinion', 'call_scenario', 'call_recommendation', 'call_letter']) {
    expect((await column(context, table, 'id')).length, table).toBeGreaterThan(0);
  }

  // Each way in leads to the account of its role, and a moderator finds something to read.
  const entrances = await readEntrances(context.db);
  expect(entrances.map(({ code }) => code)).toEqual(people.map(({ code }) => code));
  for (const { code, leadsTo } of entrances) {
    expect(await enterDemonstration(context, code)).toMatchObject({ ok: true, value: { leadsTo } });
  }
  await withActors(context, async (as) => {
    for (const code of ['ars', 'dreets', 'caf', 'pmi', 'pmi-reunion', 'ministere'] as const) {
      expect(await openCases(await as(code)), code).not.toEqual([]);
    }
    const [draft] = (await ownFiles(await as('porteuse'))).filter(({ status }) => status === 'draft');
    for (const code of ['redaction-projet', 'lecture-projet'] as const)
      expect((await ownFiles(await as(code))).map(({ id }) => id)).toEqual([draft?.id]);
    const partner = await as('cpam-normandie');
    const [theirs] = await ownCalls(partner);
    expect((await callView(partner, theirs?.id ?? ''))?.role).toBe('partner');
    const chair = await as('presidence');
    const views = await Promise.all((await column(context, 'call', 'id')).map((call) => juryView(chair, call)));
    expect(views.flatMap((view) => view?.recusals.map(({ name, automatic }) => [name, automatic]) ?? [])).toEqual(
      expect.arrayContaining([
        ['Jeanne Exemple', false],
        ['Paule Exemple', true],
      ]),
    );
  });
});

test('a base where anybody has an account is refused, and nothing is written there', { timeout: 120_000 }, async () => {
  const { context } = await professionalsHouse();
  await accountOfEmail(context, 'quelqu-un@exemple.fr');
  expect(await loadDemonstration(context)).toMatchObject({ ok: false, error: { code: 'real_people' } });
  expect(await readEntrances(context.db)).toEqual([]);
  expect(await column(context, 'account', 'email')).toEqual(['quelqu-un@exemple.fr']);
  expect(await enterDemonstration(context, 'ministere')).toMatchObject({ ok: false, error: { code: 'no_such_role' } });
});
