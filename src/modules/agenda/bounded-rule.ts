import { recurringTimes } from '#platform/recurrence.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';

/** Years that a series may last, and times that it may come. */
export const mostOfRule = { years: 3, times: 1_000 } as const;

/**
 * Whether a rule (RFC 5545) may be kept: understood, at most daily, with an end, within three years and a thousand times.
 * `first`: its first time, by the clock of its place. Each refusal says what to change.
 */
export const boundedRule = (rrule: string, first: string): Result<string> => {
  const rule = rrule
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase();
  if (rule.length > 400 || !/^FREQ=/.test(reordered(rule))) return refuse(unreadable);
  const text = reordered(rule);
  const until = /\bUNTIL=(\d{4})(\d\d)(\d\d)/.exec(text);
  const count = /\bCOUNT=(\d+)/.exec(text);
  if (!until && !count) return refuse(endless);
  if (count && (count[1] ?? '').length > 9) return refuse(tooMany);
  if (count && Number(count[1]) > mostOfRule.times) return refuse(tooMany);
  try {
    const start = Temporal.PlainDateTime.from(first).toPlainDate();
    const last = start.add({ years: mostOfRule.years });
    if (until && Temporal.PlainDate.compare(`${until[1]}-${until[2]}-${until[3]}`, last) > 0) return refuse(tooLong);
    if (until && Temporal.PlainDate.compare(`${until[1]}-${until[2]}-${until[3]}`, start) < 0)
      return refuse(endsBefore);
    const times = recurringTimes(
      { starts_at: first, rrule: text, except: [], besides: [] },
      start,
      last.add({ days: 1 }),
    );
    if (times.length === 0) return refuse(never);
    return times.length > mostOfRule.times ? refuse(tooMany) : ok(text);
  } catch {
    return refuse(unreadable);
  }
};

/** The same rule with an end `months` after its first time, for one that came without any. */
export const endedRule = (rrule: string, first: string, months: number): string => {
  const last = Temporal.PlainDateTime.from(first).toPlainDate().add({ months });
  return `${rrule.trim().replace(/;$/, '')};UNTIL=${last.toString().replaceAll('-', '')}T235959Z`;
};

/** `FREQ` may come anywhere in the standard, and first for our reader. */
const reordered = (rule: string): string => {
  const parts = rule.split(';').filter((part) => part !== '' && !part.startsWith('WKST='));
  return parts.toSorted((a, b) => Number(b.startsWith('FREQ=')) - Number(a.startsWith('FREQ='))).join(';');
};

const refusal = (code: string, message: string): Refusal => ({ code, field: 'repeat', message });

const unreadable = refusal(
  'rule_unreadable',
  'Cette répétition n’a pas été comprise. Choisissez chaque semaine, chaque mois, ou des dates une à une.',
);
/** Told apart, because an import gives such a rule an end. */
export const endless = refusal(
  'rule_endless',
  'Cette répétition n’a pas de fin. Donnez sa dernière date : trois ans au plus, vous pourrez la prolonger.',
);
const tooMany = refusal(
  'rule_too_many',
  'Cette répétition donne plus de mille dates. Donnez une dernière date plus proche, ou des jours plus espacés.',
);
const tooLong = refusal(
  'rule_too_long',
  'La dernière date est à plus de trois ans. Vous pourrez la prolonger plus tard.',
);
const endsBefore = refusal('rule_ends_before', 'La dernière date est avant la première.');
const never = refusal('rule_never', 'Avec cette répétition, aucune date n’arrive jamais : vérifiez les jours choisis.');
