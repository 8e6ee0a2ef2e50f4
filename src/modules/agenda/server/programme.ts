import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { fitting } from '../programme-sheet.ts';
import { cardOf, readAddress } from './agenda-view.ts';
import { findEvents } from './find-events.ts';
import { readEvents } from './read-events.ts';

/** More dates than any sheet holds. */
const MOST = 80;

/**
 * The programme of a month on one sheet: the list of the page’s address, day by day. `mois`: `2026-12`, this month unless
 * said; `format`: `a3` for a poster. `rest`: how many dates did not fit.
 */
export const programmeView = async (context: Context, given: URLSearchParams) => {
  const { request, asked, territory, zone, texts } = readAddress(context.indexes.get(territoryIndex), given);
  const today = todayIn(context.clock, zone);
  const first = monthAsked(given.get('mois'), today);
  const last = first.add({ months: 1 }).subtract({ days: 1 });
  const format = given.get('format') === 'a3' ? 'a3' : 'a4';
  const { when: _, after: __, ...where } = request;
  const found = findEvents(context, { ...where, when: { from: first, to: last, label: '' }, limit: MOST });
  const hits = found.ok ? found.value.hits : [];
  const events = await readEvents(
    context,
    hits.map(({ occurrence }) => occurrence),
  );
  const cards = events.map(cardOf);
  const shown = cards.slice(
    0,
    fitting(
      cards.map(({ day, hours, title, where, organiser }) => ({
        day,
        what: `${hours} · ${title}`,
        where: `${where} · ${organiser}`,
      })),
    ),
  );
  const addressOf = (changes: Readonly<Record<string, string>>): string => {
    const { quand: ___, ...kept } = texts;
    const query = { ...kept, mois: first.toString().slice(0, 7), format, ...changes };
    return `/agenda/programme?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))}`;
  };
  return {
    month: months.format(first.toZonedDateTime('UTC').epochMilliseconds),
    where: asked.state === 'found' ? asked.commune.name : (territory?.name ?? ''),
    format,
    days: [...Map.groupBy(shown, ({ day }) => day)].map(([day, own]) => ({
      ...{ day, title: own[0]?.dayWords ?? day, cards: own },
    })),
    rest: (found.ok ? found.value.total : 0) - shown.length,
    otherFormat: addressOf({ format: format === 'a3' ? 'a4' : 'a3' }),
    previous:
      Temporal.PlainDate.compare(first, today) > 0
        ? addressOf({ mois: first.subtract({ months: 1 }).toString().slice(0, 7) })
        : undefined,
    next: addressOf({ mois: first.add({ months: 1 }).toString().slice(0, 7) }),
    back: `/agenda?${new URLSearchParams(texts)}`,
  };
};

const months = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });

const monthAsked = (text: string | null, today: Temporal.PlainDate): Temporal.PlainDate => {
  const [, year, month] = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(text ?? '') ?? [];
  return year && month
    ? Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: 1 })
    : today.with({ day: 1 });
};
