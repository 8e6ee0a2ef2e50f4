import type { ColumnType, Generated } from 'kysely';
import type { ChangeKind } from '../visit.ts';

type Local = ColumnType<Temporal.PlainDateTime, string, string>;

export interface ToursTables {
  /** What the team of a vehicle said of one visit, the last time. */
  tour_visit_change: {
    tour: number;
    stop: number;
    /** When it was to come, by the clock of the stop. */
    was: Local;
    minutes: number;
    time_zone: string;
    kind: ChangeKind;
    reason: string;
    to_stop: number | null;
    /** The rendez-vous of the agenda that were cancelled with it. */
    dates: Generated<number[]>;
    /** What was changed at once: told in one message. */
    batch: string;
    changed_at: Temporal.Instant;
  };
  /** Somebody who asked to be told: of a stop, or of what comes near a commune (of one tour, or of any). */
  tour_follow: {
    id: Generated<string>;
    email: string;
    stop: number | null;
    tour: number | null;
    insee: string | null;
    asked_at: Temporal.Instant;
    confirmed_at: Temporal.Instant | null;
  };
  /** A message that left, once for what it is about, and the hash of the word that its links hold. */
  tour_follow_mail: {
    follow: string;
    about: string;
    hash: string;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends ToursTables {}
}
