import {
  addScenario,
  askCompletion,
  askOpinion,
  closeEvaluations,
  completeApplication,
  convene,
  declareInterests,
  findAdmissible,
  findInadmissible,
  moveSelection,
  nameInJury,
  settleJury,
  settleScenario,
  writePart,
  writeScenario,
} from '#modules/calls/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { type Acting, type Extra, must } from './actors.ts';
import { type DemoProject, deposit, siretOf } from './applications.ts';
import { assign, evaluate } from './calls-evaluated.ts';
import { declare, noInterest, openRegional, publish, seat, writeCall } from './calls-written.ts';
import { emailOf } from './people.ts';
import { SITE } from './register.ts';

/** The summer of the edition of 2021: the dates are those of its frame. */
const on = (day: string): Temporal.Instant => Temporal.Instant.from(`2021-${day}T08:00:00Z`);

const operator: Extra = { code: 'jury-operateur', name: 'Paule Exemple' };
const user: Extra = { code: 'jury-usager', name: 'Yann Exemple' };

/** The call of Bretagne. */
export const selectInBretagne = (context: Context, as: Acting): Promise<void> =>
  selectIn(context, as, { region: '53', places });

/**
 * A joint call of a region, closed, whose jury is at work: twelve applications, two recusals, a completion, a scenario.
 * `places`: twelve, each by the code of its commune and its name.
 */
export const selectIn = async (
  context: Context,
  as: Acting,
  where: { readonly region: string; readonly places: readonly string[] },
): Promise<void> => {
  const call = await published(as, where.region);
  const files = await depositAll(as, call, where.places.map(projectIn));
  await completed(as, call, files[0] ?? '');
  await instructed(as, call, files);
  await judged(as, call, files);
  await askExpert(as, call, files[3] ?? '', todayIn(context.clock, 'Europe/Paris').add({ days: 20 }));
  await compared(as, call, files);
};

const published = async (as: Acting, region: string): Promise<string> => {
  const ars = await as('ars', on('05-10'));
  const dreets = await as('dreets-bretagne', on('05-10'));
  const said = { region, configuration: 'joint', on: Temporal.PlainDate.from('2021-05-09'), motive: '' } as const;
  await declare(ars, { ...said, agency: 'ars' });
  await declare(dreets, { ...said, agency: 'dreets' });
  const call = await openRegional(ars, region, 'joint');
  await writeCall(ars, call, {
    calendar: {
      ...{ zone: 'Europe/Paris', opensAt: '2021-06-01T07:00:00Z', closesAt: '2021-07-15T14:00:00Z' },
      ...{ juryOn: '2021-08-10', resultsOn: '2021-08-27', startsOn: '2021-09-15' },
    },
    more: [
      {
        section: 'choices',
        words: { appeal_terms: 'Démonstration : ce que le service juridique a écrit.', quorum: '' },
      },
    ],
  });
  await publish(call, [
    ['ars', ars],
    ['dreets', dreets],
  ]);
  return call;
};

const places = [
  ...(['35238 Rennes', '35288 Saint-Malo', '35211 Paimpont', '22278 Saint-Brieuc', '29019 Brest'] as const),
  ...(['29232 Quimper', '56121 Lorient', '56260 Vannes', '35115 Fougères', '22113 Lannion'] as const),
  ...(['29151 Morlaix', '35236 Redon'] as const),
];
const ideas = [
  ['Une maison des parents', 'Des parents qui se connaissent, et savent à qui parler.'],
  ['Un bus des premiers mois', 'Les familles loin de tout sont rejointes chez elles.'],
  ['Un café des pères et des seconds parents', 'Chacun trouve sa place dès la naissance.'],
  ['Des ateliers pour lire aux bébés', 'On lit dans les familles où l’on ne lisait pas.'],
  ['Un relais après la maternité', 'Plus personne ne rentre seul à la maison.'],
  ['Un cercle pour les parents d’enfants nés trop tôt', 'L’épreuve est partagée, et le repérage vient plus tôt.'],
] as const;

const projectIn = (place: string, at: number): DemoProject => {
  const [title, change] = ideas[at % ideas.length] ?? ideas[0];
  const [insee = '', commune = ''] = place.split(/ (.*)/);
  return {
    ...{ structure: `Association Exemple de ${commune}`, siret: siretOf(at), title, change, insee, commune },
    ...{ axis: (at % 6) + 1, asked: 18_000 + at * 1_000, total: 32_000 + at * 1_500, families: 60 + at * 10 },
    ...{ from: '2021-10-01', to: '2022-09-30' },
  };
};

const depositAll = async (as: Acting, call: string, projects: readonly DemoProject[]): Promise<readonly string[]> => {
  const files: string[] = [];
  for (const [at, project] of projects.entries()) {
    const who = at === 0 ? 'porteuse' : ({ code: `porteuse-${at + 1}`, name: `Porteuse ${at + 1} Exemple` } as const);
    files.push(await deposit(await as(who, on('06-15').add({ hours: at * 24 })), call, project));
  }
  return files;
};

