import type { Kind } from '#modules/directory/index.ts';

/** Every how many months somebody is asked whether a listing is still right. */
export const rhythms = [3, 6, 12] as const;
export type Rhythm = (typeof rhythms)[number];

/** What changes with the seasons, and what seldom does: who keeps a listing may choose otherwise. */
const quick: ReadonlySet<Kind> = new Set<Kind>(['itinerant', 'groupe-de-parents', 'association', 'laep']);
const slow: ReadonlySet<Kind> = new Set<Kind>([
  ...(['maternite', 'hopital', 'centre-perinatal', 'maison-de-naissance', 'camsp', 'cmpp', 'cmp', 'pmi'] as const),
  ...(['caf', 'msa', 'cpam', 'mairie', 'ccas', 'france-services'] as const),
]);

/** The rhythm of a kind of listing until somebody chooses one. */
export const defaultRhythm = (kind: Kind): Rhythm => (quick.has(kind) ? 3 : slow.has(kind) ? 12 : 6);

/** The day before which a listing confirmed on a day is to be confirmed again. */
export const dueOn = (confirmedOn: Temporal.PlainDate, rhythm: Rhythm): Temporal.PlainDate =>
  confirmedOn.add({ months: rhythm });

/**
 * How much silence there is around a listing, in days: a first message some days before it is due, never two messages
 * within a month, and after the third that nobody answers, no more until somebody says something.
 */
export const quiet = { before: 14, between: 30, most: 3 } as const;

/** What is known of the freshness of one listing. */
export interface Freshness {
  readonly rhythm: Rhythm;
  /** Nothing: nobody has ever confirmed it. */
  readonly confirmedOn: Temporal.PlainDate | null;
  readonly dueOn: Temporal.PlainDate;
  /** Last message about it, and how many since somebody confirmed. */
  readonly askedOn: Temporal.PlainDate | null;
  readonly asks: number;
}

/** Whether the house itself writes today to who keeps a listing. */
export const shouldRemind = (fresh: Freshness, today: Temporal.PlainDate): boolean =>
  fresh.asks < quiet.most && !isQuiet(fresh, today) && isAfter(today, fresh.dueOn.subtract({ days: quiet.before }));

/** Whether a campaign may write today about a listing: not within a month of another message, nor of a confirmation. */
export const mayBeAsked = (fresh: Pick<Freshness, 'askedOn' | 'confirmedOn'>, today: Temporal.PlainDate): boolean =>
  !isQuiet(fresh, today) &&
  (fresh.confirmedOn === null || isAfter(today, fresh.confirmedOn.add({ days: quiet.between })));

const isQuiet = ({ askedOn }: Pick<Freshness, 'askedOn'>, today: Temporal.PlainDate): boolean =>
  askedOn !== null && !isAfter(today, askedOn.add({ days: quiet.between }));

/** That very day or later. */
const isAfter = (day: Temporal.PlainDate, other: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(day, other) >= 0;

/** Days before the day that it is due when who keeps a listing reads about it in their space. */
const TOLD_BEFORE = 30;

/** Where a listing stands, for who keeps it. `never`: nobody has confirmed it yet. */
export const standingOf = (
  { confirmedOn, dueOn }: Pick<Freshness, 'confirmedOn' | 'dueOn'>,
  today: Temporal.PlainDate,
): 'fresh' | 'soon' | 'late' | 'never' => {
  if (confirmedOn === null) return 'never';
  if (Temporal.PlainDate.compare(dueOn, today) < 0) return 'late';
  return isAfter(today, dueOn.subtract({ days: TOLD_BEFORE })) ? 'soon' : 'fresh';
};
