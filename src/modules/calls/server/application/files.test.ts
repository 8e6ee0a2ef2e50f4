import { beforeAll, expect, test } from 'vitest';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { createMailer } from '#platform/server/mail/outbox.ts';
import {
  type CallsHouse,
  callsHouse,
  completeContent,
  depositedApplication,
  done,
  publishedCall,
} from '#testing/calls.ts';
import { applicationParts } from '../../application/content.ts';
import { orderOnOwn } from '../selection/declare-interests.ts';
import { lapseDrafts, tellOrganisers, warnDrafts } from './closing-job.ts';
import { depositApplication } from './deposit-application.ts';
import { type FileFilters, filesOf } from './file-list.ts';
import { fileView } from './file-view.ts';
import { startApplication } from './start.ts';
import { writePart } from './write-part.ts';

const CLOSES = Temporal.Instant.from('2021-07-15T14:00:00Z');
const origin = 'https://mille-jours.example';
const everything: FileFilters = {
  ...{ kind: 'full', text: '', status: undefined, axis: undefined, territory: '', legalForm: '', least: undefined },
  ...{ most: undefined, evaluator: '', sort: 'number', descending: false },
};

let house: CallsHouse;
let call: Awaited<ReturnType<typeof publishedCall>>;
beforeAll(async () => {
  let end = async () => {};
  house = await callsHouse(undefined, (work) => {
    end = work;
  });
  call = await publishedCall(house);
  return () => end();
});

/** A draft of somebody new, that says all it must. */
const written = async (email: string, siret = '12345678200010') => {
  const holder = await house.as(email);
  const id = done(await startApplication(holder, call.id, { kind: 'full' }));
  const content = completeContent();
  for (const part of applicationParts)
    done(
      await writePart(holder, id, part, part === 'holder' ? { ...content.holder, siret } : content[part], { seen: 0 }),
    );
  return { id, holder };
};

test('a list keeps what its filters say, and counts nothing of what one is recused from (I-6)', async () => {
  const content = completeContent();
  const deposit = (email: string, title: string, more: Parameters<typeof completeContent>[0] = {}) =>
    depositedApplication(house, call, {
      email,
      content: { ...more, project: { ...content.project, title } },
    });
  const shown = await deposit('a@exemple.example', 'Éveil musical', { axes: { axes: [2], words: '' } });
  const hidden = await deposit('b@exemple.example', 'Maison secrète', {
    holder: { ...content.holder, siret: '98765432100015', legal_form: 'Commune' },
  });
  const other = await deposit('c@exemple.example', 'Accueil occasionnel', {
    territory: { territories: ['commune:29019'], words: '' },
  });
  await depositedApplication(house, call, { email: 'd@exemple.example', kind: 'intent' });
  const listed = async (filters: Partial<FileFilters> = {}, who = call.ars) => {
    const files = await filesOf(who, call.id, { ...everything, ...filters });
    if (!files.open) throw new Error(files.because);
    return files;
  };
  const titles = async (filters: Partial<FileFilters> = {}) => (await listed(filters)).rows.map(({ title }) => title);

  // Nothing opens before interests are declared, not even a count; to strangers, ever.
  expect(await filesOf(call.ars, call.id, everything)).toEqual({ open: false, because: 'toDeclare' });
  expect(await filesOf(await house.agent('ars', 'region:52'), call.id, everything)).toEqual({
    ...{ open: false, because: 'stranger' },
  });
  const recused = { application: hidden.id, stand: 'recused', kind: 'job', reason: null } as const;
  done(await orderOnOwn(call.ars, call.id, { command: 'declare', answer: 'recusal', files: [recused] }));
  done(await orderOnOwn(call.dreets, call.id, { command: 'declare', answer: 'none', files: [] }));

  const files = await listed();
  expect(files.rows.map(({ id }) => id)).toEqual([shown.id, other.id]);
  expect([files.total, files.asked, files.legalForms]).toEqual([2, 8_000_000, ['Association']]);
  expect(files.statuses).toEqual([{ status: 'deposited', files: 2 }]);
  expect(await titles({ text: 'secrete' })).toEqual([]);
  expect(await fileView(call.ars, call.id, hidden.id)).toBeUndefined();
  expect((await listed({}, call.dreets)).total).toBe(3);
  expect(await fileView(call.dreets, call.id, hidden.id)).toMatchObject({ open: true, number: 'bretagne-2021-002' });
  // A forged id of another call opens nothing.
  expect(await fileView(call.dreets, crypto.randomUUID(), hidden.id)).toMatchObject({ open: false });

  expect(await titles({ text: 'EVEIL asso' })).toEqual(['Éveil musical']);
  expect(await titles({ axis: 1 })).toEqual(['Accueil occasionnel']);
  expect(await titles({ territory: 'departement:29' })).toEqual(['Accueil occasionnel']);
  expect(await titles({ territory: 'epci:243500139' })).toEqual(['Éveil musical']);
  expect(await titles({ territory: 'nowhere' })).toEqual([]);
  expect(await titles({ legalForm: 'Commune' })).toEqual([]);
  expect(await titles({ least: 4_000_001 })).toEqual([]);
  expect(await titles({ status: 'admissible' })).toEqual([]);
  expect(await titles({ sort: 'title', descending: true })).toEqual(['Éveil musical', 'Accueil occasionnel']);
  expect((await listed({ kind: 'intent' })).total).toBe(1);
});

