import type { AgeGroup, DayPart } from '../free-place.ts';

interface FreePlaceTable {
  id: string;
  registration: string;
  place: number;
  /** Where the place was said to be when it was published: the middle of its commune where nothing nearer is known. */
  lat: number;
  lon: number;
  day: Temporal.PlainDate;
  part: DayPart;
  ages: AgeGroup[];
  count: number;
  urgent: boolean;
  note: string;
  published_at: Temporal.Instant;
  closed_at: Temporal.Instant | null;
}

declare module '#platform/server/database/database.ts' {
  interface Tables {
    free_place: FreePlaceTable;
  }
}
