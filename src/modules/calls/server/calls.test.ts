import { expect, test } from 'vitest';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readStream } from '#platform/server/journal/journal.ts';
import { loadStream } from '#platform/server/journal/stream.ts';
import { calendarOf, callsHouse, declare, done, fillCall, move, open } from '#testing/calls.ts';
import { lastWritten } from '../decide-call.ts';
import { callsCalendar, callsFeed } from './call-files.ts';
import { callStream, readCall } from './call-stream.ts';
import { callView, ownCalls } from './call-view.ts';
import { amendCall, openCall, writeSection } from './calls.ts';
import { callsEndpoint } from './calls-endpoint.ts';
import { hashOfFrame, readFrames, recordFrames } from './frames.ts';
import { dismissPartner, invitePartner, partnersOf } from './partners.ts';
import { publicCall, publishedCalls } from './public-calls.ts';
import { remark, remarksOf, settleRemark } from './remarks.ts';
import { exportCalls, forgetInCalls } from './rights.ts';
import { wordsOf } from './title.ts';

const RENNES = 'Europe/Paris';

/** A joint call of Bretagne, opened by its ARS, both having declared it. */
const jointCall = async (house: Awaited<ReturnType<typeof callsHouse>>, region = '53') => {
  const ars = await house.agent('ars', `region:${region}`);
  const dreets = await house.agent('dreets', `region:${region}`);
  done(await declare(ars, 'ars', region));
  done(await declare(dreets, 'dreets', region));
  const id = done(await open(ars, region, 'joint'));
  return { ars, dreets, id };
};

const seenOf = async (who: PersonContext, id: string): Promise<number> => {
  const call = await readCall(who, id);
  return call ? lastWritten(call) : -1;
};

/** Read, approved by both, published. */
const publish = async (house: { ars: PersonContext; dreets: PersonContext; id: string }): Promise<void> => {
  const { ars, dreets, id } = house;
  done(await move(ars, id, 'submit'));
  const seen = await seenOf(ars, id);
  done(await move(ars, id, 'approve', { agency: 'ars', seen }));
  done(await move(dreets, id, 'approve', { agency: 'dreets', seen }));
  done(await move(dreets, id, 'publish'));
};

