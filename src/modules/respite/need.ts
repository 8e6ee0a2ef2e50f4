import type { Kind } from '#modules/directory/index.ts';

/**
 * What a parent may need to breathe, in the words of the question. Sources: document 000, priority 4 and its examples (groups,
 * activities, help at home, occasional childcare); documents 001 and 003 (respite).
 */
export const needs = [
  {
    ...{
      code: 'garde',
      label: 'Quelques heures sans mon enfant',
      hint: 'Une place dans une crèche, une garde solidaire',
    },
    kinds: ['creche', 'micro-creche', 'mam', 'relais-petite-enfance'],
    events: [],
  },
  {
    ...{ code: 'ensemble', label: 'Sortir avec mon enfant', hint: 'Des lieux où jouer et se poser, sans s’inscrire' },
    kinds: ['laep', 'ludotheque', 'mediatheque', 'maison-des-parents', 'maison-1000-jours', 'centre-social'],
    events: ['accueil', 'spectacle', 'atelier'],
  },
  {
    ...{ code: 'parler', label: 'Parler avec d’autres parents', hint: 'Des groupes, des cafés, des cercles' },
    kinds: ['groupe-de-parents', 'laep', 'maison-des-parents', 'maison-1000-jours', 'association', 'centre-social'],
    events: ['cafe', 'groupe'],
  },
  {
    ...{
      code: 'maison',
      label: 'De l’aide à la maison',
      hint: 'Quelqu’un qui vient : aide familiale, visite, bénévoles',
    },
    kinds: ['a-domicile', 'caf', 'ccas', 'association'],
    events: [],
  },
  {
    ...{ code: 'relais', label: 'Un vrai relais', hint: 'Un accueil, du repos, et moins à porter' },
    kinds: ['maison-1000-jours', 'pmi', 'unite-mere-bebe', 'accueil-mere-enfant', 'a-domicile', 'laep'],
    events: ['cafe', 'groupe'],
  },
] as const satisfies readonly {
  readonly code: string;
  readonly label: string;
  readonly hint: string;
  readonly kinds: readonly Kind[];
  /** Kinds of rendez-vous of the agenda. */
  readonly events: readonly string[];
}[];

export type NeedCode = (typeof needs)[number]['code'];

/** When. `opening`: the same moment in the words of the directory; without it, hours do not narrow the list. */
export const moments = [
  { code: 'bientot', label: 'Dans les jours qui viennent' },
  { code: 'maintenant', label: 'Tout de suite', opening: 'now' },
  { code: 'soir', label: 'Ce soir', opening: 'evening' },
  { code: 'samedi', label: 'Samedi', opening: 'saturday' },
] as const;

export type MomentCode = (typeof moments)[number]['code'];

/** What was asked. What cannot be read is left out, never refused: an old link still shows the list. */
export const readNeed = (
  given: URLSearchParams,
): { readonly need: (typeof needs)[number] | undefined; readonly moment: (typeof moments)[number] } => ({
  need: needs.find(({ code }) => code === given.get('besoin')),
  moment: moments.find(({ code }) => code === given.get('quand')) ?? moments[0],
});

/** The sorts of places that answer a need; all of them together when none was chosen. */
export const kindsFor = (need: NeedCode | undefined): readonly Kind[] => [
  ...new Set(needs.filter(({ code }) => need === undefined || code === need).flatMap(({ kinds }) => kinds)),
];

/** The kinds of rendez-vous that answer a need; all of them together when none was chosen. */
export const eventsFor = (need: NeedCode | undefined): readonly string[] => [
  ...new Set(needs.filter(({ code }) => need === undefined || code === need).flatMap(({ events }) => events)),
];

/** The hours of a moment by the clock of the place, in minutes; nothing when any will do. */
export const hoursOf = (moment: MomentCode): { readonly from: number; readonly to: number } | undefined =>
  moment === 'soir' ? { from: 17 * 60 + 30, to: 24 * 60 } : undefined;

/** The days that a moment means, both included, from the day at the place: seven days when it is none in particular. */
export const daysOf = (
  moment: MomentCode,
  today: Temporal.PlainDate,
): { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate } => {
  if (moment === 'bientot') return { from: today, to: today.add({ days: 6 }) };
  if (moment !== 'samedi') return { from: today, to: today };
  const saturday = today.add({ days: (6 - today.dayOfWeek + 7) % 7 });
  return { from: saturday, to: saturday };
};
