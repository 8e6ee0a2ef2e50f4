import { fold } from '#platform/text.ts';
import { type ComparedPlace, compare, type PreparedPlace, prepare } from './duplicates.ts';

/** Two places that may be one. */
export interface ProbablePair<P> {
  readonly a: P;
  readonly b: P;
  /** 1 to 100: how sure. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Side of a cell in degrees: more than 150 m each way everywhere in France, so that who is that near is next door. */
const CELL = 0.0025;

/** A telephone or a street shared by more than this is a switchboard or a shopping street: it tells of no pair. */
const MOST_ALIKE = 200;

/**
 * The pairs of one commune that may be one place, each once. Only those that something brings near are compared: an
 * identifier, a telephone, a name, an address, or a few steps. A city takes half a second: pairs come as they are found, in
 * many small steps of which most find none, so that others can be answered in between.
 */
export function* probablePairs<P extends ComparedPlace>(places: readonly P[]): Generator<readonly ProbablePair<P>[]> {
  const prepared: PreparedPlace[] = [];
  const blocks = new Map<string, number[]>();
  const cells = new Map<string, number[]>();
  for (const [rank, place] of places.entries()) {
    prepared.push(prepare(place));
    for (const key of sharedBy(place)) put(blocks, key, rank);
    const { lat, lon } = place;
    if (lat !== null && lon !== null) put(cells, `${Math.floor(lat / CELL)} ${Math.floor(lon / CELL)}`, rank);
    if (rank % 50 === 49) yield [];
  }
  const met = new Set<number>();
  let pairs: ProbablePair<P>[] = [];
  const meet = (first: number, second: number): void => {
    const [low, high] = first < second ? [first, second] : [second, first];
    const key = low * places.length + high;
    if (low === high || met.has(key)) return;
    met.add(key);
    const [a, b] = [prepared[low], prepared[high]];
    if (!a || !b) return;
    const { score, reasons } = compare(a, b);
    const [one, other] = [places[low], places[high]];
    if (reasons.length > 0 && one && other) pairs.push({ a: one, b: other, score, reasons });
  };
  const found = (): readonly ProbablePair<P>[] => {
    const some = pairs;
    pairs = [];
    return some;
  };
  for (const block of blocks.values()) {
    if (block.length > MOST_ALIKE) continue;
    for (const [at, first] of block.entries()) {
      for (const second of block.slice(at + 1)) meet(first, second);
      if (at < block.length - 1) yield found();
    }
  }
  for (const [cell, here] of cells) {
    const [row = 0, column = 0] = cell.split(' ').map(Number);
    // Half of the neighbours: the others meet us from their side.
    for (const [down, right] of [
      [0, 0],
      [0, 1],
      [1, -1],
      [1, 0],
      [1, 1],
    ] as const) {
      const there = cells.get(`${row + down} ${column + right}`) ?? [];
      for (const first of here) for (const second of there) meet(first, second);
      if (there.length > 0) yield found();
    }
  }
}

/** What a place may share with another: its name, its address, a number. */
const sharedBy = ({ name, line, postcode, phone, siret, finess }: ComparedPlace): string[] =>
  [
    ['name', fold(name)],
    ['line', line && `${postcode ?? ''} ${fold(line)}`],
    ['phone', phone],
    ['siret', siret],
    ['finess', finess],
  ].flatMap(([what, key]) => (key ? [`${what} ${key}`] : []));

const put = (ranks: Map<string, number[]>, key: string, rank: number): void => {
  const known = ranks.get(key);
  if (known) known.push(rank);
  else ranks.set(key, [rank]);
};
