import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readStream } from '#platform/server/journal/journal.ts';
import { loadStream } from '#platform/server/journal/stream.ts';
import {
  type CallsHouse,
  callsHouse,
  completeContent,
  depositedApplication,
  done,
  publishedCall,
} from '#testing/calls.ts';
import { pdfWords } from '#testing/pdf-words.ts';
import type { ApplicationKind } from '../../application/application.ts';
import { type ApplicationContent, applicationParts } from '../../application/content.ts';
import { noInterest } from '../../selection/interests.ts';
import { exportCalls } from '../rights.ts';
import { orderOnOwn } from '../selection/declare-interests.ts';
import { applicationRow, applicationStream } from './application-stream.ts';
import { completeApplication, depositApplication, withdrawApplication } from './deposit-application.ts';
import { depositView } from './deposit-view.ts';
import {
  askCompletion,
  cancelCompletion,
  changeCompletion,
  closeLetter,
  completionsOf,
  findAdmissible,
  findInadmissible,
} from './instruction.ts';
import { convertLetter } from './letters.ts';
import { whatIsMissing } from './own-files.ts';
import { receiptPdf } from './receipt-pdf.ts';
import { hashOfContent, snapshotsOf } from './snapshots.ts';
import { startApplication } from './start.ts';
import { readContent, writePart } from './write-part.ts';

const CLOSES = Temporal.Instant.from('2021-07-15T14:00:00Z');
const origin = 'https://mille-jours.example';

let house: CallsHouse;
let call: Awaited<ReturnType<typeof publishedCall>>;
let people = 0;
beforeAll(async () => {
  let end = async () => {};
  house = await callsHouse(undefined, (work) => {
    end = work;
  });
  call = await publishedCall(house);
  for (const agent of [call.ars, call.dreets])
    done(await orderOnOwn(agent, call.id, { command: 'declare', answer: 'none', files: [] }));
  return () => end();
});

/** A draft of somebody new, that says all it must. */
const written = async (kind: ApplicationKind = 'full', content: Partial<ApplicationContent> = {}) => {
  people += 1;
  const holder = await house.as(`porteuse${people}@exemple.example`);
  const id = done(await startApplication(holder, call.id, { kind }));
  const whole = completeContent(content);
  for (const part of applicationParts) done(await writePart(holder, id, part, whole[part], { seen: 0 }));
  return { id, holder };
};
const statusOf = async (id: string) => (await applicationRow(house.context, id))?.status;
const opened = () => house.clock.moveTo('2021-06-02T08:00:00Z');

