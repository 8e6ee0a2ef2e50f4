import { error } from '@sveltejs/kit';
import { type Initiative, similarProjects, sourceDocuments } from '#modules/initiatives/index.ts';
import { callsInWords, catalogue, projectCards, territoryLinks, whereOf } from '#modules/initiatives/server/index.ts';
import { findTheme } from '#modules/priorities/index.ts';
import { allPriorities, priorityOf } from '#modules/priorities/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ locals, params, url }) => {
  const all = catalogue(locals.context);
  const entry = all.bySlug.get(params.slug);
  if (!entry) error(404, 'Ce projet n’existe pas, ou plus.');
  const { initiative } = entry;
  const similar = similarProjects(
    initiative,
    all.entries.map((other) => other.initiative),
  ).flatMap(({ slug }) => all.bySlug.get(slug) ?? []);
  return unsent({
    title: initiative.title,
    name: initiative.name === initiative.title ? undefined : initiative.name,
    summary: initiative.summary,
    holder: initiative.holder,
    where: whereOf(all.territories, entry),
    territories: territoryLinks(all.territories, entry),
    calls: callsInWords(entry),
    priorities: initiative.priorities.map((number) => ({
      number,
      title: priorityOf(number).title,
      themes: initiative.themes.flatMap((slug) => {
        const found = findTheme(allPriorities(), slug);
        return found?.priority.number === number ? [{ slug, title: found.theme.title }] : [];
      }),
    })),
    notes: initiative.notes.map(({ text }) => text),
    source: sourceInWords(initiative.source),
    ...{ slug: initiative.slug, axis: initiative.source.axis, proposed: initiative.source.proposed === true },
    // Only a laureate’s holder agreed to these words: those of the documents are ours.
    agreed: initiative.origin === 'appel',
    chosenIn: [...(initiative.chosenIn ?? [])],
    similar: projectCards(all, similar),
    address: url.origin + url.pathname,
  });
};

/** Where the project is told, when, and the place in the spelling of the source. */
const sourceInWords = ({ document, region, place }: Initiative['source']): string => {
  const known = sourceDocuments[document];
  const published = [region, place].filter(Boolean).join(', ');
  const cited = known ? `${known.title} (${known.date})` : document;
  return published === '' ? `${cited}.` : `${cited}. Lieu tel que publié : ${published}.`;
};
