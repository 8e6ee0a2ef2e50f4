import { error } from '@sveltejs/kit';
import { prioritiesOfAxes } from '#modules/calls/index.ts';
import {
  frameOfEdition,
  projectView,
  proposeShowcase,
  publishShowcase,
  showcasePlaces,
  withdrawShowcase,
} from '#modules/calls/server/index.ts';
import { priorityNumbers } from '#modules/priorities/index.ts';
import { priorityOf } from '#modules/priorities/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { oneLine } from '#platform/text.ts';
import { act, goTo, type Sent } from '../../../../act.ts';
import { projectData } from '../../project-data.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await organised(context, params);
  const { application, call } = view;
  const { showcase } = projectData(view);
  const frame = frameOfEdition(call.frame.edition);
  const axes = (frame?.axes ?? []).filter(({ number }) => application.axes.includes(number));
  const proposed = frame ? prioritiesOfAxes(frame, application.axes) : [];
  const places = showcasePlaces(context, application.territories);
  return {
    ...{ here: 'La bibliothèque', title: application.title, showcase, done: url.searchParams.get('fait') },
    back: `/appels/espace/${params.id}/suivi/${params.application}`,
    trail: [
      { href: `/appels/espace/${params.id}/suivi`, label: 'Suivi' },
      { href: `/appels/espace/${params.id}/suivi/${params.application}`, label: application.title },
    ],
    axes: axes.map(({ number, short }) => ({ value: String(number), label: `${number}. ${short}` })),
    places: places.map(({ scope, name }) => ({ value: scope, label: name })),
    priorities: priorityNumbers.map((number) => ({
      ...{ value: String(number), label: `${number}. ${priorityOf(number).title}` },
    })),
    fromFrame: proposed.length > 0,
    before: {
      ...{ title: showcase.text?.title ?? application.title.slice(0, 90), name: showcase.text?.name ?? '' },
      ...{ holder: showcase.text?.holder ?? application.holder, summary: showcase.text?.summary ?? '' },
      axis: String(showcase.text?.axis ?? axes[0]?.number ?? ''),
      priorities: (showcase.text?.priorities ?? proposed).map(String),
      place: showcase.text?.place ?? places[0]?.scope ?? '',
    },
  };
};

const organised = async (context: PersonContext, params: { readonly [name: string]: string }) => {
  const view = await projectView(context, params.application ?? '');
  if (view?.role !== 'organiser' || view.application.call !== params.id)
    error(404, 'Ce suivi n’existe pas, ou n’est pas pour vous.');
  return view;
};

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/${params.id}/suivi/${params.application}/vitrine?fait=${done}`;

export const actions = {
  ecrire: act('ecrire', async (sent) => {
    const { context, params, text, form } = sent;
    const { application, call } = await organised(context, params);
    const frame = frameOfEdition(call.frame.edition);
    const axis = frame?.axes.find(({ number }) => String(number) === text('axis'));
    const places = showcasePlaces(context, application.territories);
    const place = places.find(({ scope }) => scope === text('place'));
    const said = {
      ...{ title: oneLine(text('title')), name: oneLine(text('name')), holder: oneLine(text('holder')) },
      ...{ summary: oneLine(text('summary')), axis: axis?.number ?? null, axis_words: axis?.short ?? '' },
      priorities: form.getAll('priorities').map(Number),
      proposed: form.get('confirmed') !== 'on' && form.get('from_frame') === 'on',
      place: place?.scope ?? '',
      regions: [...new Set(places.flatMap(({ regions }) => regions))],
      departements: [...new Set(places.flatMap(({ departements }) => departements))],
    };
    return goTo(await proposeShowcase(context, application.id, said), here(sent, 'propose'));
  }),
  publier: act('publier', async (sent) =>
    goTo(await publishShowcase(sent.context, sent.params.application ?? ''), here(sent, 'publie')),
  ),
  annuler: act('annuler', async (sent) =>
    goTo(await withdrawShowcase(sent.context, sent.params.application ?? ''), here(sent, 'retire')),
  ),
};
