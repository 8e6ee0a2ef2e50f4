import {
  closeEvaluations,
  closeItem,
  closeLetter,
  convene,
  findAdmissible,
  followUp,
  lettersToPrepare,
  minutesView,
  moveSelection,
  moveSession,
  nameInJury,
  openCall,
  prepareLetters,
  previewLetters,
  readDecision,
  recommend,
  recommendationsOf,
  sendLettersJob,
  settleJury,
  signDecision,
  signMinutes,
  writeDecision,
} from '#modules/calls/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { type Acting, type Extra, must } from './actors.ts';
import { type DemoProject, deposit, siretOf } from './applications.ts';
import { assign, evaluate } from './calls-evaluated.ts';
import { noInterest, publish, seat, writeCall } from './calls-written.ts';
import { SITE } from './register.ts';

const juror: Extra = { code: 'jury-landes', name: 'Iris Exemple' };

/** What happened so many days ago. */
type Then = (daysAgo: number) => Temporal.Instant;

/** The call of the Landes, run by the ARS and the Caf: three applications, two letters of intent, labels that were told. */
export const labelInLandes = async (context: Context, as: Acting): Promise<void> => {
  const today = todayIn(context.clock, 'Europe/Paris');
  const then: Then = (daysAgo) =>
    today.subtract({ days: daysAgo }).toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '10:00' }).toInstant();
  const call = await published(as, then);
  const files = await depositAll(as, call, then);
  await judged(as, call, files, then);
  await deliberated(as, call, files, then);
  await decided(as, call, files, then);
  const clock = { now: () => then(20) };
  await sendLettersJob.handle({ ...context, clock }, { call });
};

const published = async (as: Acting, then: Then): Promise<string> => {
  const caf = await as('caf-landes', then(160));
  const ars = await as('ars-landes', then(160));
  const call = must(
    await openCall(caf, {
      ...{ kind: 'labelling', territory: 'departement:40', configuration: '', motive: '' },
      agencies: ['ars', 'caf'],
    }),
  );
  const day = (daysAgo: number): string => then(daysAgo).toZonedDateTimeISO('Europe/Paris').toPlainDate().toString();
  await writeCall(caf, call, {
    calendar: {
      ...{ zone: 'Europe/Paris', opensAt: then(150).toString(), closesAt: then(90).toString() },
      ...{ juryOn: day(50), resultsOn: day(25), startsOn: day(10) },
    },
    more: [
      { section: 'title', words: { title: 'Les 1000 premiers jours dans les Landes (démonstration)' } },
      {
        section: 'grid',
        words: {
          criteria: [
            { title: 'Le lien entre les acteurs du territoire', rule: null, points: null },
            { title: 'La place donnée aux parents', rule: null, points: null },
          ],
        },
      },
      {
        section: 'choices',
        words: {
          ...{ letters: 'yes', several: 'yes', label: 'L’ARS et la Caf, pour trois ans (démonstration).' },
          appeal_terms: 'Démonstration : ce que le service juridique a écrit.',
        },
      },
    ],
  });
  await publish(call, [
    ['caf', caf],
    ['ars', ars],
  ]);
  return call;
};

const projects = (
  [
    ['Des ateliers de portage et de massage', '40192', 'Mont-de-Marsan'],
    ['Une halte pour souffler, au marché', '40088', 'Dax'],
    ['Un accueil de nuit pour les jeunes parents', '40046', 'Biscarrosse'],
    ['Des balades avec les bébés', '40279', 'Saint-Paul-lès-Dax'],
    ['Une bibliothèque de jouets', '40119', 'Hagetmau'],
  ] as const
).map(([title, insee, commune], at) => ({
  ...{ structure: `Association Exemple de ${commune}`, siret: siretOf(40 + at), title, insee, commune, axis: 0 },
  ...{ change: 'Des parents moins seuls, et des professionnels qui se parlent.', families: 40 + at * 10 },
  ...{ asked: 6_000, total: 10_000 },
}));

