import { phaseOf } from './calendar.ts';
import type { CallRole, CallState } from './call.ts';

/** Where a call stands for those who run it: its status, and for a published one what the clock says. */
export const runMoments = ['drafting', 'submitted', 'open', 'closed', 'selecting', 'decided', 'notified'] as const;
export type RunMoment = (typeof runMoments)[number];

/** Where a call stands at an instant; undefined once nothing is to be done there any more. */
export const runMomentOf = (
  { status, calendar }: Pick<CallState, 'status' | 'calendar'>,
  now: Temporal.Instant,
): RunMoment | undefined => {
  if (status === 'published') return calendar !== null && phaseOf(calendar, now) === 'closed' ? 'closed' : 'open';
  return runMoments.find((moment) => moment === status);
};

/** Something to do in a call, for some of those who run it. */
interface RunTask {
  readonly during: readonly RunMoment[];
  readonly by: readonly CallRole[];
  /** Where it is done, under the address of the call. */
  readonly at: string;
  readonly one: string;
  /** « Signer » and « décisions » of « Signer 3 décisions »; without it, it is done once. */
  readonly several?: readonly [verb: string, what: string];
}

const writers: readonly CallRole[] = ['approver', 'writer'];
const approver: readonly CallRole[] = ['approver'];
const published: readonly RunMoment[] = ['open', 'closed', 'selecting', 'decided', 'notified'];
const judged: readonly RunMoment[] = ['closed', 'selecting'];
const results: readonly RunMoment[] = ['selecting', 'decided', 'notified'];

/** All that may wait in a call, in the order in which it is told. What is counted is counted without the files hidden from who reads. */
export const runTasks = {
  write: { during: ['drafting'], by: writers, at: '', one: 'Écrire l’appel' },
  read: { during: ['drafting', 'submitted'], by: ['partner'], at: '', one: 'Relire l’appel' },
  approve: { during: ['submitted'], by: approver, at: '#accords', one: 'Relire l’appel et donner votre accord' },
  publish: { during: ['submitted'], by: approver, at: '#accords', one: 'Publier l’appel' },
  remarks: {
    ...{ during: ['drafting', 'submitted'], by: writers, at: '#remarques', one: 'Répondre à une remarque' },
    several: ['Répondre à', 'remarques'],
  },
  interests: {
    ...{ during: published, by: writers, at: '/interets' },
    one: 'Déclarer vos intérêts, pour ouvrir les candidatures',
  },
  found: {
    ...{ during: published, by: writers, at: '/interets', one: 'Dire si vous avez un lien avec une candidature' },
    several: ['Dire si vous avez un lien avec', 'candidatures'],
  },
  letters: {
    ...{ during: published, by: writers, at: '/candidatures/lettres', one: 'Lire une lettre d’intention' },
    several: ['Lire', 'lettres d’intention'],
  },
  instruct: {
    ...{ during: ['closed', ...results], by: writers, at: '/candidatures?etat=deposited' },
    ...{ one: 'Dire si une candidature est recevable', several: ['Dire la recevabilité de', 'candidatures'] },
  },
  late: {
    ...{ during: published, by: writers, at: '/candidatures?etat=incomplete' },
    ...{
      one: 'Un complément n’est pas venu à temps',
      several: ['Voir', 'compléments qui ne sont pas venus à temps'],
    },
  },
  compose: { during: judged, by: writers, at: '/jury', one: 'Composer le jury' },
  settle: { during: judged, by: writers, at: '/jury', one: 'Arrêter la composition du jury' },
  start: { during: ['closed'], by: approver, at: '/resultats#selection', one: 'Engager la sélection' },
  share: {
    ...{ during: judged, by: writers, at: '/evaluations/repartition', one: 'Confier une candidature au jury' },
    several: ['Confier au jury', 'candidatures'],
  },
  close: {
    ...{ during: judged, by: writers, at: '/evaluations', one: 'Clore les évaluations d’une candidature' },
    several: ['Clore les évaluations de', 'candidatures'],
  },
  convene: {
    ...{ during: ['selecting'], by: writers, at: '/seances', one: 'Convoquer le jury pour une candidature' },
    several: ['Convoquer le jury pour', 'candidatures'],
  },
  decide: {
    ...{ during: ['selecting'], by: writers, at: '/resultats', one: 'Écrire une décision' },
    several: ['Écrire', 'décisions'],
  },
  sign: {
    ...{ during: results, by: approver, at: '/resultats', one: 'Signer une décision' },
    several: ['Signer', 'décisions'],
  },
  fix: { during: ['selecting'], by: approver, at: '/resultats', one: 'Arrêter les résultats' },
  prepare: {
    ...{ during: ['closed', ...results], by: writers, at: '/resultats/courriers', one: 'Préparer un courrier' },
    several: ['Préparer', 'courriers'],
  },
  message: {
    ...{ during: ['decided'], by: writers, at: '/suivi/ministere' },
    one: 'Préparer et relire le message au ministère',
  },
  notify: { during: ['decided'], by: approver, at: '/resultats', one: 'Notifier les résultats' },
  send: {
    ...{ during: ['notified'], by: approver, at: '/resultats/courriers', one: 'Envoyer un courrier qui est prêt' },
    several: ['Envoyer', 'courriers qui sont prêts'],
  },
  unsigned: {
    ...{ during: ['closed', ...results], by: writers, at: '/resultats/courriers' },
    one: 'Désigner qui signe une candidature : son courrier attend quelqu’un à qui écrire',
    several: ['Désigner qui signe', 'candidatures : leur courrier attend quelqu’un à qui écrire'],
  },
  ministry: {
    ...{ during: ['notified'], by: writers, at: '/suivi/ministere' },
    one: 'Faire connaître le choix des projets au ministère',
  },
  terms: {
    ...{ during: ['notified'], by: writers, at: '/suivi', one: 'Écrire une convention' },
    several: ['Écrire', 'conventions'],
  },
  payments: {
    ...{ during: ['notified'], by: writers, at: '/suivi', one: 'Suivre un versement attendu' },
    several: ['Suivre', 'versements attendus'],
  },
  reports: {
    ...{ during: ['notified'], by: writers, at: '/suivi', one: 'Lire un bilan' },
    several: ['Lire', 'bilans'],
  },
  ends: {
    ...{ during: ['notified'], by: writers, at: '/suivi', one: 'Répondre à une demande d’abandon' },
    several: ['Répondre à', 'demandes d’abandon'],
  },
  showcases: {
    ...{ during: ['notified'], by: writers, at: '/suivi', one: 'Publier une fiche que son porteur a acceptée' },
    several: ['Publier', 'fiches que leurs porteurs ont acceptées'],
  },
} as const satisfies Readonly<Record<string, RunTask>>;
export type RunTaskName = keyof typeof runTasks;
export const runTaskNames = Object.keys(runTasks) as RunTaskName[];

/** How many of each; what is left out is none. */
export type RunCounts = { readonly [Name in RunTaskName]?: number };

/** What waits in a call for somebody of that role: where it is done, and what is said. */
export const runLines = (
  moment: RunMoment,
  role: CallRole,
  counts: RunCounts,
): readonly (readonly [at: string, words: string])[] =>
  runTaskNames.flatMap((name) => {
    const { during, by, at, one, several }: RunTask = runTasks[name];
    const count = counts[name] ?? 0;
    if (count === 0 || !during.includes(moment) || !by.includes(role)) return [];
    return [[at, several && count > 1 ? `${several[0]} ${count} ${several[1]}` : one] as const];
  });
