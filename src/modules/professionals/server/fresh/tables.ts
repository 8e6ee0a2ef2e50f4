import type { Generated } from 'kysely';
import type { CampaignStatus } from '../../fresh/campaign.ts';
import type { Rhythm } from '../../fresh/rhythm.ts';

export interface FreshTables {
  /** What is asked about: a registration with all that it tells, or a place or a service that a source told. */
  listing_freshness: {
    id: Generated<string>;
    entity: 'registration' | 'place' | 'service';
    registration: string | null;
    entity_id: number | null;
    rhythm: Rhythm;
    confirmed_on: Temporal.PlainDate | null;
    due_on: Temporal.PlainDate;
    asked_on: Temporal.PlainDate | null;
    /** Messages since somebody confirmed. */
    asks: Generated<number>;
  };
  /** One message to one address, about one or several listings. */
  freshness_ask: {
    id: Generated<string>;
    /** Of the word in its link. */
    token_hash: string;
    /** Who receives it; nobody for the published address of an imported place. */
    account: string | null;
    address_hash: string;
    campaign: string | null;
    asked_at: Temporal.Instant;
    expires_at: Temporal.Instant;
  };
  /** One listing in one message, and what was answered: once. */
  freshness_question: {
    ask: string;
    listing: string;
    answer: 'exact' | 'changed' | null;
    answered_at: Temporal.Instant | null;
  };
  freshness_campaign: {
    id: Generated<string>;
    /** `departement:35` */
    scope: string;
    kind: string | null;
    priority: number | null;
    /** Origin of the links of its messages. */
    site: string;
    status: CampaignStatus;
    started_by: string;
    started_at: Temporal.Instant;
    ended_at: Temporal.Instant | null;
  };
  /** A listing of a campaign: waiting, then asked, or left out for a reason. */
  freshness_target: {
    campaign: string;
    listing: string;
    ask: string | null;
    left_out: 'nobody' | 'refused' | 'silent' | 'recent' | null;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends FreshTables {}
}
