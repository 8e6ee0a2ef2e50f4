import type { Generated } from 'kysely';
import type { AgreementStatus } from '../../after/agreement.ts';
import type { AppealKind, AppealStatus } from '../../after/appeal.ts';
import type { ShowcaseStatus } from '../../after/showcase.ts';
import '../tables.ts';

declare module '#platform/server/database/database.ts' {
  interface Tables {
    call_agreement: {
      application: string;
      call: string;
      status: AgreementStatus;
      /** Of the terms in force; what the job of reports looks for. */
      ends_on: Temporal.PlainDate | null;
      changed_at: Temporal.Instant;
      /** An AgreementState, as the journal gives it. */
      state: unknown;
    };
    /** The words of an agreement, never changed: written again, they are another row. */
    call_agreement_terms: {
      id: Generated<string>;
      application: string;
      /** A TermsContent. */
      content: unknown;
      sha256: string;
      written_by: string;
      written_at: Temporal.Instant;
    };
    /** Who signs for a party of these terms: by mailbox. */
    call_agreement_party: { id: string; terms: string; email: string };
    /** What was written of a report, one row each time; the journal names the one that was signed. */
    call_report: {
      id: Generated<string>;
      application: string;
      report: string;
      /** From 1, each time that it is written. */
      number: number;
      /** A ReportContent. */
      content: unknown;
      sha256: string;
      written_by: string;
      written_at: Temporal.Instant;
    };
    call_appeal: {
      id: string;
      application: string;
      kind: AppealKind;
      status: AppealStatus;
      changed_at: Temporal.Instant;
      /** An AppealState, as the journal gives it. */
      state: unknown;
    };
    /** The technical support of a project, when it was decided. */
    call_support: {
      application: string;
      changed_at: Temporal.Instant;
      /** A SupportState, as the journal gives it. */
      state: unknown;
    };
    /** A message to the ministry with the laureates, as it was when it was noted as sent. */
    call_ministry_sending: {
      id: Generated<string>;
      call: string;
      sent_on: Temporal.PlainDate;
      text: string;
      written_by: string;
      written_at: Temporal.Instant;
    };
    call_showcase: {
      application: string;
      call: string;
      status: ShowcaseStatus;
      slug: string | null;
      changed_at: Temporal.Instant;
      /** A ShowcaseState, as the journal gives it. */
      state: unknown;
    };
    call_showcase_text: {
      id: Generated<string>;
      application: string;
      /** A ShowcaseText. */
      content: unknown;
      sha256: string;
      written_by: string;
      written_at: Temporal.Instant;
    };
    /** Applications that are one project, whatever the call; `initiative`: its page in the library. */
    call_project: { id: Generated<string>; initiative: string | null };
    call_project_application: {
      application: string;
      project: string;
      linked_by: string;
      linked_at: Temporal.Instant;
    };
    /** The initiative that a draft was started from. */
    call_application_source: { application: string; initiative: string; title: string; holder: string };
  }
}
