/** Under this many people, a number is not published: `small`, « moins de 5 ». */
const SMALL = 5;

/**
 * A number as it is published. `small`: from 1 to 4. `masked`: 5 or more, left out because a small one could be found by
 * subtraction. Nobody at all is not a secret: 0 is shown.
 */
export type Shown = number | 'small' | 'masked';

/**
 * A table of numbers of people as it may be published: with the totals of its rows (last column) and of its columns (last
 * row), small numbers hidden, and with them as few others as it takes for none to be deduced from what is shown. Nothing
 * when even hiding all would not do.
 */
export const publishableTable = (counts: readonly (readonly number[])[]): Shown[][] | undefined => {
  const width = counts[0]?.length ?? 0;
  const shown = published([
    ...counts.flatMap((row, i) => [
      ...row.map((value, j) => ({ from: `row ${i}`, to: `column ${j}`, value, price: 1 })),
      { from: 'source', to: `row ${i}`, value: sum(row), price: TOTAL },
    ]),
    ...Array.from({ length: width }, (_, j) => ({
      ...{ from: `column ${j}`, to: 'sink', price: TOTAL },
      value: sum(counts.map((row) => row[j] ?? 0)),
    })),
    { from: 'sink', to: 'source', value: sum(counts.map(sum)), price: TOTAL },
  ]);
  return (
    shown && Array.from({ length: counts.length + 1 }, (_, i) => shown.slice(i * (width + 1), (i + 1) * (width + 1)))
  );
};

/** The same for the parts of a total that is published already. */
export const publishableParts = (counts: readonly number[]): Shown[] | undefined =>
  published([
    ...counts.map((value) => ({ from: 'total', to: 'parts', value, price: 1 })),
    { from: 'parts', to: 'total', value: sum(counts), price: Number.POSITIVE_INFINITY },
  ])?.slice(0, -1);

/** « moins de 5 », « non montré », « 1 250 » */
export const shownWords = (shown: Shown): string =>
  shown === 'small' ? `moins de ${SMALL}` : shown === 'masked' ? 'non montré' : shown.toLocaleString('fr-FR');

/** What hiding a total costs, where hiding another number costs 1. */
const TOTAL = 3;

/**
 * One number, as a pipe of a network where what flows in flows out: from the source to each row (its total), from a row to
 * a column, from a column to the sink (its total), and back from the sink to the source (the total of all). The tables
 * that have the numbers shown are exactly the flows of this network. `price`: of hiding it; infinite, it stays.
 */
interface Pipe {
  readonly from: string;
  readonly to: string;
  readonly value: number;
  readonly price: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const isSmall = ({ value }: Pipe): boolean => value > 0 && value < SMALL;

/**
 * A flow differs from another by rounds of the network: a hidden number may be another one if, and only if, a round of
 * hidden pipes that have room goes through its own. So each hidden number that has none is given the cheapest one.
 */
const published = (pipes: readonly Pipe[]): Shown[] | undefined => {
  const hidden = new Set(pipes.filter(isSmall));
  for (const pipe of hidden) {
    const rounds = [false, true].flatMap((back) =>
      hasRoom(pipe, back) ? (cheapestRound(pipes, hidden, pipe, back) ?? []) : [],
    );
    const best = rounds.reduce<Round | undefined>(
      (one, other) => (one && one.price <= other.price ? one : other),
      undefined,
    );
    if (!best || best.price === Number.POSITIVE_INFINITY) return undefined;
    for (const other of best.pipes) hidden.add(other);
  }
  return pipes.map((pipe) => (hidden.has(pipe) ? (isSmall(pipe) ? 'small' : 'masked') : pipe.value));
};

/** Whether a hidden number could be one more (one less: `back`) for somebody who knows what its mark means. */
const hasRoom = ({ value }: Pipe, back: boolean): boolean =>
  value > 0 && (back ? value !== 1 && value !== SMALL : value !== SMALL - 1);

interface Round {
  readonly price: number;
  readonly pipes: readonly Pipe[];
}

/** The cheapest way round the network that raises (`back`: lowers) one pipe by one. Bellman and Ford. */
const cheapestRound = (
  pipes: readonly Pipe[],
  hidden: ReadonlySet<Pipe>,
  through: Pipe,
  back: boolean,
): Round | undefined => {
  const [start, end] = back ? [through.from, through.to] : [through.to, through.from];
  const ways = pipes
    .filter((pipe) => pipe !== through)
    .flatMap((pipe) => {
      // Among equals, the smaller number is the smaller loss.
      const price = hidden.has(pipe) ? 0 : pipe.price + pipe.value * 1e-9;
      return [false, true].flatMap((against) =>
        hasRoom(pipe, against)
          ? [{ pipe, price, from: against ? pipe.to : pipe.from, to: against ? pipe.from : pipe.to }]
          : [],
      );
    });
  const known = new Map<string, Round>([[start, { price: 0, pipes: [] }]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { pipe, price, from, to } of ways) {
      const here = known.get(from);
      if (!here || here.price + price >= (known.get(to)?.price ?? Number.POSITIVE_INFINITY)) continue;
      known.set(to, { price: here.price + price, pipes: [...here.pipes, pipe] });
      changed = true;
    }
  }
  return known.get(end);
};
