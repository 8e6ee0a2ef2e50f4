import { expect, it } from 'vitest';
import type { ShownOffer } from '#modules/directory/index.ts';
import { saveRecords } from '#modules/directory/server/index.ts';
import { type Clock, fixedClock } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { setMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { verifyJournal } from '#platform/server/journal/verify.ts';
import { addressHash, noteRefusal, readAddress } from '#platform/server/mail/addresses.ts';
import type { Mail } from '#platform/server/mail/mail.ts';
import { createMailer } from '#platform/server/mail/outbox.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { killAfter } from '#testing/killed.ts';
import { again, begin, fillAll, moderatorOf, professionalsHouse, register, site } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';
import { untouchedForm } from '../../correction.ts';
import { correctableListing, proposeCorrection } from '../corrections.ts';
import { giveListing } from '../ownership.ts';
import { professionalsRetention } from '../retention.ts';
import { sendRegistration } from '../send.ts';
import { answerExact, readAsk, silenceByLink } from './answer.ts';
import { campaignJob } from './campaign-job.ts';
import { campaignScopes, campaignsOf, campaignView } from './campaign-view.ts';
import { countAsked, readCampaignAsked, startCampaign, stopCampaign } from './campaigns.ts';
import { chooseRhythm, confirmKept, ownAddress, setReminders, toDoOf } from './own.ts';
import { remindJob } from './remind.ts';

/** A house whose days pass. */
const house = async () => {
  const { context, as } = await professionalsHouse();
  const clock = fixedClock('2026-11-21T10:00:00Z');
  const posted: Mail[] = [];
  const mail = { post: async (one: Mail) => void posted.push(one), inside: () => mail };
  const now = <T extends Context>(of: T): T => ({ ...of, clock: clock as Clock, mail });
  const system: Context = { ...now(context), actor: { kind: 'system' } };
  return {
    ...{ clock, posted, system, context: now(context) },
    as: async (...given: Parameters<typeof as>): Promise<PersonContext> => now(await as(...given)),
    remind: () => remindJob(site).handle(system, {}),
    /** The messages that ask, since the last time one looked. */
    asked: () => posted.splice(0).filter(({ unsubscribe }) => unsubscribe),
    shown: async () =>
      (await context.db.selectFrom('offer').select('shown').where('gone', '=', false).orderBy('id').execute()).map(
        ({ shown }) => JSON.parse(shown) as ShownOffer,
      ),
  };
};

const tokenOf = (mail: Mail | undefined): string => /a-jour\/([\w-]{43})$/m.exec(mail?.text ?? '')?.[1] ?? '';

/** A place that an import told, with or without its published address. */
const imported = (context: Context, ref: string, insee: string, email: string | null) =>
  saveRecords(context, { source: 'essai', on: '2026-05-12' }, [
    {
      place: { ref, fields: { name: `Lieu ${ref}`, kind: 'laep', insee, email } },
      services: [{ ref: `${ref}/s`, fields: { name: `Accueil ${ref}`, kind: 'laep', priorities: [4], email: null } }],
    },
  ]);

it('whoever keeps a listing is asked before it is due, and says « toujours exact » in one click: parents read the day', async () => {
  const { clock, as, remind, asked, shown, context } = await house();
  const camille = await as('camille@exemple.fr');
  await register(camille);
  expect((await shown())[0]?.checked_on).toBe('2026-11-21');

  clock.moveTo('2027-05-06T10:00:00Z');
  await remind();
  expect(asked()).toEqual([]);
  clock.moveTo('2027-05-07T10:00:00Z');
  await remind();
  await remind();
  const [mail, ...others] = asked();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({
    to: 'camille@exemple.fr',
    subject: 'Toujours exact\u00a0? Camille Exemple',
    secret: true,
  });
  expect(mail?.text).toContain('à vérifier avant le 21 mai 2027');
  const token = tokenOf(mail);
  expect(mail?.unsubscribe).toBe(`${site}/professionnels/a-jour/${token}/desabonnement`);

  // Opened by nobody in particular, and by a program before them: nothing is used up, nothing kept private is shown.
  const view = await readAsk(context, token);
  expect(await readAsk(context, token)).toEqual(view);
  const [listing] = view?.listings ?? [];
  expect(view?.alive).toBe(true);
  expect(listing).toMatchObject({ name: 'Camille Exemple', answer: null, where: 'Rennes (Ille-et-Vilaine)' });
  expect(JSON.stringify(listing?.lines)).toContain('02 99 00 00 00');
  expect(JSON.stringify(view)).not.toContain('camille@exemple.fr');

  clock.moveTo('2027-05-09T10:00:00Z');
  expect(await answerExact(context, token, listing?.id ?? '')).toEqual({ ok: true, value: undefined });
  expect((await shown())[0]?.checked_on).toBe('2027-05-09');
  clock.moveTo('2027-05-10T10:00:00Z');
  expect(await answerExact(context, token, listing?.id ?? '')).toMatchObject({ error: { code: 'answered' } });
  expect((await shown())[0]?.checked_on).toBe('2027-05-09');
  expect((await readAsk(context, token))?.listings[0]).toMatchObject({ answer: 'exact', answeredOn: '2027-05-09' });
  await remind();
  expect(asked()).toEqual([]);

  // A word that is none, another listing than the message’s, a link too old.
  expect(await readAsk(context, 'a'.repeat(43))).toBeUndefined();
  expect(await answerExact(context, token, crypto.randomUUID())).toMatchObject({ error: { code: 'dead_link' } });
  clock.moveTo('2027-07-07T10:00:00Z');
  expect((await readAsk(context, token))?.alive).toBe(false);
  expect(await answerExact(context, token, listing?.id ?? '')).toMatchObject({ error: { code: 'dead_link' } });
  // An old message still says « no more », and cannot take it back.
  expect(await silenceByLink(context, token, true)).toBe(true);
  expect(await silenceByLink(context, token, false)).toBe(false);
  expect((await readAsk(context, token))?.silent).toBe(true);
});

it('one message for all that a person keeps, never two within a month, three at most, and none to who wants silence', async () => {
  const { clock, as, remind, asked, context } = await house();
  const camille = await as('camille@exemple.fr');
  const id = await register(camille);
  await register(await again(camille), { vous: form({ name: 'Le Jardin' }, stepForms.vous) });
  const colleague = await as('collegue@exemple.fr');
  await setMember(context, id, colleague.actor.account, 'editor');

  const sent: string[] = [];
  for (let day = Temporal.PlainDate.from('2027-05-01'); day.year < 2028; day = day.add({ days: 7 })) {
    clock.moveTo(`${day}T10:00:00Z`);
    await remind();
    for (const { to, text } of asked()) {
      sent.push(`${day} ${to}`);
      expect(text).toContain('Camille Exemple');
      expect(text).toContain('Le Jardin');
    }
  }
  expect(sent).toEqual([
    '2027-05-08 camille@exemple.fr',
    '2027-06-12 camille@exemple.fr',
    '2027-07-17 camille@exemple.fr',
  ]);

  // Confirmed from the space, then due again: silence is asked of one person, and their colleague is written to.
  const mine = await again(camille);
  for (const { id: row } of await toDoOf(mine)) expect((await confirmKept(mine, row ?? '')).ok).toBe(true);
  clock.moveTo('2028-06-20T10:00:00Z');
  await remind();
  const [mail] = asked();
  expect(mail?.to).toBe('camille@exemple.fr');
  expect(await silenceByLink(context, tokenOf(mail), true)).toBe(true);
  expect((await readAsk(context, tokenOf(mail)))?.silent).toBe(true);
  expect(await silenceByLink(context, tokenOf(mail), false)).toBe(true);
  expect((await readAsk(context, tokenOf(mail)))?.silent).toBe(false);
  await silenceByLink(context, tokenOf(mail), true);
  clock.moveTo('2028-08-01T10:00:00Z');
  await remind();
  expect(asked().map(({ to }) => to)).toEqual(['collegue@exemple.fr']);
  expect(await ownAddress(mine)).toEqual({ refused: false, silent: true });
  await setReminders(mine, true);
  expect(await ownAddress(mine)).toEqual({ refused: false, silent: false });
});

it('killed at any point of a morning, it goes on afterwards and writes to nobody twice', async () => {
  const { clock, as, system } = await house();
  for (const who of ['a@exemple.fr', 'b@exemple.fr']) await register(await as(who));
  clock.moveTo('2027-05-10T10:00:00Z');
  const sent = async () =>
    (
      await system.db
        .selectFrom('mail_outbox')
        .select('recipient')
        .where('unsubscribe', 'is not', null)
        .orderBy('recipient')
        .execute()
    ).map(({ recipient }) => recipient);
  let killed = 0;
  for (let statements = 0; ; statements += 1) {
    const db = system.db.withPlugin(killAfter(statements));
    try {
      await remindJob(site).handle({ ...system, db, mail: createMailer(db, system.jobs) }, {});
      break;
    } catch (error) {
      expect(String(error)).toContain('killed');
      killed += 1;
    }
    const mails = await sent();
    expect(new Set(mails).size).toBe(mails.length);
    // What was asked is what was written, and nothing else.
    const asks = await system.db.selectFrom('freshness_ask').select('id').execute();
    expect(asks.length).toBe(mails.length);
  }
  expect(killed).toBeGreaterThan(8);
  expect(await sent()).toEqual(['a@exemple.fr', 'b@exemple.fr']);
}, 120_000);

it('an address that leads nowhere gives way to a colleague, and its owner reads so; nobody is erased', async () => {
  const { clock, as, remind, asked, context, shown } = await house();
  const camille = await as('camille@exemple.fr');
  const id = await register(camille);
  const colleague = await as('collegue@exemple.fr');
  await setMember(context, id, colleague.actor.account, 'editor');
  await noteRefusal(context.db, 'camille@exemple.fr', '550 5.1.1', clock.now());
  clock.moveTo('2027-05-10T10:00:00Z');
  await remind();
  const [mail, ...others] = asked();
  expect([mail?.to, others]).toEqual(['collegue@exemple.fr', []]);
  expect(await ownAddress(camille)).toMatchObject({ refused: true });
  // Whoever answers reads that mailbox, whatever its server said.
  await noteRefusal(context.db, 'collegue@exemple.fr', '550 5.1.1', clock.now());
  const [listing] = (await readAsk(context, tokenOf(mail)))?.listings ?? [];
  await answerExact(context, tokenOf(mail), listing?.id ?? '');
  expect(await readAddress(context.db, 'collegue@exemple.fr')).toMatchObject({ refused: false });

  await noteRefusal(context.db, 'collegue@exemple.fr', '550 5.1.1', clock.now());
  clock.moveTo('2029-05-10T10:00:00Z');
  await remind();
  expect(asked()).toEqual([]);
  expect(await shown()).toHaveLength(1);
});

it('who keeps a listing reads what there is to do, chooses the rhythm, and nobody else does', async () => {
  const { clock, as, context, remind } = await house();
  const camille = await as('camille@exemple.fr');
  const id = await register(camille);
  const mine = await again(camille);
  const [todo] = await toDoOf(mine);
  expect(todo).toMatchObject({
    ...{ standing: 'fresh', confirmedOn: '2026-11-21', dueOn: '2027-05-21', rhythm: 6, name: 'Camille Exemple' },
    missing: [
      { text: 'Le prix', href: `/professionnels/inscription/${id}/services` },
      { text: 'Avec ou sans rendez-vous' },
      { text: 'L’accès en poussette' },
    ],
  });
  const row = todo?.id ?? '';
  expect(await chooseRhythm(mine, row, 3)).toMatchObject({ ok: true });
  expect(await toDoOf(mine)).toMatchObject([{ rhythm: 3, dueOn: '2027-02-21' }]);
  expect(await chooseRhythm(mine, row, 4)).toMatchObject({ error: { code: 'no_such_rhythm' } });
  clock.moveTo('2027-02-01T10:00:00Z');
  expect(await toDoOf(mine)).toMatchObject([{ standing: 'soon' }]);
  clock.moveTo('2027-02-22T10:00:00Z');
  expect(await toDoOf(mine)).toMatchObject([{ standing: 'late' }]);

  const other = await as('autre@exemple.fr');
  expect(await toDoOf(other)).toEqual([]);
  expect(await confirmKept(other, row)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await chooseRhythm(other, row, 12)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await confirmKept(other, 'pas-un-identifiant')).toMatchObject({ error: { code: 'no_such_listing' } });
  expect(await confirmKept(mine, row)).toMatchObject({ ok: true });
  expect(await toDoOf(mine)).toMatchObject([{ standing: 'fresh', confirmedOn: '2027-02-22', dueOn: '2027-05-22' }]);

  // A new version says that all of it is right, and answers what was asked.
  clock.moveTo('2027-05-30T10:00:00Z');
  await remind();
  await fillAll(mine, id, { public: form({ phone: '02 99 00 00 01', 'phone-public': 'on' }) });
  expect((await sendRegistration(mine, id, site)).ok).toBe(true);
  expect(await context.db.selectFrom('freshness_question').select('answer').execute()).toEqual([{ answer: 'changed' }]);
  expect(await toDoOf(mine)).toMatchObject([{ standing: 'fresh', confirmedOn: '2027-05-30', rhythm: 3 }]);
});

it('a campaign asks a territory, and its dashboard says who was asked, who answered, whom it cannot reach', async () => {
  const { clock, posted, as, asked, context, system } = await house();
  const moderator = await as('moderation@exemple.fr', moderatorOf('departement:35'));
  const camille = await as('camille@exemple.fr');
  await register(camille);
  await imported(context, 'un', '35238', 'un@lieu.example');
  await imported(context, 'deux', '35238', 'deux@lieu.example');
  await imported(context, 'sans', '35238', null);
  await imported(context, 'loin', '29232', 'loin@lieu.example');
  posted.splice(0);
  const all = readCampaignAsked({ scope: 'departement:35', kind: '', priority: '' });
  const rest = readCampaignAsked({ scope: 'departement:29', kind: '', priority: '' });
  if (!all || !rest) throw new Error('a territory is expected');
  expect(await countAsked(moderator, all)).toMatchObject({ listings: 4, stale: 3 });
  expect(await countAsked(moderator, { ...all, kind: 'laep' })).toMatchObject({ listings: 3 });
  expect(await countAsked(moderator, { ...all, priority: 2 })).toMatchObject({ listings: 1 });
  expect(await startCampaign(moderator, rest, site)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await startCampaign(camille, all, site)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await startCampaign(moderator, { ...all, kind: 'maternite' }, site)).toMatchObject({
    error: { code: 'nothing_to_ask' },
  });
  expect(await context.db.selectFrom('freshness_campaign').select('id').execute()).toEqual([]);

  await noteRefusal(context.db, 'deux@lieu.example', '550 5.1.1', clock.now());
  clock.moveTo('2026-11-22T10:00:00Z');
  const started = await startCampaign(moderator, all, site);
  const id = started.ok ? started.value : '';
  await campaignJob.handle(system, { campaign: id });
  await campaignJob.handle(system, { campaign: id });
  const [mail, ...others] = asked();
  // Camille said yesterday that all is right; two addresses are dead or missing.
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ to: 'un@lieu.example' });
  expect(mail?.text).toContain('Les personnes chargées du territoire «\u00a0Ille-et-Vilaine\u00a0»');
  expect(mail?.text).toContain('Votre adresse est publiée avec cette fiche par\u00a0: Essai');
  const counts = {
    exact: 0,
    changed: 0,
    bounced: 0,
    silence: 1,
    waiting: 0,
    recent: 1,
    silent: 0,
    refused: 1,
    nobody: 1,
  };
  expect(await campaignView(moderator, id)).toMatchObject({ counts, campaign: { status: 'done' }, total: 4 });

  await noteRefusal(context.db, 'un@lieu.example', '550 5.1.1', clock.now());
  expect((await campaignView(moderator, id))?.counts).toEqual({ ...counts, silence: 0, bounced: 1 });
  const [listing] = (await readAsk(context, tokenOf(mail)))?.listings ?? [];
  expect(listing).toMatchObject({
    name: 'Lieu un',
    page: '/lieux/lieu-un',
    source: 'Essai',
    tell: '/signaler?lieu=lieu-un',
  });
  expect((await answerExact(context, tokenOf(mail), listing?.id ?? '')).ok).toBe(true);
  expect(await campaignView(moderator, id, { outcome: 'exact' })).toMatchObject({
    ...{ counts: { ...counts, silence: 0, exact: 1 }, total: 1 },
    listings: [{ name: 'Lieu un', page: '/lieux/lieu-un', outcome: 'exact' }],
  });
  const place = await context.db
    .selectFrom('place')
    .select(['checked_on', 'provenance'])
    .where('slug', '=', 'lieu-un')
    .executeTakeFirstOrThrow();
  // Right as it was: the source still tells every field.
  expect([place.checked_on?.toString(), place.provenance.name?.source]).toEqual(['2026-11-22', 'essai']);

  // Nobody elsewhere sees it; who wants silence is left alone by the next one, months later.
  const elsewhere = await as('ailleurs@exemple.fr', moderatorOf('departement:29'));
  expect([await campaignView(elsewhere, id), await campaignsOf(elsewhere)]).toEqual([undefined, []]);
  expect(await stopCampaign(elsewhere, id)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await campaignsOf(moderator)).toMatchObject([{ id, status: 'done' }]);
  await silenceByLink(context, tokenOf(mail), true);
  clock.moveTo('2027-03-22T10:00:00Z');
  const second = await startCampaign(moderator, { ...all, kind: 'laep' }, site);
  const next = second.ok ? second.value : '';
  await campaignJob.handle(system, { campaign: next });
  expect(asked()).toEqual([]);
  expect((await campaignView(moderator, next))?.counts).toMatchObject({ silent: 1, refused: 1, nobody: 1, silence: 0 });
  const journal = await verifyJournal(context.db);
  expect(journal.troubles).toEqual([]);
  const events = await context.db
    .selectFrom('journal_event')
    .select('type')
    .where('stream', '=', `campaign/${id}`)
    .execute();
  expect(events.map(({ type }) => type)).toEqual(['CampaignStarted-V1', 'CampaignEnded-V1']);
});

