import { error, fail, redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { respite } from '#messages/fr/respite.ts';
import { dayWords } from '#modules/directory/index.ts';
import { childrenInWords, partInWords } from '#modules/respite/index.ts';
import { answerSitting, leaveVolunteers, nowAt, readSitting, reportSitting } from '#modules/respite/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';

const words = respite.sitting.page;

interface Visit {
  readonly params: { readonly token: string };
  readonly locals: App.Locals;
}

export const load = async ({ params, locals, url, setHeaders }) => {
  // The word of the address opens this page: it stays in no shared memory, and goes to no other site (see `securityHeaders`).
  setHeaders({ 'cache-control': 'private, no-store' });
  const seen = url.searchParams.has('retire') ? undefined : await readSitting(locals.context, params.token);
  if (!seen) {
    if (url.searchParams.has('retire')) return { words, left: true };
    error(404);
  }
  const { side, organisation, answering, request } = seen;
  const readers = new Intl.ListFormat('fr').format([organisation, ...(answering ? [answering] : [])]);
  return {
    ...{ words, left: false, side, organisation },
    said: url.searchParams.has('envoye')
      ? fill(words.report.sent, { readers })
      : url.searchParams.has('note')
        ? words.done
        : undefined,
    report: fill(words.report.text, { readers }),
    request: request && shown(locals, request, side),
  };
};

type Seen = NonNullable<Awaited<ReturnType<typeof readSitting>>>;

const shown = (
  { context }: App.Locals,
  { status, insee, day, part, children, ages, other = '', contact }: NonNullable<Seen['request']>,
  side: Seen['side'],
) => {
  const today = nowAt(context, insee).toPlainDate();
  const mine = side === 'parent' ? 'parentAgreed' : 'volunteerAgreed';
  const open = status === 'proposed' || status === 'parentAgreed' || status === 'volunteerAgreed';
  const sentence =
    status === 'agreed' || status === 'waiting' || status === 'closed'
      ? words.status[status]
      : status === mine
        ? words.status.answered
        : side === 'parent'
          ? words.status.proposedToParent
          : words.status.proposedToVolunteer;
  return {
    status: fill(sentence, { other }),
    facts: [
      { term: words.when, text: `${dayWords(day, today)}, ${partInWords(part)}` },
      { term: words.where, text: context.indexes.get(territoryIndex).commune(insee)?.name ?? '' },
      { term: words.children, text: childrenInWords({ children, ages }) },
    ],
    contact,
    ends: status !== 'closed',
    agrees: open && status !== mine,
    declines: open || status === 'agreed' ? (status === 'agreed' ? words.cannot : words.decline) : undefined,
  };
};

const answer =
  (order: 'agree' | 'decline' | 'close') =>
  async ({ params, locals }: Visit) => {
    const done = await answerSitting(locals.context, params.token, order, originOf(locals));
    if (!done.ok) return fail(409, { message: done.error.message });
    redirect(303, `/souffler/garde/${params.token}?note`);
  };

/** The page was reached by a link: the site knew its address then. */
const originOf = (locals: App.Locals): string => locals.publicOrigin ?? error(503);

export const actions = {
  oui: answer('agree'),
  non: answer('decline'),
  annuler: answer('close'),
  retirer: async ({ params, locals }: Visit) => {
    const done = await leaveVolunteers(locals.context, params.token, originOf(locals));
    if (!done.ok) return fail(409, { message: done.error.message });
    redirect(303, `/souffler/garde/${params.token}?retire`);
  },
  signaler: async ({ params, locals, request, getClientAddress }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const limit = await locals.house.limits.form('sitting-report', getClientAddress());
    const typed = String(form.get('words') ?? '');
    if (!limit.allowed) return fail(429, { message: respite.sitting.ask.tooMany, typed });
    const done = await reportSitting(locals.context, params.token, typed, originOf(locals));
    if (!done.ok) return fail(400, { message: done.error.message, typed });
    redirect(303, `/souffler/garde/${params.token}?envoye`);
  },
};
