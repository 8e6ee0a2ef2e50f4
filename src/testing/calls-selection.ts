import { randomUUID } from 'node:crypto';
import { agreementStream } from '#modules/calls/server/after/agreement-stream.ts';
import {
  acceptOpinion,
  addScenario,
  askOpinion,
  assignFiles,
  closeEvaluations,
  closeItem,
  convene,
  declareInterests,
  evaluationView,
  findAdmissible,
  inviteJuror,
  lettersToPrepare,
  minutesView,
  moveAgreement,
  moveSelection,
  moveSession,
  nameInJury,
  preparedLaureates,
  prepareLaureates,
  prepareLetters,
  previewLetters,
  projectView,
  recommend,
  sendLettersJob,
  settleJury,
  signDecision,
  signMinutes,
  submitEvaluation,
  writeDecision,
  writeScenario,
  writeTerms,
} from '#modules/calls/server/index.ts';
import { ok } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { withStream } from '#platform/server/journal/stream.ts';
import { type CallsHouse, completeContent, declared, depositedApplication, done, publishedCall } from './calls.ts';

/** What tells of the hidden file of `evaluatedCall`: its words, its number, its amount, where it is. */
export const secret = {
  ...{ title: 'Motsecret', holder: 'Porteursecret', number: 7919, asked: 7_654_321 },
  ...{ place: 'Cancale', commune: 'commune:35049' },
} as const;

const nothing = { answer: 'none', files: [], sirens: '' } as const;
const ORIGIN = 'https://mille-jours.example';

/**
 * A call with two files, one of which is hidden from some; a jury, evaluations begun, an opinion asked. `pia` presides, `cam`
 * evaluated the hidden file, `mia` and the DREETS are recused from it, `bea` is found near it and did not answer. `file`: a piece
 * that its deposit names; `content`: what it says.
 */
export const evaluatedCall = async (house: CallsHouse) => {
  const call = await publishedCall(house, { choices: { appeal_terms: 'Deux mois pour un recours.' } });
  const { ars, id } = call;
  const plain = await depositedApplication(house, call, { email: 'a@exemple.example' });
  const { holder, budget, project } = completeContent();
  const content = {
    project: { ...project, title: secret.title },
    holder: { ...holder, name: secret.holder, siret: '21350238800019' },
    partners: { partners: [{ name: secret.holder, siren: '775672272', brings: '' }] },
    budget: { ...budget, resources: budget.resources.map((one) => ({ ...one, cents: secret.asked })) },
    territory: { territories: [secret.commune], words: '' },
  };
  const bytes = new TextEncoder().encode(secret.title);
  const piece = { id: randomUUID(), piece: '', name: `${secret.title}.odt`, bytes: bytes.length, sha256: 'h' };
  const hidden = await depositedApplication(house, call, { email: 'b@exemple.example', content, pieces: [piece] });
  const { db } = ars;
  const { actor } = hidden.holder;
  await db
    .insertInto('call_attachment')
    .values({
      ...{ ...piece, application: hidden.id, media_type: 'application/octet-stream', slices: [], status: 'kept' },
      ...{ scan: 'none', added_by: actor.account, added_at: house.clock.now(), left_at: null },
    })
    .execute();
  done(await ars.files.put(`calls/${hidden.id}/${piece.id}`, bytes, { maxBytes: 1000 }));
  await db.updateTable('call_application').set({ number: secret.number }).where('id', '=', hidden.id).execute();
  house.clock.moveTo('2021-07-20T08:00:00Z');
  const invite = (name: string, more = {}) =>
    inviteJuror(ars, id, {
      ...{ name, email: `${name}@exemple.example`, organisation: `Organisme de ${name}`, siren: '', represents: '' },
      ...{ quality: 'partner', voice: 'deliberative', group: '', origin: ORIGIN, ...more },
    });
  const pia = done(await invite('pia'));
  const cam = done(await invite('cam'));
  done(await invite('mia'));
  done(await invite('bea', { siren: '775672272' }));
  const as = (name: string) => house.as(`${name}@exemple.example`);
  await declared(ars, id);
  for (const name of ['pia', 'cam', 'bea']) done(await declareInterests(await as(name), id, nothing));
  for (const who of [await as('mia'), call.dreets]) await recuse(who, id, hidden.id);
  done(await nameInJury(ars, id, 'preside', pia));
  done(await settleJury(ars, id, 'Personne d’autre.'));
  // Evaluated by somebody who may, in words that say the secret too.
  done(await findAdmissible(ars, hidden.id));
  done(await findAdmissible(ars, plain.id));
  done(await assignFiles(ars, id, [{ application: hidden.id, juror: cam }], undefined));
  done(await assignFiles(ars, id, [{ application: plain.id, juror: cam }], undefined));
  const view = await evaluationView(await as('cam'), id, hidden.id);
  const evaluation = view?.own?.id ?? '';
  const words = { points: null, words: `${secret.title} est solide` };
  done(await submitEvaluation(await as('cam'), evaluation, { criteria: [words, words], conclusion: secret.title }));
  const asked = { email: 'zoe@exemple.example', shown: 'whole', parts: ['project'], confidential: false };
  const due = Temporal.PlainDate.from('2021-08-05');
  done(await askOpinion(ars, id, { ...asked, application: hidden.id, due, questions: 'Utile ?', origin: undefined }));
  const { id: opinion } = await db.selectFrom('call_opinion').select('id').executeTakeFirstOrThrow();
  done(await declareInterests(await as('zoe'), id, nothing));
  done(await acceptOpinion(await as('zoe'), opinion));
  return { call, plain, hidden, as, evaluation, opinion, content, file: piece.id };
};

