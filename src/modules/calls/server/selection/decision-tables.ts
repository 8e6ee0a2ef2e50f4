import type { Generated } from 'kysely';
import type { DecisionStatus, IssueCode } from '../../selection/decision.ts';
import type { SessionStatus } from '../../selection/session.ts';

/** Where a recommendation stands. */
export type FollowStatus = 'open' | 'progress' | 'done' | 'no';

declare module '#platform/server/database/database.ts' {
  interface Tables {
    /** What would be given to whom: a draft that decides nothing. One at most is put to the session. */
    call_scenario: {
      id: Generated<string>;
      call: string;
      name: string;
      proposed: boolean;
      version: number;
      written_by: string;
      changed_at: Temporal.Instant;
    };
    /** Applications that a scenario takes; `amounts`: cents by envelope. */
    call_scenario_item: { scenario: string; application: string; amounts: unknown };
    call_session: {
      id: string;
      call: string;
      status: SessionStatus;
      at: Temporal.Instant;
      /** A SessionState, as the journal gives it. */
      state: unknown;
      changed_at: Temporal.Instant;
      /** Of the signed minutes as they are kept among the files: the hash of their bytes. */
      minutes_sha256: string | null;
    };
    call_decision: {
      application: string;
      call: string;
      status: DecisionStatus;
      issue: IssueCode;
      rank: number | null;
      /** By each organiser, as it is written now. */
      signed: boolean;
      /** A DecisionState, as the journal gives it. */
      state: unknown;
      changed_at: Temporal.Instant;
    };
    /** What a decision takes from an envelope: rows that sums are made of, under the lock of the call. */
    call_allocation: { application: string; call: string; envelope: string; cents: number };
    /** The words of the organisers for an issue; `appeal`: the terms of appeal, where the call has none. */
    call_letter_template: {
      call: string;
      issue: string;
      subject: string;
      text: string;
      written_by: string;
      written_at: Temporal.Instant;
    };
    /** A letter, never changed once prepared. It leaves once asked for; corrected meanwhile, it is cancelled. */
    call_letter: {
      id: string;
      call: string;
      application: string;
      issue: IssueCode;
      subject: string;
      text: string;
      sha256: string;
      prepared_by: string;
      prepared_at: Temporal.Instant;
      asked_at: Temporal.Instant | null;
      sent_at: Temporal.Instant | null;
      cancelled_at: Temporal.Instant | null;
    };
    /** A recommendation to a project, or to all of them. */
    call_recommendation: {
      id: Generated<string>;
      call: string;
      application: string | null;
      text: string;
      author: string;
      author_name: string;
      written_at: Temporal.Instant;
      status: FollowStatus;
    };
    /** What became of a recommendation, each time somebody looked. */
    call_recommendation_step: {
      id: Generated<string>;
      recommendation: string;
      status: FollowStatus;
      words: string;
      noted_by: string;
      noted_at: Temporal.Instant;
    };
  }
}
