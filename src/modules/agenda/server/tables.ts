import type { ColumnType, Generated } from 'kysely';
import type { SeriesFields, SeriesStatus } from '../event.ts';

type Local = ColumnType<Temporal.PlainDateTime, string, string>;

export interface AgendaTables {
  /** One rendez-vous, once or many times. */
  event_series: {
    id: Generated<string>;
    slug: string;
    /** The registration whose members keep it, and its name when it was last saved. */
    organisation: string;
    organisation_name: string;
    /** Of the place: its queue of moderation. */
    insee: string;
    epci: string | null;
    departement: string;
    region: string;
    time_zone: string;
    status: SeriesStatus;
    fields: ColumnType<SeriesFields, string, string>;
    /** `form`, or the calendar that it was imported from and its name there. */
    source: string;
    source_ref: string | null;
    /** Counts the changes of the form: two who write at once do not overwrite each other. */
    revision: Generated<number>;
    /** Grows with all that searches depend on, its occurrences included. */
    version: Generated<number>;
    /** Why who moderates withdrew it. */
    reason: string | null;
    /** Dates that wait for the school calendar. */
    waiting_dates: Generated<number>;
    created_at: Temporal.Instant;
    changed_at: Temporal.Instant;
  };
  event_occurrence: {
    id: Generated<number>;
    series: string;
    /** The time that the series gave it, whatever it was moved to. */
    slot: Local;
    local_start: Local;
    starts_at: Temporal.Instant;
    minutes: number;
    status: Generated<'planned' | 'cancelled'>;
    /** What is said of this date alone. */
    note: string | null;
    /** Persons who hold a place: confirmed, or a freed place offered to them. */
    taken: Generated<number>;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends AgendaTables {}
}
