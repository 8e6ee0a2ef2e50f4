/**
 * The closed vocabulary of what a step may depend on.
 * `asked`: only the family knows; the sentence completes "Si …". `shown`: whether an unanswered question leaves the
 * step in sight, marked "selon votre situation". `derived`: computed from the family.
 */
export const words = {
  pregnant: { derived: true },
  declared: { derived: true },
  singleton: { derived: true },
  twins: { derived: true },
  triplets_plus: { derived: true },
  multiple: { derived: true },
  first_child: { derived: true },
  fewer_than_two_children: { derived: true },
  third_child_or_more: { derived: true },
  by_birth: { derived: true },
  adoption: { derived: true },
  premature: { derived: true },
  premature_over_6_weeks: { derived: true },
  hospitalised: { derived: true },
  season_sep_jan: { derived: true },
  employee: { derived: true },
  independent: { derived: true },
  tb_risk: { derived: true },
  loss_before_22: { derived: true },
  loss_14_to_21: { derived: true },
  loss_from_22: { derived: true },
  medical_ending: { derived: true },
  child_death: { derived: true },
  medical_birth_certificate: { derived: true },
  campaign_open: { derived: false, shown: true },
  income_ceiling: { derived: false, shown: true },
  not_married: { derived: false, shown: true },
  prescribed: { derived: false, shown: true },
  rh_negative: { derived: false, shown: true },
  risk_factor_gdm: { derived: false, shown: true },
  other_leave_used: { derived: false, shown: true },
  seniority_1_year: { derived: false, shown: true },
  returning_to_work: { derived: false, shown: true },
  breastfeeding: { derived: false, shown: true },
  prepare_conditions: { derived: false, shown: true },
  needs_support: { derived: false, shown: true },
  parental_leave_active: { derived: false, shown: false },
  vulnerable_newborn: { derived: false, shown: false },
  rotateq_started: { derived: false, shown: false },
  repap_territory: { derived: false, shown: false },
  repap_active: { derived: false, shown: false },
  maternity_in_programme: { derived: false, shown: false },
} as const satisfies Record<string, { derived: true } | { derived: false; shown: boolean }>;

export type Word = keyof typeof words;

/** What only the family can say about itself. */
export type AskedWord = { [W in Word]: (typeof words)[W]['derived'] extends false ? W : never }[Word];

/** Whether only the family can answer a word. */
export const isAsked = (word: Word): word is AskedWord => !words[word].derived;

/** A day compared with a fixed one: `birth>=2026-07-01`. */
export interface DateTest {
  readonly of: 'birth' | 'due';
  readonly is: '>=' | '<';
  readonly day: string;
}

/** Any of these. */
export type Condition = readonly (Word | DateTest)[];

/** Thrown by {@link parseConditions}; the reader of the content turns it into a sentence that names the file and the row. */
export class UnknownWord extends Error {
  constructor(word: string) {
    super(`« ${word} » n’est pas un mot de condition connu`);
  }
}

/**
 * Reads `employee; first_child | needs_support`: `;` joins what must all hold, `|` what may hold, and `|` binds tighter.
 * An empty text holds always.
 */
export const parseConditions = (text: string): readonly Condition[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => part.split('|').map((word) => parseWord(word.trim())));

const parseWord = (text: string): Word | DateTest => {
  if (Object.hasOwn(words, text)) return text as Word;
  const test = /^(birth|due)(>=|<)(\d{4}-\d{2}-\d{2})$/.exec(text);
  if (!test) throw new UnknownWord(text);
  const [, of, is, day = ''] = test;
  return { of: of === 'due' ? 'due' : 'birth', is: is === '<' ? '<' : '>=', day };
};

/** Whether a condition holds, does not, or depends on what nobody has said. */
export type Answer = 'yes' | 'no' | 'unknown';

export interface Verdict {
  readonly answer: Answer;
  /** The words that would settle it. */
  readonly open: readonly Word[];
}

const always: Verdict = { answer: 'yes', open: [] };

/** Weighs conditions with the answers at hand. A single `no` decides; then a single `unknown` leaves it open. */
export const weigh = (conditions: readonly Condition[], answerTo: (test: Word | DateTest) => Answer): Verdict => {
  if (conditions.length === 0) return always;
  const open: Word[] = [];
  for (const condition of conditions) {
    let best: Answer = 'no';
    const asks: Word[] = [];
    for (const test of condition) {
      const answer = answerTo(test);
      if (answer === 'yes') {
        best = 'yes';
        break;
      }
      if (answer === 'unknown') {
        best = 'unknown';
        if (typeof test === 'string') asks.push(test);
      }
    }
    if (best === 'no') return { answer: 'no', open: [] };
    if (best === 'unknown') open.push(...asks);
  }
  return open.length > 0 ? { answer: 'unknown', open } : { answer: 'yes', open };
};

/** Whether a step with these open words stays in sight: every open question must be one that may be left unanswered. */
export const staysInSight = (open: readonly Word[]): boolean =>
  open.every((word) => {
    const known = words[word];
    return known.derived || known.shown;
  });
