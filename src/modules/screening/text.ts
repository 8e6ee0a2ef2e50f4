import { fill } from '#messages/format.ts';
import type { Messages } from '#messages/words.ts';
import type { Call } from '#modules/help/index.ts';
import type { EpdsAnswers, EpdsAssessment } from './epds.ts';
import type { Audience, Result, ResultBlock } from './result.ts';
import { epdsScale } from './scale.ts';
import { answerText, type EpdsWording } from './wording.ts';

export type ScreeningWords = Messages['screening'];

/** The result as plain text, for a message or a screen reader: the same blocks, in the same order, as on the page. */
export const resultAsText = (result: Result, words: ScreeningWords, calls: readonly Call[]): string =>
  result.blocks.map((block) => blockAsText(block, words, calls)).join('\n\n');

const blockAsText = (block: ResultBlock, words: ScreeningWords, calls: readonly Call[]): string => {
  switch (block.kind) {
    case 'crisis': {
      const thanks = adviceWords(words, block.audience).urgent;
      return [
        thanks.title,
        thanks.text,
        words.crisis.title,
        ...calls.map((call) => `${call.number} : ${call.text}`),
        words.crisis.text,
        ...words.crisis.meanwhileSteps,
      ].join('\n');
    }
    case 'words': {
      const { title, text } = adviceWords(words, block.audience)[block.advice];
      return `${title}\n${text}`;
    }
    case 'anxiety':
      return `${words.anxiety.title}\n${words.anxiety.text}`;
    case 'second-parent':
      return words.secondParent;
    case 'steps':
      return [words.steps[block.delay].title, ...words.steps[block.delay].list.map((step) => `- ${step}`)].join('\n');
    case 'people':
      return `${words.people.title}\n${words.people.text}`;
  }
};

/** The words of an advice for who reads it. */
export const adviceWords = (words: ScreeningWords, audience: Audience): ScreeningWords['advice'] =>
  audience === 'second' ? words.adviceSecond : words.advice;

/**
 * What a professional reads under the answers, item 10 first. The only place where the total and its band are written;
 * screen, print and copied text show these same lines. For the other parent, no band: no figure of ours.
 */
export const professionalLines = (
  assessment: EpdsAssessment,
  audience: Audience,
  words: ScreeningWords,
  reviewedBy: string | undefined,
): string[] => [
  ...(assessment.crisis ? [words.show.item10] : []),
  ...(assessment.status === 'complete'
    ? [
        fill(words.show.total, { total: assessment.total }),
        ...(audience === 'birth' ? [words.show.bands[assessment.band]] : [words.show.second]),
        ...(assessment.anxiety ? [words.show.anxiety] : []),
      ]
    : [words.show.noTotal]),
  ...(audience === 'birth'
    ? [
        fill(words.show.scale, { version: epdsScale.version }),
        reviewedBy ? fill(words.show.reviewed, { name: reviewedBy }) : words.show.notReviewed,
      ]
    : []),
];

/** The filled scale as plain text: each statement, the answer with its points, then the lines for the professional. */
export const fillingAsText = (
  wording: EpdsWording,
  answers: EpdsAnswers,
  lines: readonly string[],
  words: ScreeningWords,
): string =>
  [
    wording.title,
    ...lines,
    ...wording.items.map((worded) => {
      const points = answers[worded.item];
      const answer = answerText(worded, points);
      return `${worded.item}. ${worded.statement} : ${answer === undefined ? words.show.noAnswer : `${answer} (${points})`}`;
    }),
    ...wording.citations,
  ].join('\n');
