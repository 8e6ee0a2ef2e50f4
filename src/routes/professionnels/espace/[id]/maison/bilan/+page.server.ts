import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { reportMethod, yearsToReport } from '#modules/houses/index.ts';
import { ownHouse, readReport } from '#modules/houses/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { shownWords } from '#platform/small-numbers.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const house = await ownHouse(context, params.id, 'welcome');
  if (!house) error(404, 'Cette page est pour l’équipe d’une Maison ouverte.');
  const today = todayIn(context.clock, house.sites[0]?.timeZone ?? 'Europe/Paris');
  const { years, next, nextDay } = yearsToReport(today);
  const year = years.find((one) => String(one) === url.searchParams.get('annee')) ?? years[0];
  const report = await readReport(context, params.id, year, today);
  return unsent({
    ...{ here: 'Bilan', id: params.id, house: house.name, year, years, method: reportMethod },
    ...{ next, nextDay: formatDay('fr', nextDay.toString()) },
    parts: (report?.parts ?? []).map(({ title, words, table }) => ({
      ...{ title, words, columns: table?.columns ?? [] },
      rows: (table?.rows ?? []).map(({ label, cells }, id) => ({ id, label, cells: cells.map(shownWords) })),
    })),
  });
};