test('a joint call goes from its opening to an amendment; what is kept is what the journal gives (I-16)', async () => {
  const house = await callsHouse();
  const { context, clock } = house;
  const call = await jointCall(house);
  const { ars, dreets, id } = call;
  const relay = { organisation: 'Caf d’Ille-et-Vilaine', kind: 'state', email: 'caf@exemple.example' };
  done(await invitePartner(ars, id, { ...relay, tasks: ['write', 'relay'], origin: undefined }));
  const caf = await house.as('caf@exemple.example');

  // The partner finds the call, comments and proposes; nobody else sees it.
  expect((await ownCalls(caf)).map((one) => one.id)).toEqual([id]);
  expect((await callView(caf, id))?.role).toBe('partner');
  expect(await callView(await house.agent('ars', 'region:52'), id)).toBeUndefined();
  expect(
    await writeSection(caf, id, { section: 'title', words: { title: 'Le mien' } }, { seen: 0, motive: '' }),
  ).toMatchObject({ ok: false, error: { code: 'not_allowed' } });

  // Two people on the same part: one wins, the other is asked to reload; another part is free (I-18).
  await fillCall(ars, id, RENNES);
  const title = { section: 'title', words: { title: '' } } as const;
  const both = await Promise.all([
    writeSection(ars, id, title, { seen: 0, motive: '' }),
    writeSection(dreets, id, title, { seen: 0, motive: '' }),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'journal_conflict' } });

  done(await remark(caf, id, { section: 'specification', field: 'projects', text: 'Des projets itinérants.' }));
  const remarks = async () => {
    const view = await callView(ars, id);
    return view ? remarksOf(context, id, view) : [];
  };
  const [said] = await remarks();
  done(await settleRemark(ars, id, { remark: said?.id ?? '', answer: 'taken' }));
  expect((await callView(ars, id))?.specification).toEqual({
    context: 'Soutenir les parents.',
    projects: 'Des projets itinérants.',
  });

  // A hundred remarks of one person wait for an answer, and no more; one that is answered makes room.
  const waiting = { call: id, section: 'grid', text: 'x', author_name: 'x', written_at: clock.now() };
  await context.db
    .insertInto('call_remark')
    .values(Array.from({ length: 100 }, () => ({ ...waiting, field: null, author: caf.actor.account })))
    .execute();
  const more = { section: 'specification', field: '', text: 'Une de plus.' };
  const kept = (await remarks()).length;
  for (const field of ['', 'projects'])
    expect(await remark(caf, id, { ...more, field })).toMatchObject({
      error: { code: 'too_many_open', field: 'text' },
    });
  expect(await remarks()).toHaveLength(kept);
  done(await remark(dreets, id, more));
  const [first] = (await remarks()).filter(({ settled_at, section }) => settled_at === null && section === 'grid');
  done(await settleRemark(ars, id, { remark: first?.id ?? '', answer: 'read' }));
  done(await remark(caf, id, more));
  await context.db.deleteFrom('call_remark').where('settled_at', 'is', null).execute();
  await context.db.deleteFrom('call_remark').where('section', '=', 'grid').execute();

  // A draft does not exist outside; published, it does.
  const slug = 'bretagne-2021';
  expect(await publicCall(context, slug)).toBeUndefined();
  expect(await move(ars, id, 'publish')).toMatchObject({ error: { code: 'not_now' } });
  done(await move(ars, id, 'submit'));
  done(await move(ars, id, 'approve', { agency: 'ars', seen: await seenOf(ars, id) }));
  expect(await move(ars, id, 'approve', { agency: 'dreets', seen: await seenOf(ars, id) })).toMatchObject({
    ok: false,
  });
  expect(await move(ars, id, 'publish')).toMatchObject({ error: { code: 'not_all_approved' } });
  done(await move(dreets, id, 'approve', { agency: 'dreets', seen: await seenOf(ars, id) }));
  // Of the actors recommended for its steering, one was invited: it says why the others were not.
  expect(await move(dreets, id, 'publish', { reason: '' })).toMatchObject({
    error: { code: 'motive_missing', field: 'motive', rule: { reference: /^R-70/ } },
  });
  done(await move(dreets, id, 'publish'));
  expect((await readCall(ars, id))?.departures).toMatchObject([{ rule: 'R-70', section: 'publication' }]);
  expect((await publicCall(context, slug))?.title).toBe(
    '1000 premiers jours en Bretagne : initiatives en faveur de la santé du jeune enfant et de l’accompagnement des parents',
  );
  expect(house.context.posted.at(-1)).toMatchObject({
    to: 'caf@exemple.example',
    subject: 'Un appel à projets à relayer',
  });

  // An amendment puts a date off, never forward (I-15), and only before the closing.
  const amended = (closesAt: string) =>
    amendCall(ars, id, { text: 'Un mois de plus.', calendar: calendarOf(RENNES, { closesAt }), origin: undefined });
  expect(await amended('2021-07-14T14:00:00Z')).toMatchObject({ error: { code: 'shortened', field: 'closes' } });
  done(await amended('2021-07-30T14:00:00Z'));
  expect((await publicCall(context, slug))?.call.calendar?.closesAt).toBe('2021-07-30T14:00:00Z');
  expect(callsFeed(context, await publishedCalls(context), 'https://x.example')).toContain('vendredi 30 juillet 2021');
  expect(callsCalendar(context, await publishedCalls(context), 'https://x.example')).toContain(
    'DTSTART:20210730T140000Z',
  );
  clock.moveTo('2021-07-30T14:00:00Z');
  expect(await amended('2021-08-05T14:00:00Z')).toMatchObject({ error: { code: 'call_closed' } });

  const { state } = await loadStream(context, callStream, id);
  expect(await readCall(context, id)).toEqual(JSON.parse(JSON.stringify(state)));
  const events = await readStream(context.db, `call/${id}`);
  expect(JSON.stringify(events)).not.toMatch(/Caf|exemple\.example|itinérants|Un mois/);

  // Erased, the partner is nobody; what they proposed stays.
  expect(await exportCalls(caf)).toMatchObject({ invitations: [{ slug }], remarks: [{ section: 'specification' }] });
  await forgetInCalls(context, caf.actor.account);
  expect(await partnersOf(context, id)).toEqual([]);
  expect((await remarks()).map(({ author_name }) => author_name)).toEqual(['Compte effacé']);
});

