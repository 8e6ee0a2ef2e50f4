declare module '#platform/server/database/database.ts' {
  interface Tables {
    /** What an instructor asks to be completed, and why. The journal holds its id and its day. */
    call_completion: {
      id: string;
      application: string;
      /** Names of parts, or `attachments`. */
      parts: readonly string[];
      reason: string;
      due: Temporal.Instant;
      asked_by: string;
      asked_at: Temporal.Instant;
      answered_at: Temporal.Instant | null;
      /** Asked no more, or asked otherwise by another row. */
      cancelled_at: Temporal.Instant | null;
    };
    /** The calls whose organisers received the list of deposits: once, whatever stops in between. */
    call_closing: { call: string; closes_at: Temporal.Instant; told_at: Temporal.Instant };
  }
}

export {};
