import { readFileSync } from 'node:fs';

/** One claim measured. */
export interface Measure {
  readonly name: string;
  /** What the numbers are, and how they were taken. */
  readonly method: string;
  readonly rows: readonly { readonly label: string; readonly value: string; readonly aim?: string }[];
}

/** Value below which the given share of the samples lies, samples in any order. */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** Times each call of `work`, in milliseconds, after a warm-up. */
export const timeEach = (
  work: (round: number) => unknown,
  rounds: number,
  warmUp = Math.ceil(rounds / 10),
): number[] => {
  for (let round = 0; round < warmUp; round += 1) work(round);
  return Array.from({ length: rounds }, (_, round) => {
    const before = performance.now();
    work(round);
    return performance.now() - before;
  });
};

/** A number as French people write it, with its unit. */
export const shown = (value: number, unit: string): string =>
  `${value.toLocaleString('fr-FR', { maximumSignificantDigits: 3 })} ${unit}`;

/** Milliseconds, as microseconds when they are few. */
export const micro = (ms: number): string => (ms < 1 ? shown(ms * 1000, 'µs') : shown(ms, 'ms'));

/** Seconds of processor that a process used so far, all threads together. Linux counts them in hundredths. */
export const processorOf = (pid: number | undefined): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
