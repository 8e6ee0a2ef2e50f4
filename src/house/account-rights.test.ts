import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { placeView } from '#modules/directory/server/index.ts';
import {
  consequencesOfErasure,
  decideOnCase,
  labelView,
  proposeCorrection,
  sendRegistration,
} from '#modules/professionals/server/index.ts';
import { fixedClock } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import { readAccounts } from '#platform/server/identity/accounts.ts';
import { setMember } from '#platform/server/identity/members.ts';
import { verifyJournal } from '#platform/server/journal/verify.ts';
import { createMailer } from '#platform/server/mail/outbox.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { again, begin, moderatorOf, professionalsHouse, register, site } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';
import { eraseEverything, exportEverything } from './account-rights.ts';
import { retentionRules } from './retention.ts';

/** Somebody whose every word can be looked for, at home and with a number. */
const recognisable = {
  vous: form({ name: 'Zélie Reconnaissable' }, stepForms.vous),
  priorites: form({ 'words-2': 'Des mots reconnaissables.' }, stepForms.priorites),
  public: form({ phone: '02 99 77 66 55', website: 'https://reconnaissable.example' }, stepForms.public),
};
const traces = /reconnaissable|02.?99.?77.?66.?55|299776655/i;

/** The tables where something of a person can still be read. */
const tablesWith = async (db: Database, pattern: RegExp): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(
    db,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const kept = await sql`select 1 from ${sql.id(name)} as kept where kept::text ~* ${pattern.source} limit 1`.execute(
      db,
    );
    if (kept.rows.length > 0) found.push(name);
  }
  return found;
};

/** Mails are written in the outbox, as in the house. */
const posting = <T extends Context>(context: T): T => ({ ...context, mail: createMailer(context.db, context.jobs) });

test('who is alone responsible is erased with all that they said, in every table; their attestation says it is withdrawn', async () => {
  const { context, as } = await professionalsHouse();
  const zelie = posting(await as('zelie@reconnaissable.example'));
  const id = await register(zelie, recognisable);
  const moderator = await as('moderatrice@departement.example', moderatorOf('departement:35'));
  const { id: caseId } = await context.db.selectFrom('moderation_case').select('id').executeTakeFirstOrThrow();
  await decideOnCase(
    posting(moderator),
    caseId,
    { command: 'accept', reason: 'Bienvenue à Zélie Reconnaissable.' },
    site,
  );
  const { token } = await context.db.selectFrom('attestation').select('token').executeTakeFirstOrThrow();
  const { slug } = await context.db.selectFrom('place').select('slug').executeTakeFirstOrThrow();
  // A neighbour proposes to correct the place: what it says, and what it was, is of them too.
  const typed = form({ name: 'Cabinet de Zélie Reconnaissable', words: 'Zélie Reconnaissable a changé de numéro.' });
  const asked = { entity: 'place', slug } as const;
  expect((await proposeCorrection(await as('voisine@exemple.fr'), asked, typed)).ok).toBe(true);
  const before = await tablesWith(context.db, traces);
  for (const table of [
    'account',
    'mail_outbox',
    'moderation_case',
    'moderation_reason',
    'offer',
    'place',
    'registration',
  ]) {
    expect(before).toContain(table);
  }
  const now = await again(zelie);
  expect(await consequencesOfErasure(now)).toEqual([{ id, name: 'Zélie Reconnaissable', fate: 'withdrawn' }]);

  await eraseEverything(now, now.actor.account);

  expect(await tablesWith(context.db, traces)).toEqual([]);
  expect(await placeView(context, slug)).toBeUndefined();
  const label = await labelView(context, token);
  expect(label).toMatchObject({ status: 'withdrawn', title: 'Attestation retirée' });
  expect(label?.holder).toBeUndefined();
  const offers = await context.db.selectFrom('offer').select('gone').execute();
  expect(offers.length).toBeGreaterThan(0);
  expect(offers.every(({ gone }) => gone)).toBe(true);
  expect(await verifyJournal(context.db)).toMatchObject({ troubles: [] });
  // Twice is once.
  await eraseEverything(now, now.actor.account);
});