it('a campaign that is killed goes on where it was; one that is stopped writes to nobody else', async () => {
  const { as, context, system } = await house();
  const moderator = await as('moderation@exemple.fr', moderatorOf('departement:35'));
  for (const ref of ['un', 'deux', 'trois']) await imported(context, ref, '35238', `${ref}@lieu.example`);
  const all = readCampaignAsked({ scope: 'departement:35', kind: '', priority: '' });
  const start = async (): Promise<string> => {
    const started = all ? await startCampaign(moderator, all, site) : undefined;
    return started?.ok ? started.value : '';
  };
  const sent = async () =>
    (await system.db.selectFrom('mail_outbox').select('recipient').orderBy('recipient').execute()).map(
      ({ recipient }) => recipient,
    );
  const run = (campaign: string, db = system.db) =>
    campaignJob.handle({ ...system, db, mail: createMailer(db, system.jobs) }, { campaign });

  const stopped = await start();
  expect((await stopCampaign(moderator, stopped)).ok).toBe(true);
  await run(stopped);
  expect(await sent()).toEqual([]);
  expect(await stopCampaign(moderator, stopped)).toMatchObject({ error: { code: 'campaign_not_now' } });
  expect(await campaignView(moderator, stopped)).toMatchObject({
    counts: { waiting: 3 },
    campaign: { status: 'stopped' },
  });

  const id = await start();
  for (let statements = 4; ; statements += 3) {
    try {
      await run(id, system.db.withPlugin(killAfter(statements)));
      break;
    } catch (error) {
      expect(String(error)).toContain('killed');
    }
    expect(new Set(await sent()).size).toBe((await sent()).length);
  }
  expect(await sent()).toEqual(['deux@lieu.example', 'trois@lieu.example', 'un@lieu.example']);
  expect(await campaignView(moderator, id)).toMatchObject({ counts: { silence: 3 }, campaign: { status: 'done' } });
  expect(addressHash('Un@Lieu.example ')).toBe(addressHash('un@lieu.example'));
}, 120_000);

