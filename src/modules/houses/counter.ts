/**
 * What is counted at a welcome desk: one list of coarse answers for each question. Each is counted by itself: nothing ties
 * the answer to one question to the answer to another, so that no line is about somebody.
 */
export const countedQuestions = [
  {
    ...{ code: 'who', question: 'Qui arrive ?', title: 'Arrivées' },
    answers: [
      { code: 'parent', label: 'Un parent' },
      { code: 'futur-parent', label: 'Un futur parent' },
      { code: 'couple', label: 'Un couple' },
      { code: 'famille', label: 'Une famille' },
      { code: 'proche', label: 'Un proche' },
      { code: 'professionnel', label: 'Pour son métier' },
      { code: 'autre', label: 'Quelqu’un d’autre' },
    ],
  },
  {
    ...{ code: 'people', question: 'Combien de personnes ?', title: 'Personnes' },
    answers: [
      { code: 'adulte', label: 'Un adulte' },
      { code: 'enfant', label: 'Un enfant' },
    ],
  },
  {
    ...{ code: 'why', question: 'Pour quoi ?', title: 'Raisons de la venue' },
    answers: [
      { code: 'information', label: 'S’informer' },
      { code: 'parler', label: 'Parler à quelqu’un' },
      { code: 'jouer', label: 'Se poser, jouer' },
      { code: 'collectif', label: 'Un atelier, un groupe' },
      { code: 'rendez-vous', label: 'Un rendez-vous' },
      { code: 'demarches', label: 'Une démarche' },
      { code: 'entre-professionnels', label: 'Entre professionnels' },
      { code: 'autre', label: 'Autre chose' },
    ],
  },
  {
    ...{ code: 'from', question: 'Par qui la Maison a-t-elle été connue ?', title: 'D’où l’on vient' },
    // Document 004, Nice, « Saisines » : the booklets, the site, hospitals, health and early childhood professionals.
    answers: [
      { code: 'carnet', label: 'Carnet de maternité ou de santé' },
      { code: 'maternite', label: 'Maternité, hôpital' },
      { code: 'sante', label: 'Professionnel de santé' },
      { code: 'petite-enfance', label: 'Crèche, assistante maternelle' },
      { code: 'pmi', label: 'PMI' },
      { code: 'caf', label: 'Caf, MSA, Assurance maladie' },
      { code: 'association', label: 'Association, centre social' },
      { code: 'mairie', label: 'Mairie, France services' },
      { code: 'internet', label: 'Internet' },
      { code: 'entourage', label: 'Entourage, bouche-à-oreille' },
      { code: 'passage', label: 'En passant devant' },
      { code: 'deja-venu', label: 'Déjà venu' },
    ],
  },
  {
    ...{ code: 'to', question: 'Vers qui est-on orienté ?', title: 'Vers qui l’on est orienté' },
    // Kinds of the directory, and the partners that the Maison names.
    answers: [
      { code: 'pmi', label: 'PMI' },
      { code: 'maternite', label: 'Maternité, hôpital' },
      { code: 'cabinet', label: 'Professionnel de santé' },
      { code: 'camsp', label: 'CAMSP, CMPP, CMP' },
      { code: 'creche', label: 'Crèche, mode d’accueil' },
      { code: 'relais-petite-enfance', label: 'Relais petite enfance' },
      { code: 'laep', label: 'Lieu d’accueil enfants-parents' },
      { code: 'centre-social', label: 'Centre social, ludothèque' },
      { code: 'caf', label: 'Caf, MSA, Assurance maladie' },
      { code: 'ccas', label: 'CCAS, mairie, France services' },
      { code: 'association', label: 'Association' },
      { code: 'groupe-de-parents', label: 'Groupe de parents' },
      { code: 'autre', label: 'Ailleurs' },
    ],
  },
] as const satisfies readonly CountedQuestion[];

export interface CountedQuestion {
  readonly code: string;
  readonly question: string;
  readonly title: string;
  readonly answers: readonly { readonly code: string; readonly label: string }[];
}

/** A partner of the Maison, as an answer to « Vers qui ? ». */
export const partnerAnswer = (id: string): string => `partenaire:${id}`;

/** The questions with their answers, the partners of the Maison named first among where people are sent to. */
export const questionsWith = (
  partners: readonly { readonly id: string; readonly name: string }[],
): readonly CountedQuestion[] =>
  countedQuestions.map((question) =>
    question.code === 'to'
      ? {
          ...question,
          answers: [...partners.map(({ id, name }) => ({ code: partnerAnswer(id), label: name })), ...question.answers],
        }
      : question,
  );

/** Nothing finer than half a day is kept. */
export const halves = [
  { code: 'matin', label: 'Matin' },
  { code: 'apres-midi', label: 'Après-midi' },
] as const;
export type Half = (typeof halves)[number]['code'];

/** The day and the half of it that a moment belongs to, by the clock of the site. The afternoon begins at noon. */
export const halfDayOf = (
  moment: Temporal.Instant,
  timeZone: string,
): { readonly day: string; readonly half: Half } => {
  const there = moment.toZonedDateTimeISO(timeZone);
  return { day: there.toPlainDate().toString(), half: there.hour < 12 ? 'matin' : 'apres-midi' };
};

/** How many days a device may keep what it could not send. What is older is refused: its key may be forgotten. */
export const DAYS_TO_SEND = 14;
/** How many days a key is known, so that what is sent twice counts once. Longer than a device may wait. */
export const DAYS_KEY_KEPT = 30;

/** One touch of a button, as a device keeps and sends it. `key`: drawn by the device. `undone`: this touch is taken back. */
export interface Tap {
  readonly key: string;
  readonly site: string;
  readonly question: string;
  readonly answer: string;
  /** ISO date, at the site. */
  readonly day: string;
  readonly half: Half;
  readonly undone: boolean;
}

/** What a device sends at once. */
export const TAPS_AT_ONCE = 50;

/** Whether a device may still send what was counted on a day: neither to come, nor too old. `today`: at the site. */
export const stillCounts = (day: string, today: Temporal.PlainDate): boolean => {
  const { days } = Temporal.PlainDate.from(day).until(today, { largestUnit: 'days' });
  return days >= 0 && days <= DAYS_TO_SEND;
};
