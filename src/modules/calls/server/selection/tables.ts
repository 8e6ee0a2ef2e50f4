import type { Generated } from 'kysely';
import type { EvaluationStatus } from '../../selection/evaluation.ts';
import type { JurorQuality, Voice } from '../../selection/jury.ts';

declare module '#platform/server/database/database.ts' {
  interface Tables {
    /** The jury of a call, as the journal gives it. */
    call_jury: { call: string; state: unknown; changed_at: Temporal.Instant };
    /** Somebody of a jury, by the mailbox that was invited. Stays when they leave: what they declared stays too. */
    call_juror: {
      id: Generated<string>;
      call: string;
      name: string;
      email: string;
      organisation: string;
      siren: string;
      /** Other organisations that they speak for, by SIREN. */
      represents: readonly string[];
      quality: JurorQuality;
      voice: Voice;
      /** Of the actors that the frame recommends; empty for another. */
      partner_group: string;
      invited_by: string;
      invited_at: Temporal.Instant;
      left_at: Temporal.Instant | null;
    };
    /** What one person declared for one call; it stays when they leave, decline or are replaced. */
    call_interest: {
      id: Generated<string>;
      call: string;
      account: string;
      /** The name shown to those who run the call; emptied with the account. */
      name: string;
      /** Organisations that the person says they speak for. */
      sirens: readonly string[];
      /** An InterestState, as the journal gives it. */
      state: unknown;
      changed_at: Temporal.Instant;
    };
    /** An opinion asked from somebody outside the jury. */
    call_opinion: {
      id: Generated<string>;
      call: string;
      application: string;
      email: string;
      status: 'asked' | 'accepted' | 'given' | 'refused' | 'expired' | 'withdrawn';
      /** What is shown of the file: all of it, the summary sheet, or some parts. */
      shown: 'whole' | 'sheet' | 'extract';
      parts: readonly string[];
      confidential: boolean;
      questions: unknown;
      answers: unknown;
      due: Temporal.Instant;
      asked_by: string;
      asked_at: Temporal.Instant;
      reminded_at: Temporal.Instant | null;
      /** An OpinionState, as the journal gives it. */
      state: unknown;
      changed_at: Temporal.Instant;
    };
    /** One evaluator on one file. What is written stays a row: the journal holds its hash. */
    call_evaluation: {
      id: Generated<string>;
      call: string;
      application: string;
      juror: string;
      status: Exclude<EvaluationStatus, 'absent'>;
      /** The number of the snapshot that was evaluated. */
      snapshot: number;
      marks: unknown;
      /** An EvaluationState, as the journal gives it. */
      state: unknown;
      changed_at: Temporal.Instant;
    };
  }
}
