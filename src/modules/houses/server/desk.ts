import { dayAt, todayIn } from '#platform/clock.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type CountedQuestion, questionsWith } from '../counter.ts';
import { countedBetween } from './counter.ts';
import { ownHouse, type Site } from './houses.ts';
import { partnersOf } from './partners.ts';

/** The welcome desk of a site: what may be counted there, and what was today. `answers`: today’s, by question and code. */
export interface Desk {
  readonly house: string;
  readonly sites: readonly Site[];
  readonly site: Site;
  readonly questions: readonly CountedQuestion[];
  readonly today: ReadonlyMap<string, number>;
}

/** The desk of a site of the Maison, of the first when none is asked; nothing for who is not of its team. */
export const readDesk = async (
  context: PersonContext,
  registration: string,
  site: string | null,
): Promise<Desk | undefined> => {
  const house = await ownHouse(context, registration, 'welcome');
  const here = house?.sites.find(({ id }) => id === site) ?? house?.sites[0];
  if (!house || !here) return undefined;
  const today = todayIn(context.clock, here.timeZone);
  const counted = await countedBetween(context, [here.id], today, today);
  const byAnswer = new Map<string, number>();
  for (const { question, answer, taps } of counted) {
    const name = `${question}/${answer}`;
    byAnswer.set(name, (byAnswer.get(name) ?? 0) + taps);
  }
  return {
    ...{ house: house.name, sites: house.sites, site: here, today: byAnswer },
    questions: questionsWith(await partnersOf(context, house.id)),
  };
};

/** What was counted in a month, for the team: these numbers are exact, and not to be published. */
export const readAttendanceOfMonth = async (
  context: PersonContext,
  registration: string,
  asked: { readonly site: string | null; readonly month: string | null },
) => {
  const house = await ownHouse(context, registration, 'welcome');
  const [first] = house?.sites ?? [];
  if (!house || !first) return undefined;
  const site = house.sites.find(({ id }) => id === asked.site);
  const today = dayAt(context.clock.now(), (site ?? first).timeZone);
  const month = readMonth(asked.month) ?? today.toPlainYearMonth();
  const from = month.toPlainDate({ day: 1 });
  const counted = await countedBetween(
    context,
    (site ? [site] : house.sites).map(({ id }) => id),
    from,
    from.add({ months: 1 }).subtract({ days: 1 }),
  );
  return {
    ...{ house: house.name, sites: house.sites, site, month, today, counted },
    questions: questionsWith(await partnersOf(context, house.id, { ended: true })),
  };
};

const readMonth = (typed: string | null): Temporal.PlainYearMonth | undefined => {
  const [, year, month] = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(typed ?? '') ?? [];
  return year && month ? Temporal.PlainYearMonth.from(`${year}-${month}`) : undefined;
};
