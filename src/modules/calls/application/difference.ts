import type { ReadableLine, ReadablePart } from './readable.ts';

/** A run of words: as before, taken away, or added. */
export interface WordRun {
  readonly change: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** What became of one field. A field that was added has no `before`, one that went has no `after`. */
export interface FieldChange {
  readonly key: string;
  readonly label: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly words: readonly WordRun[];
}

/** What changed in one part. */
export interface PartDifference {
  readonly part: ReadablePart['part'];
  readonly title: string;
  readonly changes: readonly FieldChange[];
}

/** What changed between two deposits, part by part and field by field; only the parts where something did. */
export const differenceOf = (
  before: readonly ReadablePart[],
  after: readonly ReadablePart[],
): readonly PartDifference[] =>
  after.flatMap(({ part, title, lines }) => {
    const old = before.find((one) => one.part === part)?.lines ?? [];
    const changes = changesOf(old, lines);
    return changes.length > 0 ? [{ part, title, changes }] : [];
  });

const changesOf = (before: readonly ReadableLine[], after: readonly ReadableLine[]): readonly FieldChange[] => {
  const old = new Map(before.map((line) => [line.key, line]));
  const kept = new Set(after.map(({ key }) => key));
  return [
    ...after.flatMap((line) => {
      const was = old.get(line.key);
      if (was?.text === line.text) return [];
      return [change(line, was?.text, line.text)];
    }),
    ...before.filter(({ key }) => !kept.has(key)).map((line) => change(line, line.text, undefined)),
  ];
};

const change = ({ key, label }: ReadableLine, before: string | undefined, after: string | undefined): FieldChange => ({
  key,
  label,
  before,
  after,
  words: wordRuns(before ?? '', after ?? ''),
});

/** Above it, the words are not compared one by one: the whole text was written again, and comparing would take seconds. */
const MOST_CELLS = 4_000_000;

/**
 * What changed between two texts, word by word: the longest sequence of words that both have stays. Put together, what is
 * not `added` gives the first text back, and what is not `removed` the second.
 */
export const wordRuns = (before: string, after: string): readonly WordRun[] => {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const [oldMiddle, nowMiddle] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  return joined([
    ...old.slice(0, start).map((text) => ({ change: 'same' as const, text })),
    ...(oldMiddle.length * nowMiddle.length > MOST_CELLS
      ? [
          ...oldMiddle.map((text) => ({ change: 'removed' as const, text })),
          ...nowMiddle.map((text) => ({ change: 'added' as const, text })),
        ]
      : compared(oldMiddle, nowMiddle)),
    ...old.slice(old.length - end).map((text) => ({ change: 'same' as const, text })),
  ]);
};

/** Words, each with the spaces that follow it: nothing is lost. */
const wordsOf = (text: string): readonly string[] => text.match(/\S+\s*|\s+/g) ?? [];

const compared = (old: readonly string[], now: readonly string[]): WordRun[] => {
  const width = now.length + 1;
  // At (i, j): how many words the rest of both texts have in common, from word i of one and word j of the other.
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        old[i] === now[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const runs: WordRun[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [was, is] = [old[i], now[j]];
    if (was !== undefined && was === is) {
      runs.push({ change: 'same', text: was });
      i += 1;
      j += 1;
    } else if (
      was !== undefined &&
      (is === undefined || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      runs.push({ change: 'removed', text: was });
      i += 1;
    } else if (is !== undefined) {
      runs.push({ change: 'added', text: is });
      j += 1;
    }
  }
  return runs;
};

/** Words of one kind in a row make one run. */
const joined = (runs: readonly WordRun[]): readonly WordRun[] => {
  const made: { change: WordRun['change']; text: string }[] = [];
  for (const { change: kind, text } of runs) {
    const last = made.at(-1);
    if (last?.change === kind) last.text += text;
    else made.push({ change: kind, text });
  }
  return made;
};
