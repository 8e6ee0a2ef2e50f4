import type { Closure } from './model.ts';

/** How many weeks are compiled ahead: half a year. */
export const WEEKS_AHEAD = 27;

/**
 * What a timetable is compiled from. Offers that have the same recipe share one timetable.
 * `hours`: opening hours in OpenStreetMap's syntax. `dates`: the visits of a stop.
 */
export type Recipe =
  | {
      readonly kind: 'hours';
      readonly text: string;
      /** Which public holidays, see `holidayArea`. */
      readonly holidays: string;
      /** Region whose school holidays the text speaks of; absent when it does not. */
      readonly region?: string;
      readonly closures: readonly Closure[];
    }
  | {
      readonly kind: 'dates';
      readonly starts_at: string;
      readonly minutes: number;
      readonly rrule: string | null;
      readonly except: readonly string[];
      readonly besides: readonly string[];
    };

/** Weeks of bits, from `firstWeek` on. Bitmap 0 is the usual week, for what lies beyond the weeks compiled. */
export interface Timetable {
  /** Week number of the first week (see week.ts). */
  readonly firstWeek: number;
  /** Distinct weeks end to end, 63 words each. */
  readonly bitmaps: Uint32Array;
  /** For each week, which bitmap. */
  readonly weeks: readonly number[];
  /** Ranks of the weeks for which nothing sure is known: school holidays that are not yet published. */
  readonly unsure: readonly number[];
  /** Why the text cannot be read at all. */
  readonly trouble?: string;
}
