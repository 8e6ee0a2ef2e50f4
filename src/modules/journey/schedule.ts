import type { Condition } from './conditions.ts';

/** From which day a step is counted. `project` counts from nothing: a wish for a child has no date. */
export type Anchor = 'project' | 'conception' | 'due' | 'birth' | 'birth_corrected' | 'arrival' | 'loss';

/** Whom a step is for. `mother`: the person who carries or gave birth. `both`: the parents, together or alone. */
export type Who = 'mother' | 'second_parent' | 'both' | 'child';

export type Kind = 'medical' | 'rights' | 'administrative' | 'support' | 'milestone';

/** How much a step asks: provided by law for everyone, recommended, offered, a right, advised, to know, a landmark, according to the situation. */
export type Level =
  | 'required'
  | 'recommended'
  | 'offered'
  | 'right'
  | 'advised'
  | 'information'
  | 'landmark'
  | 'depends';

/** The moments of the policy that stand out: three key moments, and the peaks of weeks 5 and 12. */
export type Moment = 'prenatal-interview' | 'maternity' | 'return-home' | 'peak';

/** What to look for near home. The map knows what each word means. */
export type Near =
  | 'midwife'
  | 'doctor'
  | 'ultrasound'
  | 'maternity'
  | 'dentist'
  | 'pmi'
  | 'caf'
  | 'town_hall'
  | 'childcare'
  | 'parents'
  | 'respite'
  | 'awakening'
  | 'moral'
  | 'grief';

/** An article by its address, and its title to show. */
export interface ArticleLink {
  readonly slug: string;
  readonly title: string;
}

/** `P6W`, `-P28W`, `P44M1D`: a signed ISO 8601 duration of months, weeks and days. Months are calendar months. */
export type IsoDuration = string;

/** `2027-04-01`. */
export type IsoDate = string;

/**
 * One row of the schedule: something that can matter to a family between two days. The window is half-open:
 * `from` is the first day, `until` the first day after.
 */
export interface ScheduleItem {
  readonly id: string;
  /** In the words of a parent. */
  readonly title: string;
  /** The official name, when it is not the title. */
  readonly official?: string;
  readonly anchor: Anchor;
  /** Distance from the anchor; with `year_of`, a month and day (`09-01`). Absent when the anchor is `project`. */
  readonly from?: IsoDuration | string;
  /** Distance from the anchor, or a date fixed by a text; with `year_of`, a month and day. */
  readonly until?: IsoDuration | IsoDate | string;
  /** `from` and `until` are days of the civil year in which the anchor plus this duration falls. */
  readonly year_of?: IsoDuration;
  /** A leave that starts before the birth: whatever the day of birth, this long in all and this long after. */
  readonly leave?: { readonly length: IsoDuration; readonly after_birth: IsoDuration };
  readonly who: Who;
  readonly kind: Kind;
  readonly level: Level;
  /** All must hold; inside one, any may hold. */
  readonly when: readonly Condition[];
  /** Not shown once this other row is done. */
  readonly unless_done?: string;
  /** `start-P7D`, `end-P14D`, `anchor+P3M`. Absent: never reminded of itself. */
  readonly reminder?: string;
  /** How long after its window it is still worth doing. */
  readonly grace?: IsoDuration;
  readonly moment?: Moment;
  /** Done only with the agreement of the person or of the parents. */
  readonly agreement?: boolean;
  /** What it is and why it exists. */
  readonly text: string;
  /** The same, easy to read: sentences of twelve words at most. */
  readonly easy: string;
  readonly cost?: string;
  readonly with?: string;
  readonly how?: readonly string[];
  readonly near?: Near;
  /** A page of ours that helps to do it. */
  readonly link?: string;
  /** The articles of the library that explain it, the closest first. */
  readonly articles: readonly ArticleLink[];
  readonly sources: readonly { readonly name: string; readonly url?: string }[];
  /** A: legal or official text, or several that agree. B: one or secondary. C: no text found. */
  readonly confidence: 'A' | 'B' | 'C';
  /** Day it was compared with an official text. */
  readonly checked_on: IsoDate | null;
  /** Day a professional read it again. */
  readonly reviewed_on: IsoDate | null;
  /** When to check it again; a year after `checked_on` unless said. */
  readonly review_by?: IsoDate;
  /** Windows that start before this day follow an older rule, and are not shown. */
  readonly valid_from?: IsoDate;
  /** Windows that start on this day or later follow a newer rule, and are not shown. */
  readonly valid_to?: IsoDate;
  readonly note?: string;
}

/** A row as it is written: its articles are named by their slug alone. */
export type WrittenItem = Omit<ScheduleItem, 'articles'> & { readonly articles: readonly string[] };

export type Schedule = readonly ScheduleItem[];

/** Whether a page must say "à confirmer avec votre professionnel": nobody has compared or read it again, or no text was found. */
export const toConfirm = (item: Pick<ScheduleItem, 'confidence' | 'checked_on' | 'reviewed_on'>): boolean =>
  item.confidence === 'C' || (item.checked_on === null && item.reviewed_on === null);