test('a deposit freezes all that was written, says it to every member, and stays as it was (I-8, I-16)', async () => {
  opened();
  const { id, holder } = await written();
  const { actor } = holder;
  const by = { invited_by: actor.account, invited_at: house.clock.now() };
  await holder.db
    .insertInto('call_application_member')
    .values({ application: id, email: 'ecrit@exemple.example', role: 'writer', ...by })
    .execute();
  const writer = await house.as('ecrit@exemple.example');
  expect(await depositApplication(writer, id, { origin })).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await depositApplication(call.ars, id, { origin })).toMatchObject({ error: { code: 'no_such_application' } });
  const told = house.context.posted.length;
  done(await depositApplication(holder, id, { origin }));
  expect(house.context.posted.slice(told).map(({ to }) => to)).toEqual([actor.email, 'ecrit@exemple.example'].sort());
  expect(await depositView(call.ars, id)).toBeUndefined();
  expect((await depositView(writer, id))?.snapshots).toHaveLength(1);
  const exported = await exportCalls(holder);
  expect(exported.deposits).toMatchObject([{ number: 1 }]);
  const [snapshot] = await snapshotsOf(holder, id);
  const { content } = await readContent(holder, id);
  expect(snapshot?.content).toEqual({ ...content, attachments: [], form: null });
  expect(snapshot && hashOfContent(snapshot.content)).toBe(snapshot?.sha256);
  expect(house.context.posted.at(-1)?.text).toContain(snapshot?.sha256);
  const receipt = await pdfWords(
    receiptPdf({
      ...{ title: 'Récépissé de dépôt', facts: [{ term: 'Numéro', detail: 'BRE-1' }] },
      ...{ parts: [{ title: 'Le projet', lines: 3 }], pieces: [{ name: 'statuts.pdf', sha256: 'abc123' }] },
      madeOn: '1er juillet 2021',
    }),
  );
  for (const said of ['Récépissé de dépôt', 'Numéro : BRE-1', 'Le projet', 'statuts.pdf : abc123', '1er juillet 2021'])
    expect(receipt).toContain(said);
  // Neither the holder, nor anybody with the base, changes it.
  expect(
    await writePart(holder, id, 'project', { title: 'Autre', summary: '', change: '' }, { seen: 1 }),
  ).toMatchObject({
    error: { code: 'not_now' },
  });
  await expect(sql`update call_snapshot set content = '{}'`.execute(holder.db)).rejects.toThrow(/never changes/);
  // Twice is once.
  expect(await depositApplication(holder, id, { origin })).toMatchObject({ error: { code: 'not_now' } });
  expect(await snapshotsOf(holder, id)).toHaveLength(1);
  const row = await applicationRow(holder, id);
  const { state } = await loadStream(holder, applicationStream, id);
  expect(row?.state).toEqual(JSON.parse(JSON.stringify(state)));
  expect(row).toMatchObject({ status: 'deposited', legal_form: 'Association', asked_cents: 4_000_000 });
  expect(row?.deposited_at?.toString()).toBe(snapshot?.made_at.toString());
  expect(JSON.stringify(await readStream(holder.db, `application/${id}`))).not.toMatch(
    /Exemple|maison|exemple\.example/,
  );
});

test('at the closing instant a deposit is refused and nothing of it stays; one millisecond before, it is whole', async () => {
  opened();
  const [early, late] = [await written(), await written()];
  house.clock.moveTo(CLOSES.subtract({ milliseconds: 1 }).toString());
  done(await depositApplication(early.holder, early.id, { origin }));
  house.clock.moveTo(CLOSES.toString());
  const told = house.context.posted.length;
  expect(await depositApplication(late.holder, late.id, { origin })).toMatchObject({ error: { code: 'call_closed' } });
  expect([await statusOf(early.id), await statusOf(late.id)]).toEqual(['deposited', 'draft']);
  expect(await snapshotsOf(late.holder, late.id)).toEqual([]);
  expect(house.context.posted).toHaveLength(told);
});

test('a completion opens only what was asked, adds a snapshot and keeps the first', async () => {
  opened();
  const { id, holder } = await written();
  done(await depositApplication(holder, id, { origin }));
  const due = CLOSES.add({ hours: 72 }).toString();
  const asked = { parts: ['project', 'nonsense'], reason: 'Dites combien de familles.', due, origin };
  expect(await askCompletion(holder, id, asked)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await askCompletion(call.ars, id, { ...asked, reason: ' ' })).toMatchObject({
    error: { code: 'reason_missing' },
  });
  done(await askCompletion(call.ars, id, asked));
  expect(house.context.posted.at(-1)).toMatchObject({ to: holder.actor.email, subject: 'Un complément est demandé' });
  const before = await applicationRow(holder, id);
  const project = { title: 'Une maison des familles', summary: 'Pour 120 familles.', change: 'Moins d’isolement.' };
  expect(await writePart(holder, id, 'axes', { axes: [2], words: '' }, { seen: 1 })).toMatchObject({
    error: { code: 'part_closed' },
  });
  done(await writePart(holder, id, 'project', project, { seen: 1 }));
  // Until it is sent, nobody of the selection sees it.
  expect((await applicationRow(holder, id))?.title).toBe(before?.title);
  house.clock.moveTo(CLOSES.add({ hours: 80 }).toString());
  done(await completeApplication(holder, id, { origin }));
  const [first, second] = await snapshotsOf(holder, id);
  expect([first?.content.project.title, second?.content.project.title]).toEqual([before?.title, project.title]);
  expect((await applicationRow(holder, id))?.title).toBe(project.title);
  const [completion] = await completionsOf(holder, id);
  // Late, and kept: no text refuses it. The page marks it.
  expect(completion?.answered_at?.toString()).toBe(house.clock.now().toString());
  expect(await completeApplication(holder, id, { origin })).toMatchObject({ error: { code: 'not_now' } });
  // Once the call is closed, whoever instructs says whether it is admissible.
  done(await findAdmissible(call.dreets, id));
  expect(await statusOf(id)).toBe('admissible');
  const words = { reason: 'Le financement est trouvé ailleurs.', origin };
  expect(await withdrawApplication(holder, id, { ...words, reason: '' })).toMatchObject({
    error: { code: 'reason_missing' },
  });
  done(await withdrawApplication(holder, id, words));
  expect(await statusOf(id)).toBe('withdrawn');
});

