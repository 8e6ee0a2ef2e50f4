import type { ColumnType, Generated } from 'kysely';
import type { Scope } from '#platform/permissions.ts';
import type { CallbackStatus, Outcome } from '../request.ts';

/** JSON is written as text. */
type Json<T> = ColumnType<T, string, string>;

declare module '#platform/server/database/database.ts' {
  interface Tables {
    /** Who answers call-backs where. Ended: it receives none any more, and finishes those it has. */
    callback_team: {
      id: Generated<string>;
      /** The identity’s organisation: its owners and editors answer. */
      organisation: string;
      /** As it was called when it was appointed. */
      name: string;
      territory: Scope;
      days: Json<number[]>;
      from_hour: number;
      to_hour: number;
      languages: Json<string[]>;
      sentence: string;
      appointed_by: string | null;
      appointed_at: Temporal.Instant;
      ended_at: Temporal.Instant | null;
    };
    /** Somebody who asks to be called. No name, no reason, no commune, no account. */
    callback_request: {
      id: Generated<string>;
      team: string;
      /** Of the word that only the page of the person holds: it makes one of two taps, and cancels. */
      key_hash: string;
      /** Nothing once cancelled. */
      phone: string | null;
      slot_day: ColumnType<Temporal.PlainDate, string, string>;
      slot_from: number;
      slot_to: number;
      presentation: string;
      no_message: boolean;
      status: Generated<CallbackStatus>;
      created_at: Temporal.Instant;
      /** When the team was last told that it waits. */
      warned_at: Temporal.Instant | null;
      taken_at: Temporal.Instant | null;
      taken_by: string | null;
      closed_at: Temporal.Instant | null;
      outcome: Outcome | null;
    };
  }
}
