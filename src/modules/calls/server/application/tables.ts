declare module '#platform/server/database/database.ts' {
  interface Tables {
    /** Who has a part of an application open: told again every few seconds, forgotten after a minute. */
    call_application_presence: { application: string; part: string; account: string; seen_at: Temporal.Instant };
  }
}

export {};
