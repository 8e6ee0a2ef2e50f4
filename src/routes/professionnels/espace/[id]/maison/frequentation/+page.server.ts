import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { readAttendanceOfMonth } from '#modules/houses/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const site = url.searchParams.get('lieu');
  const asked = { site, month: url.searchParams.get('mois') };
  const found = await readAttendanceOfMonth(context, params.id, asked);
  if (!found) error(404, 'Cette page est pour l’équipe d’une Maison ouverte.');
  const { month, counted, questions, sites, today } = found;
  const linkTo = (to: Temporal.PlainYearMonth): string =>
    `?${new URLSearchParams({ ...(found.site ? { lieu: found.site.id } : {}), mois: to.toString() })}`;
  const sum = (is: (line: (typeof counted)[number]) => boolean): number =>
    counted.filter(is).reduce((all, { taps }) => all + taps, 0);
  const days = [...new Set(counted.map(({ day }) => day.toString()))];
  const arrivals = (day: string | undefined, half?: string): number =>
    sum(
      (line) =>
        line.question === 'who' &&
        (day === undefined || line.day.toString() === day) &&
        (half === undefined || line.half === half),
    );
  const next = month.add({ months: 1 });
  return unsent({
    ...{ here: 'Fréquentation', id: params.id, house: found.house, site: found.site?.id ?? '' },
    monthWords: month.toPlainDate({ day: 1 }).toLocaleString('fr-FR', { month: 'long', year: 'numeric' }),
    before: linkTo(month.subtract({ months: 1 })),
    after: Temporal.PlainYearMonth.compare(next, today.toPlainYearMonth()) <= 0 ? linkTo(next) : undefined,
    sites: sites.map(({ id, name }) => ({
      ...{ id, name },
      href: `?${new URLSearchParams({ lieu: id, mois: month.toString() })}`,
    })),
    allSites: `?${new URLSearchParams({ mois: month.toString() })}`,
    days: days.map((day) => ({
      ...{ id: day, day: formatDay('fr', day), morning: arrivals(day, 'matin') },
      ...{ afternoon: arrivals(day, 'apres-midi'), all: arrivals(day) },
    })),
    total: arrivals(undefined),
    questions: questions.map(({ code, title, answers }) => ({
      ...{ code, title },
      answers: answers
        .map((answer) => ({
          ...{ id: answer.code, label: answer.label },
          number: sum((line) => line.question === code && line.answer === answer.code),
        }))
        .filter(({ number }) => number > 0)
        .sort((a, b) => b.number - a.number),
    })),
  });
};
