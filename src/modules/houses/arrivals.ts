import { publishableParts } from '#platform/small-numbers.ts';
import { halves } from './counter.ts';
import type { Words } from './people-by-quarter.ts';
import { quarters, type ReportPart, tooFew } from './report-part.ts';
import type { YearFigures } from './year-figures.ts';

/** Since when and how often arrivals were counted: a year that began in March is not a small year. */
export const coverage = ({ counted }: YearFigures, question: string): string => {
  const days = [
    ...new Set(counted.filter((line) => line.question === question).map(({ day }) => day.toString())),
  ].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return '';
  const said = (day: string): string =>
    Temporal.PlainDate.from(day).toLocaleString('fr-FR', { day: 'numeric', month: 'long' }).replace(/^1 /, '1er ');
  return first === last
    ? `Compté le ${said(first)}.`
    : `Compté du ${said(first)} au ${said(last)}, ${days.length} jours.`;
};

/** Arrivals by place, by day of the week and by half-day: parts of the one total that is shown above, when it is. */
export const arrivals = (
  { table }: ReportPart,
  { counted }: YearFigures,
  sites: readonly { readonly id: string; readonly name: string }[],
): ReportPart[] => {
  const total = table?.rows.at(-1)?.cells[quarters.length];
  if (typeof total !== 'number') return [];
  const who = counted.filter(({ question }) => question === 'who');
  const part = (title: string, labels: Words, codeOf: (line: (typeof who)[number]) => string): ReportPart => {
    const counts = labels.map(({ code }) =>
      who.filter((line) => codeOf(line) === code).reduce((all, { taps }) => all + taps, 0),
    );
    const shown = publishableParts(counts);
    return shown
      ? {
          title,
          words: '',
          table: { columns: ['Arrivées'], rows: labels.map(({ label }, at) => ({ label, cells: [shown[at] ?? 0] })) },
        }
      : tooFew(title);
  };
  return [
    ...(sites.length > 1
      ? [
          part(
            'Arrivées par lieu',
            sites.map(({ id, name }) => ({ code: id, label: name })),
            ({ site }) => site,
          ),
        ]
      : []),
    part('Arrivées par jour de la semaine', weekdays, ({ day }) => String(day.dayOfWeek)),
    part('Arrivées par demi-journée', halves, ({ half }) => half),
  ];
};

const weekdays: Words = ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'].map((label, at) => ({
  code: String(at + 1),
  label,
}));
