import { error, redirect } from '@sveltejs/kit';
import { catalogue, countOfProjects, projectCards } from '#modules/initiatives/server/index.ts';
import { priorityParameter } from '#modules/priorities/index.ts';
import { allPriorities, priorityOf } from '#modules/priorities/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ locals, params }) => {
  const number = priorityParameter.safeParse(params.number);
  if (!number.success) error(404, 'Il y a dix priorités, de 1 à 10.');
  // `/priorites/03` says the same thing at another address.
  if (params.number !== String(number.data)) redirect(308, `/priorites/${number.data}`);
  const priority = priorityOf(number.data);
  const all = catalogue(locals.context);
  const entries = all.entries.filter(({ initiative }) => initiative.priorities.includes(priority.number));
  return unsent({
    priority,
    count: countOfProjects(entries.length),
    themes: priority.themes.map(({ slug, title }) => ({
      href: `/initiatives?theme=${slug}`,
      title,
      detail: countOfProjects(entries.filter(({ initiative }) => initiative.themes.includes(slug)).length),
    })),
    cards: projectCards(all, entries),
    others: allPriorities().flatMap(({ number: other, title }) =>
      other === priority.number - 1 || other === priority.number + 1
        ? [{ href: `/priorites/${other}`, title: `${other}. ${title}` }]
        : [],
    ),
  });
};
