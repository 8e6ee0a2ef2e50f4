import { error } from '@sveltejs/kit';
import { axesOfPriorities, deadlineWords } from '#modules/calls/index.ts';
import { currentFrame, holderOf, openCalls, placeOf, remake } from '#modules/calls/server/index.ts';
import { catalogue } from '#modules/initiatives/server/index.ts';
import { priorityOf } from '#modules/priorities/server/index.ts';
import type { Listed } from '#modules/professionals/server/index.ts';
import { type DepartementCode, territoryPath } from '#modules/territory/index.ts';
import { act, goTo } from '../../../appels/espace/act.ts';

type Frame = Awaited<ReturnType<typeof openCalls>>[number]['frame'];

export const load = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { context } = locals;
  const entry = catalogue(context).bySlug.get(params.slug);
  if (!entry) error(404, 'Ce projet n’existe pas, ou plus.');
  const { initiative } = entry;
  const { sure, named } = await holderOf(context, params.slug);
  const applied = initiative.chosenIn !== undefined;
  // Structures are searched by name for people of the house, as the pages of territories are for them alone.
  const known = context.actor.kind === 'person';
  return {
    ...{ slug: params.slug, title: initiative.title, holder: initiative.holder },
    ...{ write: sure && lineOf(sure), named: known ? named.map(lineOf) : [], known, applied },
    around: initiative.departements.slice(0, 3).map((code) => ({
      href: `/professionnels${territoryPath({ kind: 'departement', code: code as DepartementCode })}`,
      name: placeOf(context, `departement:${code}`).name,
    })),
    priorities: applied ? [] : initiative.priorities.map((number) => ({ number, title: priorityOf(number).title })),
    organisers: (initiative.chosenIn ?? []).map(({ title, path }) => ({ title, path })),
    ministry: currentFrame().ministry.address,
    calls: (await openCalls(context)).map(({ id, call, title, frame }) => ({
      ...{ id, title, href: `/appels/${call.slug}` },
      axes: applied ? [] : axesToChoose(frame, call.axes, initiative.priorities),
      closes: call.calendar
        ? deadlineWords(call.calendar.closesAt, call.calendar.zone, placeOf(context, call.territory).locative)
        : '',
    })),
  };
};

const lineOf = ({ id, name, what }: Listed) => ({ href: `/professionnels/espace/ecrire/${id}`, name, what });

/** The axes of a call, those that the frame ties to the priorities of the project ticked: proposed, to be checked. */
const axesToChoose = (frame: Frame, axes: readonly number[], priorities: readonly number[]) => {
  const proposed = axesOfPriorities(frame, priorities, axes);
  return frame.axes
    .filter(({ number }) => axes.includes(number))
    .map(({ number, short }) => ({
      ...{ value: String(number), label: `${number}. ${short}`, proposed: proposed.includes(number) },
    }));
};

export const actions = {
  commencer: act('commencer', async ({ context, params, text, form }) => {
    const axes = form.getAll('axes').map(Number);
    const started = await remake(context, params.slug ?? '', text('call'), axes);
    return goTo(started, started.ok ? `/appels/espace/candidatures/${started.value}` : '');
  }),
};
