import type { Segment } from './segment.ts';

/**
 * Place of an answer in the order of answers: nearest first, then by id; what has no distance comes last. `far` is the
 * square of a chord (sphere.ts).
 */
export interface Position {
  readonly far: number;
  readonly id: number;
}

export interface Candidate extends Position {
  readonly segment: Segment;
  readonly row: number;
}

/** Keeps what comes first of what it is offered. */
export interface FirstOnes {
  /** What is farther is not worth offering. */
  farthest: number;
  offer(segment: Segment, row: number, id: number, far: number): void;
  /** In order. */
  list(): Candidate[];
}

/** Beyond this, everything is gathered and sorted once: for exports. */
const MOST_ON_A_PAGE = 500;

/** Keeps the first `count` after a position. */
export const firstOnes = (count: number, after: Position | undefined): FirstOnes =>
  count > MOST_ON_A_PAGE ? allSorted(count, after) : fewKept(count, after);

/** A heap: the last of those kept is on top, ready to give its place to what comes before it. */
const fewKept = (count: number, after: Position | undefined): FirstOnes => {
  const heap: Candidate[] = [];
  const sink = (from: number, candidate: Candidate): void => {
    let at = from;
    for (let below = 2 * at + 1; below < heap.length; below = 2 * at + 1) {
      const [left, right] = [heap[below], heap[below + 1]];
      const last = left && right && compare(left, right) < 0 ? right : left;
      if (!last || compare(last, candidate) < 0) break;
      heap[at] = last;
      at = last === left ? below : below + 1;
    }
    heap[at] = candidate;
  };
  const page: FirstOnes = {
    farthest: Number.POSITIVE_INFINITY,
    offer: (segment, row, id, far) => {
      const candidate = { far, id, segment, row };
      if (after && compare(candidate, after) <= 0) return;
      if (heap.length === count) {
        if (heap[0] && compare(candidate, heap[0]) > 0) return;
        sink(0, candidate);
      } else {
        heap.push(candidate);
        // Put in order once it is full: until then, all that comes is kept.
        if (heap.length < count) return;
        for (let at = count >> 1; at >= 0; at -= 1) sink(at, heap[at] ?? candidate);
      }
      page.farthest = heap[0]?.far ?? page.farthest;
    },
    list: () => heap.sort(compare),
  };
  return page;
};

/** The order of answers. */
const compare = (a: Position, b: Position): number => a.far - b.far || a.id - b.id;

const allSorted = (count: number, after: Position | undefined): FirstOnes => {
  const kept: Candidate[] = [];
  return {
    farthest: Number.POSITIVE_INFINITY,
    offer: (segment, row, id, far) => {
      const candidate = { far, id, segment, row };
      if (!after || compare(candidate, after) > 0) kept.push(candidate);
    },
    list: () => kept.sort(compare).slice(0, count),
  };
};
