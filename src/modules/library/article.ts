import type { PriorityNumber } from '#modules/priorities/index.ts';

/** What parents look for, in the order of the page. Slugs are part of the addresses of `/s-informer`. */
export const themes = [
  'suivi',
  'nourrir',
  'sommeil-et-pleurs',
  'grandir',
  'environnement',
  'moral',
  'second-parent',
  'situations',
  'droits',
  'accueil-et-travail',
  'eveil',
  'qui-fait-quoi',
] as const;

export type Theme = (typeof themes)[number];

/** Moments of the thousand days. Months are counted from the birth, half-open; pregnancy is negative. */
export const stages = [
  { slug: 'projet', from: -15, to: -9 },
  { slug: 'grossesse', from: -9, to: 0 },
  { slug: 'premieres-semaines', from: 0, to: 3 },
  { slug: 'premiers-mois', from: 3, to: 12 },
  { slug: 'un-a-trois-ans', from: 12, to: 48 },
] as const;

export type Stage = (typeof stages)[number]['slug'];

/** Whom an article is for, besides everyone. */
export const audiences = [
  'everyone',
  'second_parent',
  'single_parent',
  'teenage_parent',
  'parent_with_disability',
  'child_with_disability',
  'premature',
  'multiples',
  'adoption',
  'bereaved',
  'violence',
  'precarity',
] as const;

export type Audience = (typeof audiences)[number];

/** Where a fact comes from. A source has a day: that of its publication, that of our check, or both. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly url?: string | undefined;
  /** As the source gives it: `2021`, `2021-04` or `2021-04-02`. */
  readonly published?: string | undefined;
  /** Day on which our text was compared with it, `YYYY-MM-DD`. */
  readonly checkedOn?: string | undefined;
}

/** An article as it is written, its sources found. */
export interface Article {
  readonly slug: string;
  readonly title: string;
  /** One sentence, for a list. */
  readonly summary: string;
  /** Months from the birth, half-open: `[-9, 0)` is the pregnancy. */
  readonly from: number;
  readonly to: number;
  readonly themes: readonly Theme[];
  readonly priorities: readonly PriorityNumber[];
  readonly audiences: readonly Audience[];
  /** Two to four lines to keep if one reads nothing else. */
  readonly essentials: readonly string[];
  /** The same in easy French (FALC): one short sentence each. */
  readonly easy: readonly string[];
  /** Words that people type and that the text does not use. Never shown. */
  readonly keywords: readonly string[];
  /** Markdown. */
  readonly body: string;
  readonly related: readonly string[];
  readonly sources: readonly Source[];
  readonly reviewedBy?: string | undefined;
  readonly reviewedOn?: string | undefined;
}

/** Whether an article concerns a moment: their intervals meet. */
export const isOfStage = (article: Pick<Article, 'from' | 'to'>, slug: Stage): boolean => {
  const stage = stages.find((candidate) => candidate.slug === slug);
  return stage !== undefined && article.from < stage.to && stage.from < article.to;
};

/** Words of a text in Markdown, as a reader counts them. */
export const countWords = (markdown: string): number =>
  plainText(markdown)
    .split(/[\s\u00a0\u202f]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Minutes to read, at 160 words a minute: slower than the usual 200, for one who is tired or reads in a second language. */
export const readingMinutes = (article: Pick<Article, 'body'>): number =>
  Math.max(1, Math.round(countWords(article.body) / 160));

/** A text in Markdown without its signs: for search, for speech. */
export const plainText = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^#+\s+/gm, '')
    .replace(/^[-*]\s+/gm, '')
    .replace(/[*_`]/g, '')
    .replace(/\n{2,}/g, '\n')
    .trim();

/**
 * The oldest day on which one of its sources was checked, and whether each of them was. What was not checked is shown
 * « à confirmer avec votre professionnel ».
 */
export const checkOf = (article: Pick<Article, 'sources'>): { oldest: string | undefined; complete: boolean } => {
  const days = article.sources.flatMap(({ checkedOn }) => checkedOn ?? []).sort();
  return { oldest: days[0], complete: days.length === article.sources.length };
};
