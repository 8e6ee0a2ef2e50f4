import type { Envelope } from '../envelope.ts';
import { type LineUse, pooledUse, usesOf } from './allocation.ts';
import type { Ranked } from './ranking.ts';

/** Where one line of money ends, as if it paid all that is asked, one rank after the other. A view: it decides nothing. */
export interface LineEnd extends Pick<LineUse, 'key' | 'funder' | 'line' | 'total'> {
  /** The last rank that is wholly within; nothing when the first one is not. */
  readonly through: number | undefined;
  /** What is left after it, in whole cents: never under zero. */
  readonly left: number;
  /** The rank that the line does not hold: how many files share it, and what they ask together. Nothing when all hold. */
  readonly cut: { readonly rank: number; readonly files: number; readonly asked: number } | undefined;
}

/** What a line of the ranking is to a line of money. `tied`: equal files, of which it holds some and not all. */
export type Within = 'in' | 'tied' | 'out';

/** A ranking with what is asked added up, rank after rank: equal files are added together, none goes before the other. */
export interface Cumulated {
  /** Whole cents asked down to each rank, it included. */
  readonly downTo: ReadonlyMap<number, number>;
  /** Line of money by line of money, then all of them together where there are several (`together`), for information. */
  readonly ends: readonly LineEnd[];
}

/** The key of all lines of money taken together: no envelope is named so. */
export const TOGETHER = 'together';

/**
 * Adds up what is asked by rank, and says where each envelope ends. What has no rank is in no sum; lines that the reader
 * may not see are not given, and are in none either (I-6, I-7). Lines of credit are never merged: each is counted
 * alone, and their sum is one more line that nothing is decided from.
 */
export const underEnvelopes = (
  lines: readonly Pick<Ranked<{ readonly asked_cents: number }>, 'asked_cents' | 'rank'>[],
  envelopes: readonly Envelope[],
): Cumulated => {
  const ranks = new Map<number, { readonly files: number; readonly asked: number }>();
  for (const { rank, asked_cents: asked } of lines) {
    if (rank === undefined) continue;
    const same = ranks.get(rank) ?? { files: 0, asked: 0 };
    ranks.set(rank, { files: same.files + 1, asked: same.asked + asked });
  }
  const sorted = [...ranks].sort(([a], [b]) => a - b);
  const downTo = new Map<number, number>();
  let sum = 0;
  for (const [rank, { asked }] of sorted) {
    sum += asked;
    downTo.set(rank, sum);
  }
  const uses = usesOf(envelopes, {});
  const all = { key: TOGETHER, funder: '', line: 'other', total: pooledUse(uses).total } as const;
  return {
    downTo,
    ends: [...uses, ...(uses.length > 1 ? [all] : [])].map(({ key, funder, line, total }) => {
      const over = sorted.findIndex(([rank]) => (downTo.get(rank) ?? 0) > total);
      const held = over < 0 ? sorted : sorted.slice(0, over);
      const through = held.at(-1)?.[0];
      const [rank, next] = sorted[held.length] ?? [];
      return {
        ...{ key, funder, line, total, through, left: total - (downTo.get(through ?? 0) ?? 0) },
        cut: rank === undefined || next === undefined ? undefined : { rank, ...next },
      };
    }),
  };
};

/** Whether a rank is within a line of money; nothing for what has no rank. */
export const withinEnd = ({ cut }: Pick<LineEnd, 'cut'>, rank: number | undefined): Within | undefined => {
  if (rank === undefined) return undefined;
  if (!cut || rank < cut.rank) return 'in';
  return rank === cut.rank && cut.files > 1 ? 'tied' : 'out';
};