test('drafts are warned once three days and one day before, unless their company has deposited; then they lapse', async () => {
  house.clock.moveTo('2021-07-01T08:00:00Z');
  const { db, jobs } = house.context;
  const system = { ...house.context, actor: { kind: 'system' } as const, mail: createMailer(db, jobs) };
  const outbox = () => db.selectFrom('mail_outbox').select(['id', 'recipient', 'body']).orderBy('recipient').execute();
  const told = async (at: Temporal.Instant, work = warnDrafts) => {
    house.clock.moveTo(at.toString());
    const before = new Set((await outbox()).map(({ id }) => id));
    await work(system, origin);
    return (await outbox()).filter(({ id }) => !before.has(id));
  };
  const toWhom = (mails: Awaited<ReturnType<typeof told>>) => mails.map(({ recipient }) => recipient);
  const late = await written('retard@exemple.example', '55208131766522');
  // A letter of intent of the same company is no application.
  const ofLetter = { holder: { ...completeContent().holder, siret: '55208131766522' } };
  await depositedApplication(house, call, { email: 'lettre@exemple.example', kind: 'intent', content: ofLetter });
  // Their company has deposited already: nobody is warned.
  const [holder, project] = [{ siret: '44306184100047' }, { title: 'Relais nomade' }];
  const more = {
    holder: { ...completeContent().holder, ...holder },
    project: { ...completeContent().project, ...project },
  };
  await depositedApplication(house, call, { email: 'e@exemple.example', content: more });
  await written('deja@exemple.example', holder.siret);
  expect(await told(CLOSES.subtract({ hours: 72, seconds: 1 }))).toEqual([]);
  expect(toWhom(await told(CLOSES.subtract({ hours: 72 })))).toEqual(['retard@exemple.example']);
  // Begun again, after an accident or five minutes later: nobody hears twice.
  expect(await told(CLOSES.subtract({ hours: 72 }))).toEqual([]);
  expect(await told(CLOSES.subtract({ hours: 25 }))).toEqual([]);
  expect(toWhom(await told(CLOSES.subtract({ hours: 23 })))).toEqual(['retard@exemple.example']);
  expect(await told(CLOSES.subtract({ hours: 22 }))).toEqual([]);
  const statusOf = async () =>
    (
      await house.context.db
        .selectFrom('call_application')
        .select('status')
        .where('id', '=', late.id)
        .executeTakeFirstOrThrow()
    ).status;
  house.clock.moveTo(CLOSES.add({ minutes: 4 }).toString());
  await lapseDrafts(system);
  expect(await statusOf()).toBe('draft');
  house.clock.moveTo(CLOSES.add({ minutes: 5 }).toString());
  await lapseDrafts(system);
  await lapseDrafts(system);
  expect(await statusOf()).toBe('lapsed');
  // Organisers are told once, and read nothing in the message that they may be recused from.
  const organisers = await told(CLOSES.add({ minutes: 6 }), tellOrganisers);
  expect(toWhom(organisers)).toEqual([call.ars.actor.email, call.dreets.actor.email].toSorted());
  for (const { body } of organisers) expect(body).not.toContain(project.title);
  expect(await told(CLOSES.add({ minutes: 7 }), tellOrganisers)).toEqual([]);
});

test('twenty deposits at once across the closing, through two pools: each is whole or not there at all', async () => {
  house.clock.moveTo('2021-07-02T08:00:00Z');
  const drafts = await Promise.all(Array.from({ length: 20 }, (_, at) => written(`foule${at}@exemple.example`)));
  const other = createDatabase(createPool(house.url, 5));
  try {
    const results = await Promise.all(
      drafts.map(({ id, holder }, at) => {
        const receivedAt = CLOSES.add({ milliseconds: at % 2 === 0 ? -1 - at : at });
        const context = { ...holder, clock: { now: () => receivedAt }, ...(at % 4 < 2 ? { db: other } : {}) };
        // Pressed twice: once is enough.
        return Promise.all([depositApplication(context, id, { origin }), depositApplication(context, id, { origin })]);
      }),
    );
    for (const [at, { id, holder }] of drafts.entries()) {
      const deposited = results[at]?.filter(({ ok }) => ok).length;
      const row = await holder.db
        .selectFrom('call_application')
        .select('status')
        .where('id', '=', id)
        .executeTakeFirst();
      const snapshots = await holder.db
        .selectFrom('call_snapshot')
        .select('id')
        .where('application', '=', id)
        .execute();
      const inTime = at % 2 === 0;
      expect([at, deposited, row?.status, snapshots.length]).toEqual(
        inTime ? [at, 1, 'deposited', 1] : [at, 0, 'draft', 0],
      );
    }
  } finally {
    await other.destroy();
  }
});
