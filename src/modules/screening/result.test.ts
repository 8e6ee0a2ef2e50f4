import { render } from 'svelte/server';
import { beforeAll, describe, expect, test } from 'vitest';
import { locales } from '#messages/locale.ts';
import { catalogue } from '#messages/server/catalogue.ts';
import { screeningEasy } from '#messages/server/screening-easy.ts';
import { type Call, callOf, crisisLines } from '#modules/help/index.ts';
import { helplines } from '#modules/help/server/index.ts';
import { assessEpds, type EpdsAnswers, type EpdsAssessment, type EpdsPoints } from './epds.ts';
import { type Audience, type Result, resultOf, type UrgentResult } from './result.ts';
import { french } from './server/wordings/fr.ts';
import { professionalLines, resultAsText } from './text.ts';
import FilledScale from './ui/FilledScale.svelte';
import ResultBlocks from './ui/ResultBlocks.svelte';

const words = catalogue.fr.screening;
const calls: readonly Call[] = crisisLines(helplines()).map((line) =>
  callOf(line, catalogue.fr.help, 'fr', Temporal.PlainDate.from('2026-11-21')),
);

/** Every way to fill the scale: 4^10 = 1 048 576. The object is the same at each turn. */
function* everyFilling(): Generator<EpdsAnswers> {
  const answers: Record<number, EpdsPoints> = {};
  for (let code = 0; code < 4 ** 10; code += 1) {
    for (let item = 1, rest = code; item <= 10; item += 1, rest >>= 2) answers[item] = (rest & 3) as EpdsPoints;
    yield answers as EpdsAnswers;
  }
}

/** What a result is made of, in one word: results of the same word are drawn alike, since only blocks are drawn. */
const kindOf = (result: Result): string =>
  `${result.advice} ${result.band} ${result.blocks.map((block) => Object.values(block).join(':')).join(' ')}`;

const screenOf = (result: Result): string => render(ResultBlocks, { props: { result, words, calls, near: '/' } }).body;
const paperOf = (answers: EpdsAnswers, assessment: EpdsAssessment, result: Result, audience: Audience): string =>
  render(FilledScale, {
    props: {
      ...{ words, locale: 'fr', wording: french, answers, assessment, result, audience, calls },
      ...{ filledOn: '2026-11-21', reviewedBy: undefined, onback: () => {} },
    },
  }).body;
const plain = (html: string): string =>
  html
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replace(/[ \n]+/g, ' ');