test('what has another person responsible stays published, in their hands', async () => {
  const { context, as } = await professionalsHouse();
  const zelie = await as('zelie@reconnaissable.example');
  const id = await register(zelie, recognisable);
  const other = await as('autre@exemple.fr');
  await setMember(context, id, other.actor.account, 'owner');
  const reader = await as('lecture@exemple.fr');
  await setMember(context, id, reader.actor.account, 'reader');
  const now = await again(zelie);
  expect(await consequencesOfErasure(now)).toMatchObject([{ fate: 'stays' }]);
  expect(await consequencesOfErasure(await again(reader))).toEqual([]);
  await eraseEverything(now, now.actor.account);
  const row = await context.db.selectFrom('registration').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ status: 'published', account: other.actor.account });
  expect(await readAccounts(context, [zelie.actor.account])).toEqual([]);
  // Whoever only reads may go without taking anything away.
  await eraseEverything(context, reader.actor.account);
  expect(await context.db.selectFrom('registration').select('status').where('id', '=', id).executeTakeFirst()).toEqual({
    status: 'published',
  });
});

test('the page of a structure goes to its oldest editor when its only owner leaves; that of one person goes with them', async () => {
  const { context, as } = await professionalsHouse();
  const zelie = await as('zelie@exemple.fr');
  const structure = { vous: form({ as: 'structure' }, stepForms.vous) };
  const [team, own] = [await register(zelie, structure), await register(zelie)];
  const editor = await as('redaction@exemple.fr');
  for (const id of [team, own]) await setMember(context, id, editor.actor.account, 'editor');
  const now = await again(zelie);
  const fates = (await consequencesOfErasure(now)).map(({ id, fate }) => [id, fate]);
  expect(Object.fromEntries(fates)).toEqual({ [team]: 'stays', [own]: 'withdrawn' });
  await eraseEverything(now, now.actor.account);
  expect((await again(editor)).actor.memberships).toContainEqual({ organisation: team, role: 'owner' });
  const rows = await context.db.selectFrom('registration').select(['id', 'status', 'account']).execute();
  expect(rows).toContainEqual({ id: team, status: 'published', account: editor.actor.account });
  expect(rows).toContainEqual({ id: own, status: 'closed', account: zelie.actor.account });
  // What is closed stays closed, for whoever is still of its team.
  expect(await sendRegistration(await again(editor), own, site)).toMatchObject({
    ok: false,
    error: [{ code: 'no_such_registration' }],
  });
});

test('everything is given back in one file: the account, what was registered, proposed and received', async () => {
  const { as } = await professionalsHouse();
  const zelie = posting(await as('zelie@reconnaissable.example'));
  await register(zelie, recognisable);
  const everything = await exportEverything(await again(zelie));
  expect(everything).toMatchObject({
    account: { email: 'zelie@reconnaissable.example' },
    memberships: [{ role: 'owner' }],
    messages: [{ subject: 'Votre inscription est en ligne' }],
    professionals: {
      registrations: [{ status: 'published', published: { name: 'Zélie Reconnaissable' } }],
      attestations: [{ status: 'given' }],
      proposals: [{ kind: 'registration' }],
    },
  });
  expect(JSON.stringify(everything)).not.toMatch(/token_hash|code_hash|sealed|public_key/);
});

test('an account that nobody used for a year, and a registration never sent, are erased as if the person had asked', async () => {
  const { context, as } = await professionalsHouse();
  const zelie = await as('zelie@reconnaissable.example');
  const draft = await begin(zelie);
  const clock = fixedClock('2027-10-21T10:00:00Z');
  await applyRetention({ ...context, clock }, retentionRules);
  expect(await readAccounts(context, [zelie.actor.account])).toHaveLength(1);
  expect(await context.db.selectFrom('registration').select('status').execute()).toEqual([{ status: 'draft' }]);
  clock.moveTo('2027-12-01T10:00:00Z');
  // First the draft, whose team is then no more; then the account, which holds nothing.
  await applyRetention({ ...context, clock }, retentionRules);
  await applyRetention({ ...context, clock }, retentionRules);
  expect(await context.db.selectFrom('registration').select(['id', 'status']).execute()).toEqual([
    { id: draft, status: 'closed' },
  ]);
  expect(await readAccounts(context, [zelie.actor.account])).toEqual([]);
  expect(await tablesWith(context.db, traces)).toEqual([]);
});
