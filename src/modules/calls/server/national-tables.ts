declare module '#platform/server/database/database.ts' {
  interface Tables {
    /** Until when somebody of the ministry says that they read what came about an edition. */
    call_national_reading: { account: string; edition: string; read_until: Temporal.Instant };
  }
}
