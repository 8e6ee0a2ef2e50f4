/** One point of an agenda: a file, and the members of the jury who leave the room for it. */
export interface AgendaPoint {
  readonly id: string;
  readonly out: ReadonlySet<string>;
}

/** Kinds of absence that are ordered exactly; with more of them, step by step. */
const EXACT = 7;

/**
 * The order of a session that makes people leave and come back the least, everybody in the room before and after. Points
 * that send the same people out stay together, in the order given. Exact up to seven different absences, else what a
 * greedy path improved by moving and turning parts gives: never more movements than the order given.
 */
export const agendaOrder = (points: readonly AgendaPoint[]): readonly string[] => {
  const groups = [...Map.groupBy(points, ({ out }) => [...out].sort().join(' ')).values()];
  const absences = groups.map(([first]) => first?.out ?? new Set<string>());
  const cost = (order: readonly number[]): number => movements(order.map((at) => absences[at] ?? new Set()));
  const good = improved(greedy(absences), cost);
  const best = absences.length <= EXACT ? exact(good, cost) : good;
  const given = movements(points.map(({ out }) => out));
  if (cost(best) >= given) return points.map(({ id }) => id);
  return best.flatMap((at) => (groups[at] ?? []).map(({ id }) => id));
};

/** How many times somebody goes through the door: exits and returns, from a full room to a full room. */
export const movements = (outs: readonly ReadonlySet<string>[]): number => {
  let count = 0;
  let before: ReadonlySet<string> = new Set();
  for (const out of [...outs, new Set<string>()]) {
    count += before.symmetricDifference(out).size;
    before = out;
  }
  return count;
};

/** Every order that may still be better than `start`: a beginning costs no more than what it begins (it is a distance). */
const exact = (start: readonly number[], cost: (order: readonly number[]) => number): readonly number[] => {
  let best = start;
  let least = cost(start);
  const walk = (taken: readonly number[], left: readonly number[]): void => {
    const now = cost(taken);
    if (now >= least) return;
    if (left.length === 0) {
      best = taken;
      least = now;
    }
    for (const next of left)
      walk(
        [...taken, next],
        left.filter((one) => one !== next),
      );
  };
  walk([], start);
  return best;
};

const greedy = (absences: readonly ReadonlySet<string>[]): number[] => {
  const left = new Set(absences.keys());
  const order: number[] = [];
  let here: ReadonlySet<string> = new Set();
  while (left.size > 0) {
    let nearest: number | undefined;
    for (const at of left) {
      const distance = (one: number): number => here.symmetricDifference(absences[one] ?? new Set()).size;
      if (nearest === undefined || distance(at) < distance(nearest)) nearest = at;
    }
    if (nearest === undefined) break;
    left.delete(nearest);
    order.push(nearest);
    here = absences[nearest] ?? new Set();
  }
  return order;
};

/** Turns a part around, or moves one point, as long as it helps. */
const improved = (start: readonly number[], cost: (order: readonly number[]) => number): readonly number[] => {
  let best = start;
  let least = cost(start);
  for (let again = true; again; ) {
    again = false;
    for (let from = 0; from < best.length; from += 1) {
      for (let to = from + 1; to < best.length; to += 1) {
        for (const tried of [turned(best, from, to), moved(best, from, to), moved(best, to, from)]) {
          const price = cost(tried);
          if (price >= least) continue;
          best = tried;
          least = price;
          again = true;
        }
      }
    }
  }
  return best;
};

const turned = (order: readonly number[], from: number, to: number): number[] => [
  ...order.slice(0, from),
  ...order.slice(from, to + 1).toReversed(),
  ...order.slice(to + 1),
];
const moved = (order: readonly number[], from: number, to: number): number[] => {
  const [one] = order.slice(from, from + 1);
  const rest = order.toSpliced(from, 1);
  return one === undefined ? rest : rest.toSpliced(to, 0, one);
};