it('an agent may choose a smaller territory than their own, and no other', async () => {
  const { as } = await house();
  const scopes = async (scope: Parameters<typeof moderatorOf>[0]) =>
    campaignScopes(await as(`${scope.replace(':', '.')}@exemple.fr`, moderatorOf(scope)));
  expect(await scopes('region:53')).toEqual([
    ...['region:53', 'departement:22', 'departement:29', 'departement:35', 'departement:56'],
  ]);
  expect(await scopes('departement:35')).toContain('epci:243500139');
  expect(await scopes('commune:35238')).toEqual(['commune:35238']);
  expect((await scopes('france')).length).toBeGreaterThan(100);
});

it('a correction answers what was asked at that address, and confirms the listing when its own team makes it', async () => {
  const { as, asked, context, system, posted, clock } = await house();
  const moderator = await as('moderation@exemple.fr', moderatorOf('departement:35'));
  await imported(context, 'un', '35238', 'un@lieu.example');
  await imported(context, 'deux', '35238', 'deux@lieu.example');
  const all = readCampaignAsked({ scope: 'commune:35238', kind: '', priority: '' });
  const started = all ? await startCampaign(moderator, all, site) : undefined;
  const campaign = started?.ok ? started.value : '';
  await campaignJob.handle(system, { campaign });
  expect(asked()).toHaveLength(2);
  const counts = async () => (await campaignView(moderator, campaign))?.counts;

  const correct = async (who: PersonContext, slug: string, note: string) => {
    const listing = await correctableListing(who, 'place', slug);
    const typed = form({ hours_note: note }, untouchedForm('place', listing?.fields ?? {}));
    return proposeCorrection(who, { entity: 'place', slug }, typed);
  };
  // A neighbour says something: nobody has answered. The reader of the message says something: that is an answer.
  await correct(await as('voisine@exemple.fr'), 'lieu-un', 'Fermé le lundi.');
  expect(await counts()).toMatchObject({ silence: 2, changed: 0 });
  expect(await correct(await as('un@lieu.example'), 'lieu-un', 'Fermé le mardi.')).toMatchObject({
    value: { published: false },
  });
  expect(await counts()).toMatchObject({ silence: 1, changed: 1 });
  const checked = async (slug: string) =>
    (
      await context.db.selectFrom('place').select('checked_on').where('slug', '=', slug).executeTakeFirstOrThrow()
    ).checked_on?.toString();
  expect(await checked('lieu-un')).toBeUndefined();

  // A team that keeps the listing is asked in the morning, in place of the published address.
  const keeper = await as('equipe@exemple.fr');
  const registration = await begin(keeper);
  const place = await correctableListing(keeper, 'place', 'lieu-deux');
  const { id: caseId } = await context.db.selectFrom('moderation_case').select('id').limit(1).executeTakeFirstOrThrow();
  await giveListing(context, { entity: 'place', id: place?.id ?? 0 }, { registration, caseId });
  const team = await again(keeper);
  expect(await toDoOf(team)).toMatchObject([
    { standing: 'never', change: '/professionnels/espace/corriger?lieu=lieu-deux' },
  ]);
  posted.splice(0);
  clock.moveTo('2026-12-21T10:00:00Z');
  await remindJob(site).handle(system, {});
  expect(asked().map(({ to }) => to)).toEqual(['equipe@exemple.fr']);
  expect(await correct(team, 'lieu-deux', 'Fermé le mercredi.')).toMatchObject({ value: { published: true } });
  expect(await checked('lieu-deux')).toBe('2026-12-21');
  expect(await toDoOf(team)).toMatchObject([{ standing: 'fresh', rhythm: 3, dueOn: '2027-03-21' }]);
});

it('what was asked is forgotten after 400 days', async () => {
  const { as, context, system, clock } = await house();
  const moderator = await as('moderation@exemple.fr', moderatorOf('departement:35'));
  await imported(context, 'un', '35238', 'un@lieu.example');
  const all = readCampaignAsked({ scope: 'departement:35', kind: '', priority: '' });
  const started = all ? await startCampaign(moderator, all, site) : undefined;
  await campaignJob.handle(system, { campaign: started?.ok ? started.value : '' });
  const left = async () =>
    Promise.all(
      (['freshness_campaign', 'freshness_target', 'freshness_ask', 'freshness_question'] as const).map(
        async (table) => (await context.db.selectFrom(table).selectAll().execute()).length,
      ),
    );
  clock.moveTo('2027-12-26T09:00:00Z');
  await applyRetention(system, professionalsRetention);
  expect(await left()).toEqual([1, 1, 1, 1]);
  clock.moveTo('2027-12-26T11:00:00Z');
  await applyRetention(system, professionalsRetention);
  expect(await left()).toEqual([0, 0, 0, 0]);
});
