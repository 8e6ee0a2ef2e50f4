interface ProbableTables {
  /** Two pages that may be one place: `place_a` < `place_b`. Dismissed: a person said that they are two. */
  probable_duplicate: {
    place_a: number;
    place_b: number;
    score: number;
    reasons: string[];
    insee: string | null;
    epci: string | null;
    departement: string | null;
    region: string | null;
    seen_at: Temporal.Instant;
    dismissed_at: Temporal.Instant | null;
    dismissed_by: string | null;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends ProbableTables {}
}