test('one organiser, one living call; a solo call where both declared says why (R-13, I-14)', async () => {
  const house = await callsHouse();
  const ars = await house.agent('ars', 'region:53');
  expect(await open(ars, '53', 'ars')).toMatchObject({ error: { code: 'not_declared', rule: { reference: /^R-91/ } } });
  done(await declare(ars, 'ars', '53', { configuration: 'ars' }));
  done(await declare(await house.agent('dreets', 'region:53'), 'dreets', '53'));
  expect(await open(ars, '53', 'dreets')).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await open(ars, '53', 'ars')).toMatchObject({
    error: { code: 'motive_missing', rule: { reference: /^R-13/ } },
  });
  const id = done(await open(ars, '53', 'ars', 'La DREETS lancera le sien en 2022.'));
  expect((await readCall(ars, id))?.departures).toMatchObject([{ rule: 'R-13', section: 'opening' }]);
  expect(await open(ars, '53', 'joint')).toMatchObject({ error: { code: 'runs_already' } });
  done(await move(ars, id, 'cancel', { reason: 'Finalement ensemble.' }));
  const joint = done(await open(ars, '53', 'joint'));
  expect((await readCall(ars, joint))?.slug).toBe('bretagne-2021-2');
  expect(await open(await house.agent('ars', 'region:44'), '53', 'ars')).toMatchObject({ ok: false });
  expect(
    await move(await house.agent('ars', 'region:53', 'coordinator'), joint, 'cancel', { reason: 'x' }),
  ).toMatchObject({
    error: { code: 'not_allowed' },
  });
});

