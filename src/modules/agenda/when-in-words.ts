import { fold } from '#platform/text.ts';

/** Days that are asked for, both included, by the clock of each place; and hours of the day, in minutes. */
export interface AskedDays {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  readonly hours?: { readonly from: number; readonly to: number };
  /** Said back: « ce week-end », « mardi 24 novembre, le soir ». */
  readonly label: string;
}

/**
 * What somebody means by « ce week-end », « mardi soir », « demain matin », « la semaine prochaine », « en décembre »,
 * « le 12 décembre », « 12/12 », « dans 3 jours ». `today` is the day at the place. Undefined when it is not understood.
 * A day of the week is the next one, today included; a date without a year, the next that comes.
 */
export const daysInWords = (typed: string, today: Temporal.PlainDate): AskedDays | undefined => {
  const text = ` ${fold(typed)} `;
  if (text.trim() === '' || text.length > 80) return undefined;
  const part = dayParts.find(({ words }) => words.test(text));
  // « après-midi » holds « midi », « après-demain » holds « demain »: what was understood is taken out.
  const rest = part ? text.replace(part.words, ' ') : text;
  const days = daysOf(
    rest.replace(/ (le|la|les|ce|cet|cette|du|de|des|en|au|dans|pour|a|avant|fin) /g, ' ').trim(),
    rest,
    today,
    part,
  );
  if (!days) return undefined;
  return {
    ...{ from: days.from, to: days.to },
    ...(part ? { hours: { from: part.from, to: part.to } } : {}),
    label: `${days.label}${part ? `, ${part.label}` : ''}`,
  };
};

const dayParts = [
  { words: / (apres midi|aprem) /, from: 12 * 60, to: 18 * 60, label: 'l’après-midi' },
  { words: / (soir|soiree|nuit) /, from: 17 * 60 + 30, to: 24 * 60, label: 'le soir' },
  { words: / (matin|matinee) /, from: 0, to: 12 * 60, label: 'le matin' },
  { words: / (midi) /, from: 11 * 60 + 30, to: 14 * 60, label: 'à midi' },
];

const dayNames = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const monthNames = [
  ...['janvier', 'fevrier', 'mars', 'avril', 'mai', 'juin', 'juillet', 'aout', 'septembre', 'octobre', 'novembre'],
  'decembre',
];

interface Days {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  readonly label: string;
}

const daysOf = (
  text: string,
  whole: string,
  today: Temporal.PlainDate,
  part: (typeof dayParts)[number] | undefined,
): Days | undefined => {
  const one = (day: Temporal.PlainDate, label = dayLabel(day, today)): Days => ({ from: day, to: day, label });
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  if (
    /^(aujourd hui|jour|maintenant|tout de suite)$/.test(text) ||
    (text === '' && part && / (ce|cet|cette) /.test(whole))
  )
    return one(today, 'aujourd’hui');
  if (text === 'apres demain') return one(today.add({ days: 2 }));
  if (text === 'demain') return one(today.add({ days: 1 }), 'demain');
  const inDays = /^(\d{1,3}) jours?$/.exec(text);
  if (inDays) return one(today.add({ days: Number(inDays[1]) }));
  if (/^(prochains? jours|semaine qui vient|7 prochains jours|bientot)$/.test(text))
    return { from: today, to: today.add({ days: 6 }), label: 'dans les sept jours' };
  const weekEnd = /^(week ?end|we)( prochain)?$/.exec(text);
  if (weekEnd) {
    // On a Sunday, « ce week-end » is what remains of it.
    const saturday = monday.add({ days: weekEnd[2] && today.dayOfWeek >= 6 ? 12 : 5 });
    const from = Temporal.PlainDate.compare(today, saturday) > 0 ? today : saturday;
    return { from, to: saturday.add({ days: 1 }), label: weekEnd[2] ? 'le week-end prochain' : 'ce week-end' };
  }
  if (text === 'semaine') return { from: today, to: monday.add({ days: 6 }), label: 'cette semaine' };
  if (text === 'semaine prochaine')
    return { from: monday.add({ days: 7 }), to: monday.add({ days: 13 }), label: 'la semaine prochaine' };
  if (text === 'mois' || text === 'mois ci') return { from: today, to: lastOfMonth(today), label: 'ce mois-ci' };
  if (text === 'mois prochain') {
    const first = today.with({ day: 1 }).add({ months: 1 });
    return { from: first, to: lastOfMonth(first), label: 'le mois prochain' };
  }
  const named = /^(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)( prochain)?$/.exec(text);
  if (named) {
    const ahead = (dayNames.indexOf(named[1] ?? '') + 1 - today.dayOfWeek + 7) % 7;
    return one(today.add({ days: ahead === 0 && named[2] ? 7 : ahead }));
  }
  const month = /^([a-z]+)( \d{4})?$/.exec(text);
  const rank = monthNames.indexOf(month?.[1] ?? '') + 1;
  if (month && rank > 0) {
    const year = month[2] ? Number(month[2]) : rank < today.month ? today.year + 1 : today.year;
    const first = Temporal.PlainDate.from({ year, month: rank, day: 1 });
    const from =
      Temporal.PlainDate.compare(first, today) < 0 && rank === today.month && year === today.year ? today : first;
    return { from, to: lastOfMonth(first), label: `en ${monthLabel(first)}` };
  }
  const date = dateIn(text, today);
  return date && one(date);
};

const lastOfMonth = (day: Temporal.PlainDate): Temporal.PlainDate => day.with({ day: day.daysInMonth });

/** « 12 decembre », « samedi 12 decembre 2026 », « 12 12 », « 2026 12 12 »; the next that comes when no year is said. */
const dateIn = (text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined => {
  const words = /^(?:[a-z]+di |dimanche )?(\d{1,2})(?:er)? ([a-z]+)(?: (\d{4}))?$/.exec(text);
  const digits = /^(\d{1,2}) (\d{1,2})(?: (\d{4}))?$/.exec(text);
  const iso = /^(\d{4}) (\d\d) (\d\d)$/.exec(text);
  const [day, month, year] = words
    ? [words[1], monthNames.indexOf(words[2] ?? '') + 1, words[3]]
    : digits
      ? [digits[1], Number(digits[2]), digits[3]]
      : [iso?.[3], Number(iso?.[2]), iso?.[1]];
  if (day === undefined || !month || month < 1) return undefined;
  // 29 February without a year: the next year that has one.
  for (const ahead of year ? [0] : [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
    try {
      const asked = { year: year ? Number(year) : today.year + ahead, month, day: Number(day) };
      const found = Temporal.PlainDate.from(asked, { overflow: 'reject' });
      if (year || Temporal.PlainDate.compare(found, today) >= 0) return found;
    } catch {
      if (year) return undefined;
    }
  }
  return undefined;
};

const dayLabel = (day: Temporal.PlainDate, today: Temporal.PlainDate): string =>
  (day.year === today.year ? formats.day : formats.full)
    .format(day.toZonedDateTime('UTC').epochMilliseconds)
    .replace(/ 1 /, ' 1er ');

const monthLabel = (day: Temporal.PlainDate): string =>
  formats.month.format(day.toZonedDateTime('UTC').epochMilliseconds);

const formats = {
  day: new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }),
  full: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
};