const depositAll = async (as: Acting, call: string, then: Then): Promise<readonly string[]> => {
  const files: string[] = [];
  const day = (daysAgo: number): string => then(daysAgo).toZonedDateTimeISO('Europe/Paris').toPlainDate().toString();
  for (const [at, one] of projects.entries()) {
    const who =
      at === 0 ? 'porteuse-landes' : { code: `porteuse-landes-${at + 1}`, name: `Landaise ${at + 1} Exemple` };
    const project: DemoProject = { ...one, from: day(5), to: day(-360) };
    files.push(await deposit(await as(who, then(120 - at)), call, project, at < 3 ? 'full' : 'intent'));
  }
  const caf = await as('caf-landes', then(88));
  await noInterest(caf, call);
  await noInterest(await as('ars-landes', then(88)), call);
  const reason = 'Une bibliothèque de jouets existe déjà à cet endroit : nous vous mettons en lien avec elle.';
  must(await closeLetter(caf, files[4] ?? '', { reason, origin: SITE }));
  return files.slice(0, 3);
};

const judged = async (as: Acting, call: string, files: readonly string[], then: Then): Promise<void> => {
  const caf = await as('caf-landes', then(85));
  for (const file of files) must(await findAdmissible(caf, file));
  const member = await seat(caf, call, juror, { organisation: 'Comité (démonstration)', quality: 'partner' });
  must(await nameInJury(caf, call, 'preside', member));
  must(await settleJury(caf, call, ''));
  await noInterest(await as(juror, then(80)), call);
  await assign(caf, call, member, files);
  const words = ['Les acteurs se connaissent, reste à les réunir.', 'Les parents ont écrit le projet.'];
  for (const file of files) await evaluate(await as(juror, then(70)), call, file, words);
  must(await closeEvaluations(caf, call, files));
  must(await moveSelection(caf, call, { command: 'startSelection', reason: '' }));
};

const issues = ['labelledWithAdvice', 'labelled', 'support'] as const;
const expected = 'Trouver un lieu et un second professionnel avant l’ouverture.';

const deliberated = async (as: Acting, call: string, files: readonly string[], then: Then): Promise<void> => {
  const caf = await as('caf-landes', then(50));
  const session = must(
    await convene(caf, call, {
      ...{ at: then(50), place: 'À Mont-de-Marsan (démonstration)', agenda: files, origin: SITE },
    }),
  );
  must(await moveSession(caf, session, { command: 'open', present: [] }));
  for (const [at, application] of files.entries()) {
    must(await moveSession(caf, session, { command: 'openItem', application, out: [] }));
    const issue = issues[at] ?? 'labelled';
    const said = { issue, amounts: {}, votes: null, words: issue === 'support' ? expected : '' };
    must(await closeItem(caf, session, application, said));
  }
  must(await moveSession(caf, session, { command: 'close' }));
  const sha256 = (await minutesView(caf, call, session, String))?.hash ?? '';
  must(await signMinutes(caf, session, sha256));
};

const decided = async (as: Acting, call: string, files: readonly string[], then: Then): Promise<void> => {
  const [caf, ars] = [await as('caf-landes', then(45)), await as('ars-landes', then(45))];
  const [first = ''] = files;
  for (const text of [
    'Rencontrer la PMI avant le premier atelier, pour orienter les familles ensemble.',
    'Proposer un atelier le samedi, quand les seconds parents sont là.',
  ]) {
    must(await recommend(caf, call, { application: first, text }));
  }
  for (const [at, file] of files.entries()) {
    const issue = issues[at] ?? 'labelled';
    const support =
      issue === 'support' ? { words: expected, referent: 'Léo Exemple, Caf' } : { words: '', referent: '' };
    must(await writeDecision(caf, file, { issue, amounts: {}, rank: null, conditions: '', ...support }, { seen: 0 }));
    for (const [who, agency] of [
      [caf, 'caf'],
      [ars, 'ars'],
    ] as const) {
      const { written: seen } = await readDecision(who, file);
      must(await signDecision(who, file, { agency, seen }));
    }
  }
  must(await moveSelection(caf, call, { command: 'fixResults', reason: '' }));
  const { read } = await previewLetters(caf, await lettersToPrepare(caf, call), SITE);
  must(await prepareLetters(caf, call, read, SITE));
  must(await moveSelection(await as('caf-landes', then(25)), call, { command: 'notifyResults', reason: '' }));
  const [advice] = await recommendationsOf(caf, call, [first]);
  const words = 'La rencontre avec la PMI a eu lieu.';
  if (advice) must(await followUp(await as('caf-landes', then(5)), call, { id: advice.id, status: 'done', words }));
};
