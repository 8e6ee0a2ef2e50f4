import { type EpdsItem, type EpdsPoints, epdsItems, epdsPoints } from './epds.ts';

/** One answer as published, with the points that belong to it wherever it stands. */
export interface WordedAnswer {
  readonly text: string;
  readonly points: EpdsPoints;
}

export interface WordedItem {
  readonly item: EpdsItem;
  readonly statement: string;
  /** In the published order, which does not always go from 0 to 3. */
  readonly answers: readonly WordedAnswer[];
}

/** A text of the scale. Its words are published ones, never written here, but for an `adapted` one that says so. */
export interface EpdsWording {
  readonly id: 'fr' | 'fr-accord' | 'en';
  /** Language of the text, which may not be the page's. */
  readonly lang: 'fr' | 'en';
  /** `validated`: as published after a validation study. `adapted`: grammatical agreement changed, not validated. */
  readonly status: 'validated' | 'adapted';
  /** Name shown where one chooses, in its own language. */
  readonly name: string;
  readonly title: string;
  /** As published, for the paper version too. */
  readonly instruction: string;
  readonly example: {
    readonly statement: string;
    readonly answers: readonly string[];
    readonly chosen: number;
    readonly meaning: string;
  };
  readonly period: string;
  readonly items: readonly WordedItem[];
  /** Authors, title and source, to be shown wherever the scale is. */
  readonly citations: readonly string[];
  /** What is known of how exact this text is, for the clinician who answers for it. */
  readonly provenance: string;
}

/** The words chosen for an answer, or undefined when the item has none. */
export const answerText = (worded: WordedItem, points: EpdsPoints | undefined): string | undefined =>
  worded.answers.find((answer) => answer.points === points)?.text;

/** What is wrong with a wording: an item missing or twice, an item whose answers do not carry 0, 1, 2 and 3 once each. */
export const wordingFaults = (wording: EpdsWording): string[] => [
  ...epdsItems
    .filter((item) => wording.items.filter((worded) => worded.item === item).length !== 1)
    .map((item) => `item ${item} is not there exactly once`),
  ...wording.items.flatMap((worded) =>
    epdsPoints
      .filter((points) => worded.answers.filter((answer) => answer.points === points).length !== 1)
      .map((points) => `item ${worded.item}: ${points} is not there exactly once`),
  ),
];