test('what was accepted in a part that stays closed does not stop a completion; a compulsory piece that is gone does', async () => {
  opened();
  const statuts = { id: randomUUID(), piece: 'Statuts', name: 'statuts.pdf', bytes: 10, sha256: 'h' };
  const partners = { partners: [{ name: 'Caf', siren: '775672273', brings: '' }] };
  const more = { email: 'ancienne@exemple.example', content: { partners }, pieces: [statuts] };
  const { id, holder } = await depositedApplication(house, call, more);
  const { db } = holder;
  const added = { added_by: holder.actor.account, added_at: house.clock.now(), left_at: null };
  await db
    .insertInto('call_attachment')
    .values({ ...statuts, ...added, application: id, media_type: 'x/y', slices: [], status: 'kept', scan: 'none' })
    .execute();
  const due = CLOSES.add({ hours: 72 }).toString();
  done(await askCompletion(call.ars, id, { parts: ['axes'], reason: 'Un autre axe ?', due, origin }));
  done(await completeApplication(holder, id, { origin }));
  const { state: before } = await db
    .selectFrom('call')
    .select('state')
    .where('id', '=', call.id)
    .executeTakeFirstOrThrow();
  const content = JSON.stringify({ pieces: [{ label: 'Statuts', required: true }] });
  const { id: words } = await db
    .insertInto('call_words')
    .values({
      ...{ call: call.id, section: 'pieces', content, sha256: 'x' },
      ...{ written_by: call.ars.actor.account, written_at: house.clock.now() },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const asks = { pieces: { id: words, sha256: 'x' } };
  await sql`update call set state = jsonb_set(state, '{words}', state -> 'words' || ${JSON.stringify(asks)}::jsonb)
    where id = ${call.id}`.execute(db);
  try {
    done(await askCompletion(call.ars, id, { parts: ['axes'], reason: 'Un autre axe ?', due, origin }));
    await db.updateTable('call_attachment').set({ status: 'refused' }).where('id', '=', statuts.id).execute();
    expect(await completeApplication(holder, id, { origin })).toMatchObject({ error: { code: 'piece_lost' } });
    expect(await whatIsMissing(holder, id)).toMatchObject([{ code: 'piece_lost', part: 'attachments' }]);
    done(await changeCompletion(call.ars, id, { parts: ['axes', 'attachments'], reason: 'x', due, origin }));
    expect(await whatIsMissing(holder, id)).toMatchObject([{ code: 'piece_missing', part: 'attachments' }]);
  } finally {
    await db
      .updateTable('call')
      .set({ state: JSON.stringify(before) })
      .where('id', '=', call.id)
      .execute();
  }
});

test('what was asked and not answered is changed or asked no more, journaled and told; only what is asked now is sent', async () => {
  opened();
  const { id, holder } = await written();
  done(await depositApplication(holder, id, { origin }));
  const due = CLOSES.add({ hours: 72 }).toString();
  const asked = { parts: ['project'], reason: 'Dites combien de familles.', due, origin };
  expect(await changeCompletion(call.ars, id, asked)).toMatchObject({ error: { code: 'not_now' } });
  expect(await cancelCompletion(call.ars, id, { origin })).toMatchObject({ error: { code: 'not_now' } });
  done(await askCompletion(call.ars, id, asked));
  done(await writePart(holder, id, 'project', { title: 'Changé', summary: 'Un lieu.', change: 'x' }, { seen: 1 }));
  const axes = { ...asked, parts: ['axes'], reason: 'Dites un autre axe.', due: CLOSES.add({ hours: 90 }).toString() };
  expect(await changeCompletion(holder, id, axes)).toMatchObject({ error: { code: 'not_allowed' } });
  done(await changeCompletion(call.dreets, id, axes));
  expect(house.context.posted.at(-1)).toMatchObject({
    to: holder.actor.email,
    subject: 'Le complément demandé change',
  });
  expect(house.context.posted.at(-1)?.text).toContain('Dites un autre axe.');
  expect(await writePart(holder, id, 'project', { title: 'x', summary: '', change: '' }, { seen: 2 })).toMatchObject({
    error: { code: 'part_closed' },
  });
  done(await writePart(holder, id, 'axes', { axes: [2], words: '' }, { seen: 1 }));
  done(await completeApplication(holder, id, { origin }));
  // The part that closed again is sent as it was deposited.
  const [first, second] = await snapshotsOf(holder, id);
  expect(second?.content).toEqual({ ...first?.content, axes: { axes: [2], words: '' } });
  // Asked again, then no more: the deposit stands, and nothing is late.
  done(await askCompletion(call.ars, id, asked));
  done(await cancelCompletion(call.ars, id, { origin }));
  expect(house.context.posted.at(-1)).toMatchObject({ subject: 'Le complément n’est plus demandé' });
  expect(await statusOf(id)).toBe('deposited');
  expect(await completeApplication(holder, id, { origin })).toMatchObject({ error: { code: 'not_now' } });
  const rows = await completionsOf(holder, id);
  expect(rows.map(({ answered_at, cancelled_at }) => [answered_at !== null, cancelled_at !== null])).toEqual(
    expect.arrayContaining([
      [false, true],
      [true, false],
      [false, true],
    ]),
  );
  const events = await readStream(holder.db, `application/${id}`);
  expect(events.map(({ type }) => type).slice(2)).toEqual([
    ...['CompletionAsked-V1', 'CompletionChanged-V1', 'ApplicationCompleted-V1', 'CompletionAsked-V1'],
    'CompletionCancelled-V1',
  ]);
  const { state } = await loadStream(holder, applicationStream, id);
  expect((await applicationRow(holder, id))?.state).toEqual(JSON.parse(JSON.stringify(state)));
});

test('whoever was to evaluate what is withdrawn is told, without its name; whoever is recused from it learns nothing', async () => {
  opened();
  const { id, holder } = await written();
  done(await depositApplication(holder, id, { origin }));
  const { db, actor } = call.ars;
  const now = house.clock.now();
  const sit = async (name: string, status: 'todo' | 'unassigned') => {
    const { actor: sitting } = await house.as(`${name}@exemple.example`);
    const { id: juror } = await db
      .insertInto('call_juror')
      .values({
        ...{
          call: call.id,
          name,
          email: sitting.email,
          organisation: '',
          siren: '',
          represents: [],
          partner_group: '',
        },
        ...{ quality: 'funder', voice: 'deliberative', invited_by: actor.account, invited_at: now, left_at: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const blank = { marks: '{"criteria":[],"conclusion":""}', state: '{}', snapshot: 0, changed_at: now };
    await db
      .insertInto('call_evaluation')
      .values({ ...blank, call: call.id, application: id, juror, status })
      .execute();
    return sitting;
  };
  await sit('evalue', 'todo');
  await sit('libere', 'unassigned');
  const recused = await sit('recuse', 'todo');
  const files = { [id]: { stand: 'recused', grounds: [] } };
  const state = JSON.stringify({ ...noInterest, call: call.id, status: 'declared', answer: 'recusal', files });
  await db
    .insertInto('call_interest')
    .values({ call: call.id, account: recused.account, name: 'recuse', sirens: [], state, changed_at: now })
    .execute();
  const told = house.context.posted.length;
  done(await withdrawApplication(holder, id, { reason: 'Le projet ne se fera pas.', origin }));
  const [toHolder, toJury, ...others] = house.context.posted.slice(told);
  expect([toHolder?.to, toJury?.to, others]).toEqual([holder.actor.email, 'evalue@exemple.example', []]);
  expect(toJury?.text).toContain(`/appels/espace/${call.id}/evaluations`);
  for (const hidden of [id, 'Une maison des parents', 'Association Exemple', 'ne se fera pas'])
    expect(toJury?.text).not.toContain(hidden);
});

test('it is found inadmissible for a national reason, never for a condition that nobody published', async () => {
  opened();
  const { id, holder } = await written();
  done(await depositApplication(holder, id, { origin }));
  const find = (reasons: string[], text: string, who: PersonContext = call.ars) =>
    findInadmissible(who, id, { reasons, text });
  expect(await find(['R-51'], 'x', holder)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await find(['local'], 'Pas assez innovant.')).toMatchObject({
    error: { code: 'reason_not_published', rule: { reference: /^R-53/ } },
  });
  expect(await find(['R-51'], '')).toMatchObject({ error: { code: 'reason_missing' } });
  done(await find(['R-51'], 'Le projet couvre aussi la Normandie.'));
  expect((await applicationRow(holder, id))?.state.inadmissible?.reasons).toEqual(['R-51']);
});

test('a letter of intent is counted apart, becomes an application with all it said, or is closed', async () => {
  opened();
  const empty = { budget: { expenses: [], resources: [], in_kind: [] }, indicators: { indicators: [] } };
  const { id, holder } = await written('intent', empty);
  done(await depositApplication(holder, id, { origin }));
  expect(await findAdmissible(call.ars, id)).toMatchObject({ error: { code: 'letter_of_intent' } });
  const application = done(await convertLetter(holder, id));
  expect((await readContent(holder, application)).content).toEqual((await readContent(holder, id)).content);
  expect(await applicationRow(holder, application)).toMatchObject({
    ...{ kind: 'full', status: 'draft', title: 'Une maison des parents' },
    state: { letter: id },
  });
  expect(await statusOf(id)).toBe('converted');
  expect(await convertLetter(holder, id)).toMatchObject({ error: { code: 'not_now' } });
  const other = await written('intent', empty);
  done(await depositApplication(other.holder, other.id, { origin }));
  expect(await closeLetter(call.ars, other.id, { reason: '', origin })).toMatchObject({
    error: { code: 'reason_missing' },
  });
  done(await closeLetter(call.ars, other.id, { reason: 'Le territoire est déjà couvert.', origin }));
  expect(await statusOf(other.id)).toBe('closed');
});

test('where a company deposits one application only, two of its own at once leave one', async () => {
  opened();
  const { db, actor } = call.ars;
  const { state: before } = await db
    .selectFrom('call')
    .select('state')
    .where('id', '=', call.id)
    .executeTakeFirstOrThrow();
  const { id: words } = await db
    .insertInto('call_words')
    .values({
      ...{ call: call.id, section: 'choices', content: JSON.stringify({ several: 'no' }), sha256: 'x' },
      ...{ written_by: actor.account, written_at: house.clock.now() },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const holder = { ...completeContent().holder, siret: '73282932000074' };
  const [one, other] = [await written('full', { holder }), await written('full', { holder })];
  const choices = { choices: { id: words, sha256: 'x' } };
  await sql`update call set state = jsonb_set(state, '{words}', state -> 'words' || ${JSON.stringify(choices)}::jsonb)
    where id = ${call.id}`.execute(db);
  try {
    const both = await Promise.all([one, other].map((file) => depositApplication(file.holder, file.id, { origin })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'already_deposited' } });
  } finally {
    await db
      .updateTable('call')
      .set({ state: JSON.stringify(before) })
      .where('id', '=', call.id)
      .execute();
  }
});
