import type { ColumnType, Generated } from 'kysely';
import type { Scope } from '#platform/permissions.ts';
import type { AttestationStatus } from '../attestation.ts';
import type { CaseKind, CaseStatus } from '../case.ts';
import type { Draft } from '../draft.ts';

/** JSON is written as text. */
type Json<T> = ColumnType<T, string, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;
type Day = ColumnType<Temporal.PlainDate | null, string | null, string | null>;

/** `waiting`: sent, not visible yet. `published`: parents see it. `refused`, `closed`: they do not any more. */
export type RegistrationStatus = 'draft' | 'waiting' | 'published' | 'refused' | 'closed';

interface Located {
  /** Of the first place; all three follow from it, so that a queue is found by its territory. */
  insee: string | null;
  epci: string | null;
  departement: string | null;
  region: string | null;
}

export interface ProfessionalsTables {
  /** One registration, which is also the identity’s organisation of the same id: its members are memberships. */
  registration: Located & {
    id: Generated<string>;
    /** Who began it. */
    account: string;
    status: Generated<RegistrationStatus>;
    draft: Json<Draft>;
    /** The version that parents see. */
    published: JsonOrNull<Draft>;
    /** Counts the changes of the draft: two who write the same step at once do not overwrite each other. */
    revision: Generated<number>;
    created_at: Temporal.Instant;
    changed_at: Temporal.Instant;
    sent_at: Temporal.Instant | null;
  };
  attestation: {
    id: Generated<string>;
    registration: string;
    /** In the address of its public page. */
    token: string;
    status: AttestationStatus;
    until: Day;
    given_on: Day;
    reason: string | null;
  };
  moderation_case: Located & {
    id: Generated<string>;
    kind: CaseKind;
    status: CaseStatus;
    registration: string | null;
    entity: 'place' | 'service' | 'organisation' | 'professional' | null;
    entity_id: number | null;
    /** For a correction: the fields wanted. For two that may be one: the other, and how to part them again. */
    proposed: Json<Readonly<Record<string, unknown>>>;
    /** What the fields were when it was proposed. */
    before: Json<Readonly<Record<string, unknown>>>;
    /** What the author says of it. */
    words: string | null;
    author: string | null;
    created_at: Temporal.Instant;
    decided_at: Temporal.Instant | null;
    decided_by: string | null;
    reason: string | null;
  };
  /** Why something was decided: the journal only holds its id, and it can be emptied. */
  moderation_reason: { id: Generated<string>; text: string; created_at: Temporal.Instant };
  /** Whether a territory reads registrations before or after they appear. */
  moderation_policy: {
    territory: string;
    review: 'before' | 'after';
    set_at: Temporal.Instant;
    set_by: string | null;
    reason: Generated<string | null>;
  };
  /** Whose changes appear at once in a territory, even where it reads first. */
  trusted_editor: {
    account: string;
    territory: Generated<Scope>;
    since: Temporal.Instant;
    by: string | null;
    reason: Generated<string | null>;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends ProfessionalsTables {}
}
