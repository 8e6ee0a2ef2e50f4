import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';

/** How long something is kept after a moment. Days and years are counted in hours: nobody waits for midnight. */
export interface Age {
  readonly years?: number;
  readonly days?: number;
  readonly hours?: number;
}

/** Rows that time alone erases: what, how long after which moment. The same line makes the work and the document. */
export interface TimedRule {
  readonly ends: 'time';
  /** Stable: `mail.sent`. */
  readonly name: string;
  readonly table: string;
  /** Which rows, in French, to be read after the name of the table: « un message envoyé ». */
  readonly what: string;
  /** The column that holds the moment from which one counts, or SQL that says it. A row without it stays. */
  readonly column: string | RawBuilder<unknown>;
  readonly age: Age;
  /** The moment, in French: « après l’envoi ». */
  readonly since: string;
  /** Which rows, when not all of the table. */
  readonly when?: RawBuilder<unknown>;
  /** What is emptied, when the row itself stays. Emptied, it must no longer be one of the rule. */
  readonly set?: RawBuilder<unknown>;
  /**
   * What erasing one row is, when it is more than to delete it. Runs in a transaction of its own; afterwards the row must
   * no longer be one of the rule, or the same row would come back for ever.
   */
  readonly erase?: (inside: Context, id: string) => Promise<void>;
}

/** Rows that something else than time ends: a person’s act, or the work that uses them. */
export interface EventRule {
  readonly ends: 'event';
  readonly table: string;
  /** Until when, in French: « Jusqu’à l’effacement du compte ». */
  readonly until: string;
  /** The job that does it, when a job does. */
  readonly job?: string;
}

/** Rows that are kept for ever, and why. */
export interface KeptRule {
  readonly ends: 'never';
  readonly table: string;
  readonly why: string;
}

export type RetentionRule = TimedRule | EventRule | KeptRule;

/** Keeps the rule as it is, checked: a list of rules has its types from here. */
export const retentionRule = <Rule extends RetentionRule>(rule: Rule): Rule => rule;

/** SQL: the moment when the day that a column of dates holds is over in Paris. */
export const endOfDay = (column: string): RawBuilder<unknown> =>
  sql`((${sql.ref(column)} + 1)::timestamp at time zone 'Europe/Paris')`;

/** An age in hours. A year has 365 days and a quarter. */
export const hoursOf = ({ years = 0, days = 0, hours = 0 }: Age): number => years * 8766 + days * 24 + hours;

/** « 2 ans », « 30 jours », « 24 heures ». */
export const ageWords = ({ years = 0, days = 0, hours = 0 }: Age): string =>
  [
    years > 0 ? `${years} an${years > 1 ? 's' : ''}` : '',
    days > 0 ? `${days} jour${days > 1 ? 's' : ''}` : '',
    hours > 0 ? `${hours} heure${hours > 1 ? 's' : ''}` : '',
  ]
    .filter(Boolean)
    .join(' et ') || 'aussitôt';

/** A rule as the register of data says it: « Un message envoyé : 30 jours après l’envoi ». */
export const ruleWords = (rule: RetentionRule): string => {
  switch (rule.ends) {
    case 'time':
      return `${rule.what}\u00a0: ${ageWords(rule.age)} ${rule.since} (\`${rule.name}\`)`;
    case 'event':
      return rule.job ? `${rule.until} (\`${rule.job}\`)` : rule.until;
    case 'never':
      return `Toujours : ${rule.why}`;
  }
};