test('outside dates, territories, axes and lines are refused; dates and criteria departed from leave their motive', async () => {
  const house = await callsHouse();
  const { ars, dreets, id } = await jointCall(house, '04');
  const zone = 'Indian/Reunion';
  const write = (section: Parameters<typeof writeSection>[2], motive = '', seen?: number) =>
    readCall(ars, id).then((call) =>
      writeSection(ars, id, section, { motive, seen: seen ?? call?.written[section.section] ?? 0 }),
    );
  const late = { section: 'calendar', calendar: calendarOf(zone, { resultsOn: '2021-09-03' }) } as const;
  expect(await write(late)).toMatchObject({ error: { code: 'motive_missing', rule: { reference: /^R-25/ } } });
  done(await write(late, 'Le jury ne peut se réunir avant.'));
  expect(await write({ section: 'territories', territories: ['departement:35'] })).toMatchObject({
    error: { code: 'outside_territory' },
  });
  done(await write({ section: 'territories', territories: ['commune:97411'] }));
  expect(await write({ section: 'axes', axes: [1, 7] })).toMatchObject({ error: { code: 'axes_not_of_edition' } });
  expect(await write({ section: 'axes', axes: [] })).toMatchObject({ error: { code: 'axes_not_of_edition' } });
  done(await write({ section: 'axes', axes: [5, 1, 3, 2, 4] }));
  const grid = { section: 'grid', words: { criteria: [{ title: 'Le nôtre', rule: null, points: 10 }] } } as const;
  expect(await write(grid)).toMatchObject({ error: { code: 'motive_missing', rule: { reference: /^R-60/ } } });
  done(await write(grid, 'Déjà dans notre grille sous d’autres mots.'));
  expect(await write({ section: 'specification', words: { context: 'x'.repeat(10_001) } })).toMatchObject({
    error: { code: 'too_long', field: 'context' },
  });
  done(await write({ section: 'specification', words: { context: '<script>' } }));
  const call = await readCall(ars, id);
  expect(call?.departures.map(({ rule, section }) => `${rule} ${section}`)).toEqual([
    'R-25 calendar',
    'R-60 grid',
    'R-61 grid',
  ]);
  expect(call?.axes).toEqual([1, 2, 3, 4, 5]);

  // 199 999,99 € is not 200 000 € (I-2).
  const [fir, p304] = call?.money.envelopes ?? [];
  if (!fir || !p304) throw new Error('no envelope');
  const money = (cents: number) => ({
    ...call?.money,
    pooled: true,
    shown: true,
    envelopes: [{ ...fir, cents }, p304],
  });
  done(await write({ section: 'money', money: money(9_999_999) }));
  done(await move(ars, id, 'submit'));
  for (const [who, agency] of [
    [ars, 'ars'],
    [dreets, 'dreets'],
  ] as const)
    done(await move(who, id, 'approve', { agency, seen: await seenOf(ars, id) }));
  expect(await move(ars, id, 'publish')).toMatchObject({
    error: { code: 'below_minimum', rule: { reference: /^R-31/ } },
  });
  done(await move(ars, id, 'reopen', { reason: 'Enveloppe.' }));
  expect((await readCall(ars, id))?.approvals).toEqual([]);
  expect(await write({ section: 'money', money: money(10_000_001) })).toMatchObject({
    error: { code: 'above_allocation' },
  });
  done(await write({ section: 'money', money: money(10_000_000) }));
  await publish({ ars, dreets, id });
  const answer = await callsEndpoint.run(
    house.context,
    { territory: 'commune:97411' },
    new Request('https://x.example'),
  );
  expect(answer).toMatchObject({
    calls: [
      {
        slug: 'la-reunion-2021',
        amount_cents: 20_000_000,
        state: 'coming',
        time_zone: zone,
        closes_at: '2021-07-15T12:00:00Z',
      },
    ],
  });
});

test('the call of a département needs no frame; a partner is dismissed; a frame that changed is refused', async () => {
  const house = await callsHouse('2022-06-01T08:00:00Z');
  const territory = 'departement:40';
  const caf = await house.agent('caf', 'departement:40');
  const ars = await house.agent('ars', 'region:75');
  const opening = { kind: 'labelling', territory, configuration: '', motive: '', agencies: ['ars', 'caf'] };
  const id = done(await openCall(caf, opening));
  expect(await openCall(caf, { ...opening, territory: 'departement:33' })).toMatchObject({ ok: false });
  expect(await openCall(caf, { ...opening, agencies: ['local'] })).toMatchObject({ ok: false });
  await fillCall(caf, id, RENNES);
  expect((await callView(ars, id))?.title).toBe('Appel départemental avec labellisation dans les Landes');
  const local = await readCall(ars, id);
  expect(local?.axes).toEqual([]);
  expect(local && (await wordsOf(house.context, local, 'grid'))).toEqual({ criteria: [] });
  const asked = {
    organisation: 'Drac',
    kind: 'state',
    email: 'drac@exemple.example',
    tasks: ['write'],
    origin: undefined,
  };
  done(await invitePartner(caf, id, asked));
  const [partner] = await partnersOf(caf, id);
  done(await dismissPartner(caf, id, partner?.id ?? ''));
  expect(await ownCalls(await house.as('drac@exemple.example'))).toEqual([]);

  const { db } = house.context;
  await recordFrames(db, 'content');
  await db.updateTable('call_frame').set({ sha256: 'autre' }).execute();
  await expect(recordFrames(db, 'content')).rejects.toThrow('ce cadre a été publié');
  // A published frame: whoever changes it changes this line too, and writes a new version instead.
  expect(readFrames('content').map(hashOfFrame)).toEqual([
    'aec2fc0bc4b9f5ec47049d6f376bba0d1019180883391c5ef925a998f71f5a4a',
  ]);
});