/** Prepares some letters as they read now. */
export const readAndPrepare = async (who: PersonContext, call: string, applications: readonly string[]) => {
  const { letters, read } = await previewLetters(who, applications, ORIGIN);
  for (const { letter } of letters) done(letter);
  done(await prepareLetters(who, call, read, ORIGIN));
};

/** Somebody says that they are recused from a file. */
export const recuse = async (who: PersonContext, call: string, application: string): Promise<void> => {
  const file = { application, stand: 'recused', kind: 'family', reason: 'Un proche y travaille.' };
  done(await declareInterests(who, call, { answer: 'recusal', files: [file], sirens: '' }));
};

/** Where a call stops on its way to its letters, for who looks at its pages then; with what there is by then. */
export type Stop = 'toConvene' | 'convened' | 'lettersReady' | 'notified';

/**
 * Takes an evaluated call to its letters: a scenario, a session whose minutes are signed, decisions, letters sent, an
 * agreement to sign.
 */
export const toLetters = async (
  house: CallsHouse,
  { call, plain, hidden }: Pick<Awaited<ReturnType<typeof evaluatedCall>>, 'call' | 'plain' | 'hidden'>,
  during: (stop: Stop, known: Readonly<Record<string, string>>) => Promise<void> = async () => {},
) => {
  const { ars, id } = call;
  const files = [plain.id, hidden.id];
  house.clock.moveTo('2021-08-01T08:00:00Z');
  done(await closeEvaluations(ars, id, files));
  done(await moveSelection(ars, id, { command: 'startSelection', reason: 'x' }));
  const scenario = done(await addScenario(ars, id, { name: 'Un scénario', copy: '' }));
  const rows = [{ application: hidden.id, amounts: { FIR: secret.asked } }];
  done(await writeScenario(ars, scenario, { name: 'Un scénario', rows, seen: 1 }));
  await during('toConvene', { scenario });
  const at = Temporal.Instant.from('2021-08-10T08:00:00Z');
  const session = done(await convene(ars, id, { at, place: 'Rennes', agenda: files }));
  await during('convened', { seance: session });
  done(await moveSession(ars, session, { command: 'open', present: [] }));
  for (const application of files) {
    done(await moveSession(ars, session, { command: 'openItem', application, out: [] }));
    const words = application === hidden.id ? secret.title : '';
    done(await closeItem(ars, session, application, { issue: 'laureate', amounts: {}, votes: null, words }));
  }
  done(await moveSession(ars, session, { command: 'close' }));
  const sha256 = (await minutesView(ars, id, session, String))?.hash ?? '';
  done(await signMinutes(ars, session, sha256));
  // Whoever signs for the DREETS is somebody who is not recused.
  const grant = { agency: 'dreets', role: 'administrator', scope: 'region:53' } as const;
  const dreets: PersonContext = await house.as('autre.dreets@exemple.example', grant);
  await declared(dreets, id);
  done(await recommend(ars, id, { application: hidden.id, text: secret.title }));
  const ruling = { issue: 'laureate', rank: null, conditions: '', referent: '', words: secret.title } as const;
  for (const application of files) {
    const amounts = { FIR: application === hidden.id ? secret.asked : 1_000_000 };
    done(await writeDecision(ars, application, { ...ruling, amounts }, { seen: 0 }));
    done(await signDecision(ars, application, { agency: 'ars', seen: 1 }));
    done(await signDecision(dreets, application, { agency: 'dreets', seen: 1 }));
  }
  done(await moveSelection(ars, id, { command: 'fixResults', reason: 'Peu de projets.' }));
  await readAndPrepare(ars, id, await lettersToPrepare(ars, id));
  done(await prepareLaureates(ars, id, done(await preparedLaureates(ars, id)).sha256));
  await during('lettersReady', {});
  done(await moveSelection(ars, id, { command: 'notifyResults', reason: '' }));
  await sendLettersJob.handle(house.context, { call: id });
  await during('notified', {});
  const parties = [
    { kind: 'holder', organisation: secret.holder, name: 'Camille Exemple', job: '', email: 'b@exemple.example' },
    { kind: 'funder', organisation: 'ARS', name: 'Dominique Exemple', job: '', email: 'direction@exemple.example' },
  ] as const;
  const lines = (await projectView(ars, hidden.id))?.grant?.lines ?? [];
  const days = { startsOn: '2021-10-01', endsOn: '2022-09-30', interimOn: null };
  done(await writeTerms(ars, hidden.id, { ...days, object: 'Ouvrir.', conditions: '', lines, schedule: [], parties }));
  done(await moveAgreement(ars, hidden.id, { command: 'submit' }, ORIGIN));
  return { scenario, session };
};

/** A report asked on a project, whatever its agreement is at. Returns its id. */
export const askedReport = async (who: PersonContext, application: string): Promise<string> => {
  const asked = { id: randomUUID(), kind: 'final', on: '2021-10-01', due: '2022-10-31' } as const;
  done(await withStream(who, agreementStream, application, () => ok([{ type: 'ReportAsked-V1', data: asked }])));
  return asked.id;
};
