import type { AskedWord } from './conditions.ts';
import type { Dating } from './dating.ts';
import type { Kind } from './schedule.ts';

/**
 * A family as its device knows it. No name is ever needed. Everything is plain data: days are `Temporal.PlainDate`,
 * states of steps are not here unless somebody decided them.
 */
export interface Family {
  /** IANA zone of the home: decides which day it is and when the night falls. */
  readonly timeZone: string;
  /** Code of the département of the home, when given: some steps depend on it. */
  readonly departement?: string;
  /** The first is the person who holds the device. At least one. */
  readonly people: readonly [Person, ...Person[]];
  /** A child is wished for and none is expected: the path has an entrance without any date. */
  readonly project: boolean;
  readonly pregnancies: readonly Pregnancy[];
  /** Expected, born, arrived or lost. Twins are two. */
  readonly children: readonly Child[];
  /** Children the family already has that this path does not follow. */
  readonly olderChildren: number;
  readonly answers: { readonly [W in AskedWord]?: boolean };
  /** What was decided about a step, by its key. */
  readonly marks: Readonly<Record<string, Mark>>;
  readonly silences: readonly Silence[];
}

/** `mother`: who carries or gave birth. `second_parent`: the other parent. `adoptive_parent`: by adoption. */
export type Role = 'mother' | 'second_parent' | 'adoptive_parent';

export interface Person {
  readonly id: string;
  readonly role: Role;
  /** Unknown unless said. */
  readonly work?: 'employee' | 'independent' | 'agent' | 'none';
}

export interface Pregnancy {
  readonly id: string;
  readonly dating: Dating;
  /** Declared to health insurance and the Caf. Unknown unless said or the step is done. */
  readonly declared?: boolean;
  /** Ended otherwise than by a birth or a loss: nothing is shown, nothing is asked. */
  readonly closed?: boolean;
}

export interface Child {
  readonly id: string;
  readonly pregnancy?: string;
  /** What the family calls this child here; stays on the device. */
  readonly label?: string;
  readonly birth?: Temporal.PlainDate;
  /** Day a child came to the home by adoption. */
  readonly arrival?: Temporal.PlainDate;
  /** Weeks of amenorrhoea at birth, for a child born before this path knew its pregnancy. */
  readonly weeksAtBirth?: number;
  readonly hospitalised?: boolean;
  readonly loss?: Loss;
}

/** A child died, before or after birth. */
export interface Loss {
  readonly day: Temporal.PlainDate;
  /** Day it was told to this device: it can be taken back for 30 days. */
  readonly recordedOn: Temporal.PlainDate;
  /** The pregnancy was ended for a medical reason. */
  readonly medicalEnding?: boolean;
  /** A medical certificate of delivery was given. */
  readonly birthCertificate?: boolean;
  /** What the family chose: nothing at all, gentle support on a page of its own, or erase after the 30 days. */
  readonly choice: 'silence' | 'support' | 'erase';
}

/** What somebody decided about a step. Everything else is computed. */
export type Mark =
  | { readonly state: 'done'; readonly day: Temporal.PlainDate }
  | { readonly state: 'not_for_us' }
  | { readonly state: 'remind'; readonly day: Temporal.PlainDate };

/** Where no reminder comes from, from a day to another. */
export interface Silence {
  readonly scope:
    | { readonly of: 'family' }
    | { readonly of: 'child'; readonly id: string }
    | { readonly of: 'kind'; readonly kind: Kind }
    | { readonly of: 'item'; readonly id: string };
  readonly since: Temporal.PlainDate;
  /** First day on which reminders may come again. */
  readonly until?: Temporal.PlainDate;
}

/** The children of a pregnancy that lives or lived to birth, and those lost late enough to count in the law (22 SA). */
export const childrenOf = (family: Family, pregnancy: Pregnancy): readonly Child[] =>
  family.children.filter((child) => child.pregnancy === pregnancy.id);
