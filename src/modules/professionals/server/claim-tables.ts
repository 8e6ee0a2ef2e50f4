import type { ClaimProof } from '../claim.ts';

export interface ClaimTables {
  /** What a claim adds to its case. */
  claim: {
    case_id: string;
    proof: ClaimProof;
    proved_at: Temporal.Instant | null;
    disputes: string | null;
    code_hash: string | null;
    code_sent_at: Temporal.Instant | null;
    code_expires_at: Temporal.Instant | null;
    tries: number;
  };
  /** Who keeps an imported listing: at most one registration, whose members correct it at once. */
  listing_owner: {
    entity: 'place' | 'service';
    entity_id: number;
    registration: string;
    case_id: string;
    since: Temporal.Instant;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends ClaimTables {}
}
