import { deadlineWords } from '#modules/calls/index.ts';
import { callsOf, filesOfMyStructures, newsOf, ownFiles, placeOf } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { newsSaid } from './news.ts';
import { fileLine, structureLine } from './words.ts';

/**
 * All that the person signs, writes or reads, call by call, and a line for each other file of their structures: the call whose deposit
 * closes first comes first.
 */
export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const [files, others] = await Promise.all([ownFiles(context), filesOfMyStructures(context)]);
  const ids = [...files, ...others].map(({ call }) => call);
  const calls = await callsOf(context, ids);
  const now = context.clock.now().toString();
  const found = [...calls];
  const news = await newsOf(
    context,
    found.map(([, { call }]) => call),
  );
  const newsById = new Map(found.map(([id], at) => [id, news[at]]));
  const groups = [...new Set(ids)].flatMap((id) => {
    const known = calls.get(id);
    const calendar = known?.call.calendar;
    if (!known || !calendar) return [];
    const cancelled = known.call.status === 'cancelled';
    const open = !cancelled && Temporal.Instant.compare(calendar.closesAt, now) > 0;
    const told = newsById.get(id);
    const { locative } = placeOf(context, known.call.territory);
    return [
      {
        ...{ id, title: known.title, slug: known.call.slug, open, closesAt: calendar.closesAt },
        // A cancelled call closes no more: its deadline would mislead.
        closes: cancelled ? undefined : deadlineWords(calendar.closesAt, calendar.zone, locative),
        news: told && (open || cancelled) ? newsSaid(told) : undefined,
        structure: others.filter(({ call }) => call === id).map(structureLine),
        rows: files
          .filter(({ call }) => call === id)
          .map((file) => ({
            href: `/appels/espace/candidatures/${file.id}`,
            title: file.title || 'Sans titre pour l’instant',
            detail: fileLine(file),
            ...(open && file.status === 'draft' ? { mark: { text: 'Non déposée', tone: 'apricot' as const } } : {}),
          })),
      },
    ];
  });
  const [opened, closed] = [groups.filter(({ open }) => open), groups.filter(({ open }) => !open)];
  return {
    here: 'Mes candidatures',
    owns: files.length > 0,
    calls: [
      ...opened.toSorted((a, b) => Temporal.Instant.compare(a.closesAt, b.closesAt)),
      ...closed.toSorted((a, b) => Temporal.Instant.compare(b.closesAt, a.closesAt)),
    ],
  };
};
