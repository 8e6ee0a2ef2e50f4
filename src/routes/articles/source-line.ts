import { fill, formatDay } from '#messages/format.ts';
import { articles as words } from '#messages/fr/articles.ts';
import type { Source } from '#modules/library/index.ts';

/** A source as a reader sees it: what it is, who says it, and its dates. */
export interface SourceLine {
  readonly title: string;
  readonly publisher: string;
  readonly url: string | undefined;
  /** « publié : 2021 · comparé le 21 novembre 2026 », or that it was not compared. */
  readonly dates: string;
}

export const sourceLine = (source: Source): SourceLine => ({
  ...{ title: source.title, publisher: source.publisher, url: source.url },
  dates: [
    ...(source.published ? [fill(words.sources.published, { date: dayOrYear(source.published) })] : []),
    source.checkedOn
      ? fill(words.sources.checked, { date: formatDay('fr', source.checkedOn) })
      : words.sources.unchecked,
  ].join(' · '),
});

const dayOrYear = (date: string): string => (date.length === 10 ? formatDay('fr', date) : (date.split('-')[0] ?? date));
