import { error } from '@sveltejs/kit';
import { editions, frameOfEdition, nationalEvaluation } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** What the projects of the edition that the address asks for come to, for who follows calls for the ministry. */
export const loadEvaluation = async (locals: App.Locals, url: URL) => {
  const context = requirePerson(locals.context, url);
  const asked = url.searchParams.get('edition');
  const edition = editions().find((one) => one === asked) ?? editions()[0] ?? '';
  const found = await nationalEvaluation(context, edition);
  if (!found) error(404, 'Cette page n’est pas pour vous.');
  const axes = frameOfEdition(edition)?.axes ?? [];
  const axisWords = (axis: number | null): string =>
    axis === null
      ? 'Sans axe'
      : [axis, axes.find(({ number }) => number === axis)?.short].filter((part) => part !== undefined).join('. ');
  return { context, edition, found, axisWords };
};
