import type { Generated } from 'kysely';
import type { ApplicationKind, ApplicationStatus } from '../application/application.ts';
import type { ApplicationPart } from '../application/content.ts';
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
      /** For a proposal: the line of its part that it would say otherwise, and what that line said then. */
      field: string | null;
      instead: string | null;
      text: string;
      author: string;
      author_name: string;
      written_at: Temporal.Instant;
      settled_at: Temporal.Instant | null;
      adopted: boolean | null;
      /** Its words were put in the call. */
      applied: boolean | null;
    };
    call_application: {
      id: Generated<string>;
      call: string;
      /** In its call, from 1, in the order in which they were started. */
      number: number;
      kind: ApplicationKind;
      status: ApplicationStatus;
      /** What lists search by: of the draft, then of the last snapshot. Empty while nobody wrote it. */
      siren: string;
      holder: string;
      title: string;
      asked_cents: number;
      total_cents: number;
      axes: readonly number[];
      territories: readonly string[];
      /** Legal form of the holder, and the folded words of all that, as the last snapshot says them: empty before. */
      legal_form: Generated<string>;
      words: Generated<string>;
      started_by: string;
      started_at: Temporal.Instant;
      /** Of the first deposit. */
      deposited_at: Temporal.Instant | null;
      changed_at: Temporal.Instant;
      /** An ApplicationState, as the journal gives it. */
      state: unknown;
    };
    /** A part of a draft as it stands; `version` grows by one each time it is written. */
    call_application_part: {
      application: string;
      part: ApplicationPart;
      version: number;
      content: unknown;
      written_by: string;
      written_at: Temporal.Instant;
    };
    /** The holder’s side: who deposits, who writes, who reads. By mailbox, as invited. */
    call_application_member: {
      id: Generated<string>;
      application: string;
      email: string;
      role: 'signatory' | 'writer' | 'reader';
      invited_by: string;
      invited_at: Temporal.Instant;
    };
    /** What was deposited, never changed (I-8). */
    call_snapshot: {
      id: string;
      application: string;
      /** From 1: the first deposit. */
      number: number;
      /** An ApplicationContent, and the attachments by name and hash. */
      content: unknown;
      sha256: string;
      made_by: string;
      made_at: Temporal.Instant;
    };
  }
}
