import { z } from 'zod';

const text = z.strictObject({ what: z.string().min(2).max(60), detail: z.string().min(2).max(120).optional() });

/** Numbers that must never be shown again, with the reason. */
const forbidden: Readonly<Record<string, string>> = {
  '0800200000': 'a former line against cyberbullying, replaced by 3018 in 2021',
};

/** One number, as written in content/help/helplines.yaml. */
const helplineSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    /** As people read it: 15, 3114, 0 800 00 34 56. */
    number: z
      .string()
      .regex(/^(\d{2,4}|0 800( \d{2}){3})$/, { error: 'write it as people read it: 15, 3114, 0 800 00 34 56' }),
    channel: z.enum(['call', 'text']),
    block: z.enum(['danger', 'despair', 'situation', 'talk']),
    /** Sends rescue: shown in the urgent colour. */
    emergency: z.boolean().default(false),
    hours: z.enum(['always', 'limited', 'unknown']),
    cost: z.enum(['free', 'unknown']),
    source: z.strictObject({ name: z.string().min(3), url: z.url({ protocol: /^https$/ }).optional() }),
    checked_on: z.iso.date().optional(),
    texts: z.strictObject({ fr: text, en: text, ar: text, es: text, pt: text, tr: text, uk: text }),
  })
  .refine((line) => !(dialled(line.number) in forbidden), { error: 'this number must never be shown' });

export type Helpline = z.infer<typeof helplineSchema>;

/** The whole file, in the order of the page. What does not fit stops the build. */
export const helplinesSchema: z.ZodType<readonly Helpline[]> = z
  .array(helplineSchema)
  .min(1)
  .superRefine((lines, context) => {
    const at = lines.findIndex((line, index) => lines.findIndex((other) => other.id === line.id) !== index);
    if (at >= 0) context.addIssue({ code: 'custom', message: `“${lines[at]?.id}” is written twice`, path: [at, 'id'] });
  });

/** The number as a telephone dials it: digits only. */
const dialled = (number: string): string => number.replace(/\D/g, '');

/** Where a tap leads: `tel:3114`, `sms:114`. */
export const hrefOf = (line: Pick<Helpline, 'number' | 'channel'>): string =>
  `${line.channel === 'text' ? 'sms' : 'tel'}:${dialled(line.number)}`;

/** Days after which a number is to be checked again (each quarter, with a month to do it). */
export const checkEveryDays = 120;

/** How far a number can be trusted today. `never`: nobody wrote down a check. */
export const freshnessOf = (
  line: Pick<Helpline, 'checked_on'>,
  today: Temporal.PlainDate,
): { state: 'fresh' | 'old'; checkedOn: string } | { state: 'never' } => {
  if (!line.checked_on) return { state: 'never' };
  const age = Temporal.PlainDate.from(line.checked_on).until(today, { largestUnit: 'days' }).days;
  return { state: age > checkEveryDays ? 'old' : 'fresh', checkedOn: line.checked_on };
};

/** Numbers to check again today, the longest waiting first; those that nobody ever checked before all. */
export const linesToCheck = (lines: readonly Helpline[], today: Temporal.PlainDate): readonly Helpline[] =>
  lines
    .filter((line) => freshnessOf(line, today).state !== 'fresh')
    .sort((a, b) => (a.checked_on ?? '').localeCompare(b.checked_on ?? ''));
