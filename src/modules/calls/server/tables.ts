import type { Generated } from 'kysely';
import type { CallStatus } from '../call.ts';
import type { CallKindCode } from '../call-kind.ts';
import type { DeclarationStatus } from '../declaration.ts';

declare module '#platform/server/database/database.ts' {
  interface Tables {
    /** What was published of each frame: a file that changed afterwards is refused. */
    call_frame: { edition: string; version: number; sha256: string; recorded_at: Generated<Temporal.Instant> };
    /** A director or a referent: emptied of them when they leave. */
    call_contact: { id: Generated<string>; name: string; job: string; email: string; phone: string };
    /** A motive or the text of an amendment. */
    call_text: { id: Generated<string>; text: string; written_by: string; written_at: Temporal.Instant };
    call_declaration: {
      /** `2021/ars/53` */
      id: string;
      edition: string;
      agency: string;
      region: string;
      status: DeclarationStatus;
      /** A DeclarationState, as the journal gives it. */
      state: unknown;
      changed_at: Temporal.Instant;
    };
    call: {
      id: Generated<string>;
      slug: string;
      kind: CallKindCode;
      edition: string;
      territory: string;
      agencies: readonly string[];
      status: CallStatus;
      opens_at: Temporal.Instant | null;
      closes_at: Temporal.Instant | null;
      published_at: Temporal.Instant | null;
      changed_at: Temporal.Instant;
      /** A CallState, as the journal gives it. */
      state: unknown;
    };
    /** The words of a part of a call, never changed: written again, they are another row. */
    call_words: {
      id: Generated<string>;
      call: string;
      section: string;
      content: unknown;
      sha256: string;
      written_by: string;
      written_at: Temporal.Instant;
    };
    call_partner: {
      id: Generated<string>;
      call: string;
      organisation: string;
      kind: string;
      email: string;
      tasks: readonly string[];
      invited_by: string;
      invited_at: Temporal.Instant;
    };
    call_remark: {
      id: Generated<string>;
      call: string;
      section: string;
      /** For a proposal: which line of the specification it would replace. */
      field: string | null;
      text: string;
      author: string;
      author_name: string;
      written_at: Temporal.Instant;
      settled_at: Temporal.Instant | null;
      adopted: boolean | null;
    };
  }
}
