/** An evaluator, and how many files they hold already. */
export interface Evaluator {
  readonly juror: string;
  readonly load: number;
}

/**
 * Proposes to whom files are given, `each` evaluators a file: the least loaded first, never one who is recused from it, and
 * those already given count. The files that fewest may read are served first. Decides nothing: it is shown, then confirmed.
 */
export const shareOut = (
  files: readonly { readonly id: string; readonly given: readonly string[] }[],
  evaluators: readonly Evaluator[],
  mayRead: (juror: string, file: string) => boolean,
  each: number,
): readonly { readonly file: string; readonly jurors: readonly string[] }[] => {
  const load = new Map(evaluators.map(({ juror, load: held }) => [juror, held]));
  const able = (file: string, given: readonly string[]): string[] =>
    evaluators.flatMap(({ juror }) => (mayRead(juror, file) && !given.includes(juror) ? [juror] : []));
  const proposed = new Map<string, readonly string[]>();
  const hardest = [...files].sort((a, b) => able(a.id, a.given).length - able(b.id, b.given).length);
  for (const { id, given } of hardest) {
    const chosen = able(id, given)
      .sort((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0))
      .slice(0, Math.max(0, each - given.length));
    for (const juror of chosen) load.set(juror, (load.get(juror) ?? 0) + 1);
    proposed.set(id, chosen);
  }
  return files.map(({ id }) => ({ file: id, jurors: proposed.get(id) ?? [] }));
};
