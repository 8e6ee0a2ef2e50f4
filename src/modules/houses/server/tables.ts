import type { ColumnType, Generated } from 'kysely';
import type { AppointmentMode, AppointmentState, HouseStatus } from '../house.ts';

type Local = ColumnType<Temporal.PlainDateTime, string, string>;
type Day = ColumnType<Temporal.PlainDate, string, string>;

export interface HouseTables {
  /** What a registration says of the Maison that it runs: at most one. */
  house: {
    id: Generated<string>;
    registration: string;
    slug: string;
    name: string;
    words: string;
    status: HouseStatus;
    /** Of its first site: its queue of moderation. */
    insee: string;
    epci: string | null;
    departement: string;
    region: string;
    changed_at: Temporal.Instant;
  };
  /** Where it receives: a place of the directory, or a service that travels. Never deleted: what was counted there stays. */
  house_site: {
    id: Generated<string>;
    house: string;
    place: number | null;
    service: number | null;
    name: string;
    insee: string;
    time_zone: string;
    position: number;
    closed_at: Temporal.Instant | null;
  };
  /** Who receives, by role; a first name where they want one shown. */
  house_member: {
    id: Generated<string>;
    house: string;
    role: string;
    name: string;
    position: Generated<number>;
  };
  /** Hours that come back: those of a member, cut in appointments, or those of a partner who holds a permanence. */
  house_hours: {
    id: Generated<string>;
    house: string;
    site: string;
    /** Whose appointments; nobody for a permanence. */
    member: string | null;
    mode: AppointmentMode;
    /** Who holds a permanence, and what for. */
    holder: string;
    words: string;
    /** Where a video is held: told to who booked, never published. */
    link: string;
    fields: ColumnType<unknown, string, string>;
    /** How long it lasts; for appointments, how long each one does. */
    minutes: number;
    slots: number;
    ended_at: Temporal.Instant | null;
    created_at: Temporal.Instant;
  };
  /** A day on which a member does not receive, whatever the hours say. */
  house_absence: { member: string; day: Day };
  /** Somebody who is received. Erased some days after. */
  house_appointment: {
    id: Generated<string>;
    hours: string;
    member: string;
    local_start: Local;
    starts_at: Temporal.Instant;
    minutes: number;
    name: string;
    contact_kind: 'email' | 'phone';
    contact: string;
    state: AppointmentState;
    came: boolean | null;
    token_hash: string;
    created_at: Temporal.Instant;
  };
  /** How many appointments a month, kept when the appointments themselves are erased. */
  house_appointment_count: {
    site: string;
    month: Day;
    mode: AppointmentMode;
    booked: number;
    cancelled: number;
    closed: number;
    came: number;
    absent: number;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends HouseTables {}
}
