import { error } from '@sveltejs/kit';
import { deadlineWords } from '#modules/calls/index.ts';
import { currentFrame, holderOf, openCalls, placeOf, remake } from '#modules/calls/server/index.ts';
import { catalogue } from '#modules/initiatives/server/index.ts';
import { act, goTo } from '../../../appels/espace/act.ts';

export const load = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { context } = locals;
  const entry = catalogue(context).bySlug.get(params.slug);
  if (!entry) error(404, 'Ce projet n’existe pas, ou plus.');
  const { initiative } = entry;
  const holder = await holderOf(context, params.slug);
  return {
    ...{ slug: params.slug, title: initiative.title, holder: initiative.holder },
    write: holder && { href: `/professionnels/espace/ecrire/${holder.id}`, name: holder.name },
    organisers: (initiative.chosenIn ?? []).map(({ title, path }) => ({ title, path })),
    ministry: currentFrame().ministry.address,
    applied: initiative.chosenIn !== undefined,
    calls: (await openCalls(context)).map(({ id, call, title }) => ({
      ...{ id, title, href: `/appels/${call.slug}` },
      closes: call.calendar
        ? deadlineWords(call.calendar.closesAt, call.calendar.zone, placeOf(context, call.territory).locative)
        : '',
    })),
  };
};

export const actions = {
  commencer: act('commencer', async ({ context, params, text }) => {
    const started = await remake(context, params.slug ?? '', text('call'));
    return goTo(started, started.ok ? `/appels/espace/candidatures/${started.value}` : '');
  }),
};
