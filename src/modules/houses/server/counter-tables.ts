import type { ColumnType, Generated } from 'kysely';
import type { Half } from '../counter.ts';
import type { RoomPurpose } from '../room.ts';

type Local = ColumnType<Temporal.PlainDateTime, string, string>;

interface CounterTables {
  /** A touch at a welcome desk, known by the key that the device drew: what is sent twice is counted once. */
  house_tap: {
    key: string;
    site: string;
    day: Temporal.PlainDate;
    half: Half;
    question: string;
    answer: string;
    undone: Generated<boolean>;
  };
  /** How many touches, by half-day and answer. */
  house_count: { site: string; day: Temporal.PlainDate; half: Half; question: string; answer: string; taps: number };
  /** Who a Maison works with. `registration`: a partner that is registered here, and may book its rooms. */
  house_partner: {
    id: Generated<string>;
    house: string;
    name: string;
    registration: string | null;
    ended_at: Temporal.Instant | null;
  };
  house_room: {
    id: Generated<number>;
    site: string;
    name: string;
    seats: number;
    closed_at: Temporal.Instant | null;
  };
  /** A time of a room that is taken. The table itself refuses two at once. */
  house_room_use: {
    id: Generated<string>;
    room: number;
    local_start: Local;
    starts_at: Temporal.Instant;
    ends_at: Temporal.Instant;
    purpose: RoomPurpose;
    /** Who uses it: a team, an organisation. */
    holder: string;
    /** The registration that booked it: the Maison’s own, or a partner’s. */
    booked_by: string;
    /** Those that were booked in one gesture. */
    batch: string;
  };
  /** How many came to a date of the agenda, kept when its bookings are erased. */
  house_date_count: {
    occurrence: number;
    house: string;
    day: Temporal.PlainDate;
    kind: string;
    booked: number;
    came: number;
    absent: number;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends CounterTables {}
}
