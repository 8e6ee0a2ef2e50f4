import { deadlineWords } from '#modules/calls/index.ts';
import { callsOf, newsOf, ownFiles, placeOf } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { newsSaid } from './news.ts';
import { fileLine } from './words.ts';

/** All that the person signs, writes or reads, call by call: the call whose deposit closes first comes first. */
export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const files = await ownFiles(context);
  const calls = await callsOf(
    context,
    files.map(({ call }) => call),
  );
  const now = context.clock.now().toString();
  const found = [...calls];
  const news = await newsOf(
    context,
    found.map(([, { call }]) => call),
  );
  const newsById = new Map(found.map(([id], at) => [id, news[at]]));
  const groups = [...Map.groupBy(files, ({ call }) => call)].flatMap(([id, some]) => {
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
        rows: some.map((file) => ({
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
    calls: [
      ...opened.toSorted((a, b) => Temporal.Instant.compare(a.closesAt, b.closesAt)),
      ...closed.toSorted((a, b) => Temporal.Instant.compare(b.closesAt, a.closesAt)),
    ],
  };
};
