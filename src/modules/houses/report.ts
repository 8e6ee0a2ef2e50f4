import { eventKinds } from '#modules/agenda/index.ts';
import { publishableParts, publishableTable, type Shown } from '#platform/small-numbers.ts';
import { type CountedQuestion, DAYS_TO_SEND, halves } from './counter.ts';
import { appointmentModes } from './house.ts';

/** What a Maison counted in a year, without anybody: its welcome desk, its agenda, its appointments. */
export interface YearFigures {
  readonly counted: readonly {
    readonly site: string;
    readonly day: Temporal.PlainDate;
    readonly half: string;
    readonly question: string;
    readonly answer: string;
    readonly taps: number;
  }[];
  /** One line for each date that took place. */
  readonly dates: readonly {
    readonly day: Temporal.PlainDate;
    readonly kind: string;
    readonly booked: number;
    readonly came: number;
  }[];
  readonly appointments: readonly {
    readonly month: Temporal.PlainDate;
    readonly mode: string;
    readonly booked: number;
    readonly came: number;
  }[];
}

/** One part of a report. Without a table, its sentence says why. */
export interface ReportPart {
  readonly title: string;
  readonly words: string;
  readonly table?: ReportTable;
}

export interface ReportTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly Shown[] }[];
}

/** Whether the report of a year may be made: once no device can add to it. Two versions of it would tell what each hides. */
export const mayReport = (year: number, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(today, reportDay(year)) >= 0;

/** The first day on which the report of a year is made. */
const reportDay = (year: number): Temporal.PlainDate =>
  new Temporal.PlainDate(year + 1, 1, 1).add({ days: DAYS_TO_SEND });

/** The years whose report may be made, the last first, as far back as one compares; the next one, and when. */
export const yearsToReport = (
  today: Temporal.PlainDate,
): { readonly years: readonly [number, ...number[]]; readonly next: number; readonly nextDay: Temporal.PlainDate } => {
  const last = mayReport(today.year - 1, today) ? today.year - 1 : today.year - 2;
  return { years: [last, last - 1, last - 2], next: last + 1, nextDay: reportDay(last + 1) };
};

/** How the figures of a report are made, sentence by sentence: for whoever reads it. */
export const reportMethod: readonly string[] = [
  'Aucune donnée personnelle n’a été recueillie pour ce bilan. À l’accueil, l’équipe touche un bouton par réponse ; seuls le lieu, la demi-journée et la réponse sont gardés. Chaque question est comptée à part : rien ne relie les réponses d’une même personne. Une personne qui revient est comptée de nouveau.',
  'Les inscriptions et les rendez-vous individuels viennent de l’agenda de la Maison. Les noms sont effacés une semaine après la date ; seuls des nombres restent.',
  'Un nombre de personnes de 1 à 4 n’est pas montré : « moins de 5 ». Pour qu’il ne se retrouve pas par soustraction dans les totaux, d’autres nombres sont écrits « non montré ». Zéro est montré.',
  'Ce qui n’a pas été compté n’est pas estimé : une case vide ou une phrase le dit.',
];

/** The parts of the report of a year; `before`: the year before, compared where it has figures. */
export const reportParts = (
  figures: YearFigures,
  before: YearFigures,
  {
    year,
    questions,
    sites,
  }: {
    readonly year: number;
    readonly questions: readonly CountedQuestion[];
    readonly sites: readonly { readonly id: string; readonly name: string }[];
  },
): ReportPart[] => [
  ...questions.flatMap((question) => {
    const of = (one: YearFigures): Line[] =>
      one.counted
        .filter((line) => line.question === question.code)
        .map(({ day, answer, taps }) => ({ day, code: answer, people: taps }));
    const part = byQuarter(
      question.title,
      coverage(figures, question.code),
      question.answers,
      of(figures),
      of(before),
      year,
    );
    return question.code === 'who' ? [part, ...arrivals(part, figures, sites)] : [part];
  }),
  held(figures, before, year),
  byQuarter(
    'Personnes inscrites aux rendez-vous collectifs',
    'Par nature du rendez-vous.',
    eventKinds,
    figures.dates.map(({ day, kind, booked }) => ({ day, code: kind, people: booked })),
    before.dates.map(({ day, kind, booked }) => ({ day, code: kind, people: booked })),
    year,
  ),
  byQuarter(
    'Personnes venues aux rendez-vous collectifs',
    'Celles dont la présence a été notée.',
    eventKinds,
    figures.dates.map(({ day, kind, came }) => ({ day, code: kind, people: came })),
    before.dates.map(({ day, kind, came }) => ({ day, code: kind, people: came })),
    year,
  ),
  byQuarter(
    'Rendez-vous individuels pris',
    'Par manière d’être reçu.',
    appointmentModes,
    figures.appointments.map(({ month, mode, booked }) => ({ day: month, code: mode, people: booked })),
    before.appointments.map(({ month, mode, booked }) => ({ day: month, code: mode, people: booked })),
    year,
  ),
  byQuarter(
    'Rendez-vous individuels tenus',
    'Ceux où la présence a été notée.',
    appointmentModes,
    figures.appointments.map(({ month, mode, came }) => ({ day: month, code: mode, people: came })),
    before.appointments.map(({ month, mode, came }) => ({ day: month, code: mode, people: came })),
    year,
  ),
];

interface Line {
  readonly day: Temporal.PlainDate;
  readonly code: string;
  readonly people: number;
}

type Words = readonly { readonly code: string; readonly label: string }[];

const quarters = ['1er trimestre', '2e trimestre', '3e trimestre', '4e trimestre'];

const nothing = (title: string, year: number): ReportPart => ({
  title,
  words: `Rien n’a été noté en ${year} : ce bilan n’en dit rien.`,
});

/** People by answer and quarter, with totals; and the totals of the year before, where there are some. */
const byQuarter = (
  title: string,
  words: string,
  labels: Words,
  lines: readonly Line[],
  before: readonly Line[],
  year: number,
): ReportPart => {
  const now = hiddenTable(lines);
  if (now.codes.length === 0) return nothing(title, year);
  if (!now.shown) return { title, words: 'Trop peu de personnes pour que ces nombres soient montrés.' };
  const { shown } = now;
  const past = hiddenTable(before);
  const compared = past.shown !== undefined && past.codes.length > 0;
  const known = new Set([...now.codes, ...(compared ? past.codes : [])]);
  const cells = (table: typeof now, code: string): readonly Shown[] =>
    table.shown?.[table.codes.indexOf(code)] ?? table.shown?.[0]?.map(() => 0) ?? [];
  const row = (label: string, own: readonly Shown[], last: Shown | undefined) => ({
    label,
    cells: compared ? [...own, last ?? 0] : own,
  });
  return {
    title,
    words: compared ? words : `${words} L’année ${year - 1} n’a pas été comptée : il n’y a rien à comparer.`,
    table: {
      columns: [...quarters, `Année ${year}`, ...(compared ? [`Année ${year - 1}`] : [])],
      rows: [
        ...labels
          .filter(({ code }) => known.has(code))
          .map(({ code, label }) => row(label, cells(now, code), cells(past, code).at(-1))),
        row('Ensemble', shown.at(-1) ?? [], past.shown?.at(-1)?.at(-1)),
      ],
    },
  };
};

/**
 * People by code and quarter, as it may be shown. The codes are in the order of the alphabet, so that the same year hides
 * the same numbers in the report of the next.
 */
const hiddenTable = (lines: readonly Line[]) => {
  const some = lines.filter(({ people }) => people > 0);
  const codes = [...new Set(some.map(({ code }) => code))].sort();
  const counts = codes.map((code) =>
    quarters.map((_, quarter) =>
      sum(some.filter((line) => line.code === code && Math.floor((line.day.month - 1) / 3) === quarter)),
    ),
  );
  return { codes, shown: publishableTable(counts) };
};

const sum = (lines: readonly { readonly people: number }[]): number =>
  lines.reduce((all, { people }) => all + people, 0);

/** Since when and how often arrivals were counted: a year that began in March is not a small year. */
const coverage = ({ counted }: YearFigures, question: string): string => {
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
const arrivals = (
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
      : { title, words: 'Trop peu de personnes pour que ces nombres soient montrés.' };
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

/** Dates that took place, by kind and quarter. They are no people: nothing is hidden. */
const held = (figures: YearFigures, before: YearFigures, year: number): ReportPart => {
  const title = 'Rendez-vous collectifs tenus';
  if (figures.dates.length === 0) return nothing(title, year);
  const counts = (dates: YearFigures['dates']): number[] => [
    ...quarters.map((_, at) => dates.filter(({ day }) => Math.floor((day.month - 1) / 3) === at).length),
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
