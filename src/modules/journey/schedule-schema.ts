import { z } from 'zod';
import { parseConditions, UnknownWord } from './conditions.ts';
import type { WrittenItem } from './schedule.ts';

const offset = z.string().regex(/^-?P(?=\d)(\d+M)?(\d+W)?(\d+D)?$/, {
  error: 'attend une durée ISO en mois, semaines et jours : P6W, -P28W, P44M1D',
});
const monthDay = z.string().regex(/^\d{2}-\d{2}$/, { error: 'attend un mois et un jour : 09-01' });
const day = z.iso.date({ error: 'attend une date : 2026-11-21' });
const sentence = z.string().trim().min(1);

const conditions = z
  .string()
  .default('')
  .transform((text, context) => {
    try {
      return parseConditions(text);
    } catch (error) {
      if (!(error instanceof UnknownWord)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });

/** The longest sentence of the easy-to-read text, in words. */
export const EASY_WORDS = 12;

const easySentence = (text: string): boolean =>
  text.split(/[.?!:]/).every((part) => part.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word)).length <= EASY_WORDS);

/** One row of a file of content/schedule. */
const row = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    title: sentence.max(80),
    official: sentence.exactOptional(),
    anchor: z.enum(['project', 'conception', 'due', 'birth', 'birth_corrected', 'arrival', 'loss']),
    year_of: offset.exactOptional(),
    from: z.union([offset, monthDay]).exactOptional(),
    until: z.union([offset, monthDay, day]).exactOptional(),
    leave: z.strictObject({ length: offset, after_birth: offset }).exactOptional(),
    who: z.enum(['mother', 'second_parent', 'both', 'child']),
    kind: z.enum(['medical', 'rights', 'administrative', 'support', 'milestone']),
    level: z.enum(['required', 'recommended', 'offered', 'right', 'advised', 'information', 'landmark', 'depends']),
    when: conditions,
    unless_done: z.string().exactOptional(),
    reminder: z
      .string()
      .regex(/^(start|end|anchor)[+-]P(\d+M)?(\d+W)?(\d+D)?$/, { error: 'attend start-P7D, end-P14D ou anchor+P3M' })
      .exactOptional(),
    grace: offset.exactOptional(),
    moment: z.enum(['prenatal-interview', 'maternity', 'return-home', 'peak']).exactOptional(),
    agreement: z.boolean().exactOptional(),
    text: sentence,
    easy: sentence.refine(easySentence, { error: `a une phrase de plus de ${EASY_WORDS} mots` }),
    cost: sentence.exactOptional(),
    with: sentence.exactOptional(),
    how: z.array(sentence).min(1).exactOptional(),
    near: z
      .enum([
        ...['midwife', 'doctor', 'ultrasound', 'maternity', 'dentist', 'pmi', 'caf', 'town_hall'],
        ...['childcare', 'parents', 'respite', 'awakening', 'moral', 'grief'],
      ] as const)
      .exactOptional(),
    link: z.string().startsWith('/').exactOptional(),
    articles: z
      .array(z.string().regex(/^[a-z0-9-]+$/))
      .min(1)
      .max(4),
    sources: z.array(z.strictObject({ name: sentence, url: z.url().exactOptional() })).min(1),
    confidence: z.enum(['A', 'B', 'C']),
    checked_on: day.nullable(),
    reviewed_on: day.nullable(),
    review_by: day.exactOptional(),
    valid_from: day.exactOptional(),
    valid_to: day.exactOptional(),
    note: sentence.exactOptional(),
  })
  .refine((item) => (item.anchor === 'project') === (item.from === undefined && item.until === undefined), {
    error: 'a besoin de « from » et « until », sauf avec l’ancre « project » qui n’en a pas',
    path: ['from'],
  })
  .refine((item) => item.anchor !== 'loss' || item.reminder === undefined, {
    error: 'n’a jamais de rappel après une perte',
    path: ['reminder'],
  })
  .refine((item) => item.kind !== 'rights' || !/\bdev(ez|oir|ra|rez)\b|obligat/i.test(`${item.text} ${item.easy}`), {
    error: 'un droit ne se dit pas « devoir » ni « obligatoire »',
    path: ['text'],
  });

/** One file: a list of rows. */
export const scheduleFile: z.ZodType<WrittenItem[]> = z.array(row);
