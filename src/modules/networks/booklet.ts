import type { LocalEntry } from '#modules/directory/server/index.ts';

/** An entry with the number by which the index by need finds it. */
export interface NumberedEntry {
  readonly number: number;
  readonly entry: LocalEntry;
}

/** Some entries under a title. */
export interface Chapter {
  readonly title: string;
  readonly entries: readonly NumberedEntry[];
}

/** What has no commune to be told comes last. */
const NOWHERE = 'À domicile, à distance, ou adresse confidentielle';

/**
 * The entries of a booklet, numbered in the order in which they are printed: by commune, then by name, as the alphabet
 * goes in French. And the same under each of the ten priorities, in the same order. `priorities`: their titles.
 */
export const numbered = (
  entries: readonly LocalEntry[],
  priorities: readonly string[],
): { readonly byNeed: readonly Chapter[]; readonly byCommune: readonly Chapter[] } => {
  const { compare } = new Intl.Collator('fr', { numeric: true });
  const sorted = entries
    .toSorted(
      (a, b) =>
        Number(a.commune === null) - Number(b.commune === null) ||
        compare(a.commune ?? '', b.commune ?? '') ||
        compare(a.name, b.name) ||
        compare(a.page, b.page),
    )
    .map((entry, at) => ({ number: at + 1, entry }));
  const communes = Map.groupBy(sorted, ({ entry }) => entry.commune ?? NOWHERE);
  return {
    byNeed: priorities.map((title, at) => ({
      title: `${at + 1}. ${title}`,
      entries: sorted.filter(({ entry }) => entry.priorities.includes(at + 1)),
    })),
    byCommune: [...communes].map(([title, ofCommune]) => ({ title, entries: ofCommune })),
  };
};