const completed = async (as: Acting, call: string, file: string): Promise<void> => {
  const ars = await as('ars', on('07-16'));
  await noInterest(ars, call);
  await noInterest(await as('dreets-bretagne', on('07-16')), call);
  const due = on('07-23').toString();
  const reason = 'Dites-nous combien de familles viendront, et comment vous les rencontrez.';
  must(await askCompletion(ars, file, { parts: ['audience'], reason, due, origin: SITE }));
  const holder = await as('porteuse', on('07-19'));
  const words = 'Les parents de tout-petits du quartier, rencontrés à la maternité et à la PMI : 80 familles par an.';
  must(await writePart(holder, file, 'audience', { words, families: '80', stages: [] }, { seen: 1 }));
  must(await completeApplication(holder, file, { origin: SITE }));
};

const instructed = async (as: Acting, call: string, files: readonly string[]): Promise<void> => {
  const dreets = await as('dreets-bretagne', on('07-20'));
  // The last one is left to be looked at; the one before lies out of what the instruction helps.
  for (const file of files.slice(0, 10)) must(await findAdmissible(dreets, file));
  const text = 'Le projet ne se rattache à aucun des axes de l’appel.';
  must(await findInadmissible(dreets, files[10] ?? '', { reasons: ['R-51'], text }));
  must(await moveSelection(dreets, call, { command: 'startSelection', reason: '' }));
};

const judged = async (as: Acting, call: string, files: readonly string[]): Promise<void> => {
  const ars = await as('ars', on('07-21'));
  const chair = { code: 'presidence', name: 'Claude Exemple' };
  const juror = { code: 'juree', name: 'Jeanne Exemple' };
  const seats = {
    chair: await seat(ars, call, chair, { organisation: 'Réseau périnatal (démonstration)', quality: 'partner' }),
    juror: await seat(ars, call, juror, { organisation: 'Caisse (démonstration)', quality: 'funder' }),
    user: await seat(ars, call, user, { organisation: 'Collectif de parents (démonstration)', quality: 'user' }),
  };
  // Of the structure that deposited the fifth file: recused from it by itself.
  const siren = siretOf(4).slice(0, 9);
  await seat(ars, call, operator, { organisation: 'Association Exemple de Brest', quality: 'operator', siren });
  must(await nameInJury(ars, call, 'preside', seats.chair));
  must(await settleJury(ars, call, 'Les autres acteurs, invités, n’ont pas encore répondu.'));

  for (const who of ['presidence', user, operator] as const) await noInterest(await as(who, on('07-22')), call);
  const recused = { application: files[2] ?? '', stand: 'recused', kind: 'job', reason: 'J’y ai travaillé.' };
  const said = { answer: 'recusal', files: [recused], sirens: '' };
  must(await declareInterests(await as('juree', on('07-22')), call, said));

  const [one = '', two = '', , four = '', , six = ''] = files;
  await assign(ars, call, seats.juror, [one, two, four, six]);
  await assign(ars, call, seats.user, [one, two, files[2] ?? '', four]);
  const solid = ['Des partenaires nommés, un lieu trouvé.', 'Les familles isolées sont rejointes par la PMI.'];
  const frail = ['Le calendrier est court pour recruter.', 'Le public est dit, la façon de le rencontrer moins.'];
  for (const file of [one, two]) {
    await evaluate(await as('juree', on('07-28')), call, file, solid);
    await evaluate(await as(user, on('07-29')), call, file, file === one ? solid : frail);
  }
  await evaluate(await as(user, on('07-29')), call, four, frail);
};

/** Until some days from now: her opinion still waits for whoever visits. */
const askExpert = async (as: Acting, call: string, file: string, due: Temporal.PlainDate): Promise<void> => {
  const asked = { application: file, email: emailOf('experte'), shown: 'sheet', parts: [], confidential: false };
  const questions = 'Le projet est-il réaliste ?';
  must(await askOpinion(await as('ars', on('07-29')), call, { ...asked, due, questions, origin: SITE }));
};

const compared = async (as: Acting, call: string, files: readonly string[]): Promise<void> => {
  const ars = await as('ars', on('07-30'));
  const [one = '', two = '', three = '', four = ''] = files;
  must(await closeEvaluations(ars, call, [one, two]));
  const name = 'Quatre projets, un par territoire';
  const scenario = must(await addScenario(ars, call, { name, copy: '' }));
  const rows = [
    { application: one, amounts: { FIR: 18_000_00 } },
    { application: two, amounts: { FIR: 19_000_00 } },
    { application: three, amounts: { 'P304-17': 20_000_00 } },
    { application: four, amounts: { FIR: 10_000_00, 'P304-17': 11_000_00 } },
  ];
  must(await writeScenario(ars, scenario, { name, rows, seen: 1 }));
  must(await settleScenario(ars, scenario, 'propose'));
  const session = { at: on('08-10'), place: 'À Rennes (démonstration)', agenda: [one, two], origin: SITE };
  must(await convene(ars, call, session));
};
