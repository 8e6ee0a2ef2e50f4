import { eventKinds } from '#modules/agenda/index.ts';
import { nothing, quarterOf, quarters, type ReportPart } from './report-part.ts';
import type { YearFigures } from './year-figures.ts';

/** Dates that took place, by kind and quarter. They are no people: nothing is hidden. */
export const held = (figures: YearFigures, before: YearFigures, year: number): ReportPart => {
  const title = 'Rendez-vous collectifs tenus';
  if (figures.dates.length === 0) return nothing(title, year);
  const counts = (dates: YearFigures['dates']): number[] => [
    ...quarters.map((_, at) => dates.filter(({ day }) => quarterOf(day) === at).length),
    dates.length,
  ];
  const compared = before.dates.length > 0;
  const row = (label: string, is: (kind: string) => boolean) => ({
    label,
    cells: [
      ...counts(figures.dates.filter(({ kind }) => is(kind))),
      ...(compared ? [before.dates.filter(({ kind }) => is(kind)).length] : []),
    ],
  });
  const known = new Set([...figures.dates, ...before.dates].map(({ kind }) => kind));
  return {
    title,
    words: 'Des dates, non des personnes.',
    table: {
      columns: [...quarters, `Année ${year}`, ...(compared ? [`Année ${year - 1}`] : [])],
      rows: [
        ...eventKinds
          .filter(({ code }) => known.has(code))
          .map(({ code, label }) => row(label, (kind) => kind === code)),
        row('Ensemble', () => true),
      ],
    },
  };
};
