import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type CountedQuestion, questionsWith } from '../counter.ts';
import { reportParts } from '../report.ts';
import type { ReportPart } from '../report-part.ts';
import { mayReport } from '../report-years.ts';
import type { YearFigures } from '../year-figures.ts';
import { countedBetween } from './counter.ts';
import { ownHouse } from './houses.ts';
import { partnersOf } from './partners.ts';
import './counter-tables.ts';
import './tables.ts';

/** The report of a Maison for a year that is over. */
export interface Report {
  readonly house: string;
  readonly year: number;
  readonly parts: readonly ReportPart[];
}

/** The report of a year, for the team; nothing for anybody else, and before it may be made. */
export const readReport = async (
  context: PersonContext,
  registration: string,
  year: number,
  today: Temporal.PlainDate,
): Promise<Report | undefined> => {
  const house = await ownHouse(context, registration, 'welcome');
  if (!house || !mayReport(year, today) || year < 2000) return undefined;
  const questions = await ownQuestions(context, house.id);
  const sites = await context.db
    .selectFrom('house_site')
    .select(['id', 'name'])
    .where('house', '=', house.id)
    .orderBy('position')
    .execute();
  const [figures, before] = [
    await yearFigures(context, house.id, sites, year),
    await yearFigures(context, house.id, sites, year - 1),
  ];
  return { house: house.name, year, parts: reportParts(figures, before, { year, questions, sites }) };
};

/** The questions of the welcome desk of a house, with the partners of before, whose figures stay. */
export const ownQuestions = async (context: PersonContext, house: string): Promise<readonly CountedQuestion[]> =>
  questionsWith(await partnersOf(context, house, { ended: true }));

const yearFigures = async (
  context: PersonContext,
  house: string,
  sites: readonly { readonly id: string }[],
  year: number,
): Promise<YearFigures> => {
  const [from, to] = [new Temporal.PlainDate(year, 1, 1), new Temporal.PlainDate(year, 12, 31)];
  const ids = sites.map(({ id }) => id);
  const dates = await context.db
    .selectFrom('house_date_count')
    .select(['day', 'kind', 'booked', 'came'])
    .where('house', '=', house)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute();
  const appointments =
    ids.length === 0
      ? []
      : await context.db
          .selectFrom('house_appointment_count')
          .select(['month', 'mode', 'booked', 'came'])
          .where('site', 'in', ids)
          .where('month', '>=', from)
          .where('month', '<=', to)
          .execute();
  return { counted: await countedBetween(context, ids, from, to), dates, appointments };
};
