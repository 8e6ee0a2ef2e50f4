import type { ColumnType, Generated } from 'kysely';
import type { BookingState } from '../booking.ts';
import type { SeriesFields, SeriesStatus } from '../event.ts';
import type { ToCall } from './to-call.ts';

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
    /** `form`, `group` (only a group of parents ever sees it), or the calendar that it was imported from and its name there. */
    source: string;
    source_ref: string | null;
    /** Counts the changes of the form: two who write at once do not overwrite each other. */
    revision: Generated<number>;
    /** Grows with all that searches depend on, its occurrences included. */
    version: Generated<number>;
    /** Why who moderates withdrew it, until they accept it again. */
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
  /** Somebody who comes, or waits. Erased some days after the date. */
  event_booking: {
    id: Generated<string>;
    occurrence: number;
    rank: Generated<number>;
    name: string;
    adults: number;
    children: number;
    persons: Generated<number>;
    contact_kind: 'email' | 'phone';
    contact: string;
    state: BookingState;
    offered_until: Temporal.Instant | null;
    /** Of the secret in the address of their page. */
    token_hash: string;
    /** Of a second secret, sent with the offer of a place. */
    offer_hash: string | null;
    attended: boolean | null;
    /** What is to be told by telephone to somebody who left nothing else, until the organiser says that it is done. */
    to_call: ToCall | null;
    /** Written by the organiser, for somebody who called. */
    by_organiser: Generated<boolean>;
    created_at: Temporal.Instant;
  };
  /** What somebody says is wrong with a series, or with who organises it. */
  event_report: {
    id: Generated<string>;
    series: string;
    message: string;
    reply_to: string | null;
    /** The organisation that was said to answer, then that answered. */
    answered_by: string;
    created_at: Temporal.Instant;
    closed_at: Temporal.Instant | null;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends AgendaTables {}
}