describe.each(['birth', 'second'] as const)('all 1 048 576 ways to answer, for the audience « %s »', (audience) => {
  /** One filling of each kind, and how many fillings are of that kind. */
  const kinds = new Map<string, { answers: EpdsAnswers; count: number }>();
  let fillings = 0;
  let wrong = 0;

  beforeAll(() => {
    for (const answers of everyFilling()) {
      fillings += 1;
      const assessment = assessEpds(answers);
      const result = resultOf(assessment, audience);
      // The rule written a second time, with nothing of ours but the answers.
      const points = Object.values(answers);
      const total = points.reduce<number>((sum, value) => sum + value, 0);
      const band = total >= 13 ? 'soon' : total >= 11 ? 'this-week' : total >= 9 ? 'again' : 'steady';
      const danger = answers[10] !== 0;
      const first = result.blocks[0];
      const right =
        result.urgent === danger &&
        (first?.kind === 'crisis') === danger &&
        result.band === band &&
        result.advice === (danger ? 'urgent' : band) &&
        assessment.status === 'complete' &&
        assessment.total === total;
      if (!right) wrong += 1;
      const kind = kindOf(result);
      const known = kinds.get(kind);
      if (known) known.count += 1;
      else kinds.set(kind, { answers: { ...answers }, count: 1 });
    }
  }, 120_000);

  test('are all there, and none is wrong', () => {
    expect(fillings).toBe(1_048_576);
    expect(wrong).toBe(0);
    expect([...kinds.values()].reduce((sum, { count }) => sum + count, 0)).toBe(fillings);
  });

  test('with item 10 above 0, screen, paper and text begin with help', () => {
    const urgent = [...kinds.values()].filter(({ answers }) => answers[10] !== 0);
    expect(urgent.reduce((sum, { count }) => sum + count, 0)).toBe(3 * 4 ** 9);
    for (const { answers } of urgent) {
      const assessment = assessEpds(answers);
      const result = resultOf(assessment, audience);
      for (const html of [screenOf(result), paperOf(answers, assessment, result, audience)]) {
        expect(html.indexOf('data-block="crisis"')).toBeGreaterThan(-1);
        expect(html.indexOf('tel:3114')).toBeGreaterThan(-1);
        expect(html.indexOf('data-block="crisis"')).toBeLessThan(100);
        // No total, and no words of a calm result, before the numbers to call.
        expect(plain(html.slice(0, html.indexOf('tel:3114')))).not.toMatch(/sur 30|plutôt bien/);
      }
      expect(resultAsText(result, words, calls)).toMatch(/^Merci de l’avoir dit/);
      expect(resultAsText(result, words, calls).indexOf('3114')).toBeLessThan(200);
      expect(screenOf(result)).not.toContain(words.advice.steady.title);
    }
  });

  test('without it, no crisis card is drawn', () => {
    for (const { answers } of [...kinds.values()].filter((kind) => kind.answers[10] === 0)) {
      expect(screenOf(resultOf(assessEpds(answers), audience))).not.toContain('data-block="crisis"');
    }
  });

  test('screen, paper and text never disagree on the band', () => {
    for (const { answers } of kinds.values()) {
      const assessment = assessEpds(answers);
      const result = resultOf(assessment, audience);
      if (assessment.status !== 'complete') throw new Error('every filling of this test is complete');
      const paper = plain(paperOf(answers, assessment, result, audience));
      for (const line of professionalLines(assessment, audience, words, undefined)) expect(paper).toContain(line);
      for (const [band, sentence] of Object.entries(words.show.bands)) {
        expect(paper.includes(sentence)).toBe(audience === 'birth' && band === result.band);
      }
      const said = audience === 'second' ? words.adviceSecond : words.advice;
      const screen = plain(screenOf(result));
      const text = resultAsText(result, words, calls);
      for (const [advice, { text: sentence }] of Object.entries(said)) {
        if (['incomplete', 'unanswered'].includes(advice)) continue;
        expect(screen.includes(sentence), `screen, ${advice}`).toBe(advice === result.advice);
        expect(text.includes(sentence), `text, ${advice}`).toBe(advice === result.advice);
      }
    }
  });
});

describe('an incomplete filling', () => {
  test('with item 10 above 0 begins with help too', () => {
    for (const points of [1, 2, 3] as const) {
      const assessment = assessEpds({ 10: points });
      const result = resultOf(assessment, 'birth');
      expect(result.blocks[0]).toEqual({ kind: 'crisis', audience: 'birth' });
      expect(paperOf({ 10: points }, assessment, result, 'birth')).toContain('tel:3114');
    }
  });

  test.each([
    [{}, 'unanswered'],
    [{ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0, 8: 0, 9: 0 }, 'incomplete'],
    [{ 1: 3, 2: 3, 3: 3, 4: 3, 5: 3 }, 'incomplete'],
  ] as [EpdsAnswers, string][])('%o is « %s », never a band', (answers, advice) => {
    const result = resultOf(assessEpds(answers), 'birth');
    expect(result).toMatchObject({ urgent: false, advice, band: undefined });
    expect(plain(screenOf(result))).not.toContain(words.advice.steady.title);
  });
});

test('an urgent result without its crisis card does not compile', () => {
  // @ts-expect-error the first block of an urgent result is the crisis card
  const wrong: UrgentResult = { urgent: true, advice: 'urgent', band: undefined, blocks: [{ kind: 'people' }] };
  expect(wrong.urgent).toBe(true);
});

describe('words', () => {
  const all = [
    ...locales.map((locale) => [locale, catalogue[locale].screening] as const),
    ['easy', screeningEasy] as const,
  ];

  test.each(all)('%s: no result says a figure, a diagnosis, or that somebody is depressed', (_, spoken) => {
    for (const { title, text } of [...Object.values(spoken.advice), ...Object.values(spoken.adviceSecond)]) {
      expect(`${title} ${text}`).not.toMatch(/\d|d[ée]pressi|depressed|diagnos|score/i);
    }
  });

  test.each(all)('%s: the reminder says nothing of health, of a child or of us', (_, spoken) => {
    expect(spoken.actions.reminder.calendarTitle).not.toMatch(
      /mille|b[ée]b[ée]|enfant|baby|EPDS|moral|sant[ée]|health|test/i,
    );
  });
});
