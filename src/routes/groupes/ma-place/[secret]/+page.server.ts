import { error, fail, redirect } from '@sveltejs/kit';
import { count, fill } from '#messages/format.ts';
import { groups } from '#messages/fr/groups.ts';
import { monthInWords } from '#modules/groups/index.ts';
import { confirmWish, leaveGroup, openTeamsFor, readSeat, reportGroup } from '#modules/groups/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { unsent } from '#platform/unsent.ts';
import { whereWords } from '../../where-words.ts';

const words = groups.own;

export const load = async ({ params, locals, url, setHeaders }) => {
  // The word of the address opens this page: it stays in no shared memory.
  setHeaders({ 'cache-control': 'private, no-store' });
  const { context } = locals;
  const seat = await readSeat(context, params.secret);
  if (!seat) {
    const title = url.searchParams.has('parti') ? words.left.title : words.gone;
    return unsent({ words, title, seat: undefined });
  }
  const { insee, month, name, status, group } = seat;
  const answers = group?.answers ?? words.report.nobody;
  const said = url.searchParams.has('note')
    ? words.confirmed
    : url.searchParams.has('transmis')
      ? fill(words.report.sent, { who: answers })
      : undefined;
  return unsent({
    words,
    title: group ? words.member : words.title,
    seat: {
      ...{ id: seat.id, said, asked: status === 'asked' },
      facts: [
        { term: words.facts.month, detail: monthInWords(month) },
        { term: words.facts.where, detail: context.indexes.get(territoryIndex).commune(insee)?.name ?? '' },
        { term: words.facts.name, detail: name },
        ...(group
          ? [
              { term: words.facts.team, detail: group.name },
              { term: words.facts.count, detail: count('fr', words.families, group.count) },
            ]
          : []),
      ],
      waiting: seat.waiting && (await waitingWords(context, insee, seat.waiting)),
      group: group && {
        words: group.words,
        dates: group.dates,
        messages: group.messages.map(({ id, text }) => ({ id, text })),
        report: fill(words.report.text, { who: answers }),
      },
    },
  });
};

/** How many wait, where, and who could animate; never a promise. */
const waitingWords = async (
  context: App.Locals['context'],
  insee: string,
  { count: families, scope }: { readonly count: number; readonly scope: string },
): Promise<readonly string[]> => {
  const teams = (await openTeamsFor(context, insee)).filter(({ births }) => births).map(({ name }) => name);
  return [
    fill(words.waiting, {
      families: count('fr', words.waitingFamilies, families),
      where: whereWords(context, scope),
    }),
    teams.length === 0
      ? words.nobody
      : fill(words.somebody, { teams: new Intl.ListFormat('fr', { type: 'disjunction' }).format(teams) }),
    words.noPromise,
  ];
};

export const actions = {
  confirmer: async ({ params, locals }) => {
    const done = await confirmWish(locals.context, params.secret, locals.publicOrigin ?? error(503));
    if (!done.ok) return fail(409, { message: done.error.message });
    redirect(303, `/groupes/ma-place/${params.secret}?note`);
  },
  partir: async ({ params, locals }) => {
    await leaveGroup(locals.context, params.secret);
    redirect(303, `/groupes/ma-place/${params.secret}?parti`);
  },
  signaler: async ({ params, locals, request, getClientAddress }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const typed = String(form.get('words') ?? '');
    const limit = await locals.house.limits.form('group-report', getClientAddress());
    if (!limit.allowed) return fail(429, { message: groups.ask.tooMany, typed });
    const done = await reportGroup(locals.context, params.secret, typed, locals.publicOrigin ?? error(503));
    if (!done.ok) return fail(400, { message: done.error.message, typed });
    redirect(303, `/groupes/ma-place/${params.secret}?transmis`);
  },
};
