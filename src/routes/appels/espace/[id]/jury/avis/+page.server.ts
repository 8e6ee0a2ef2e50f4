import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { applicationParts, opinionViews, partTitles } from '#modules/calls/index.ts';
import {
  askOpinion,
  endOpinion,
  opinionsView,
  ownOpinions,
  remindOpinions,
  titleOfCall,
} from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import { act, goTo, mayWrite, type Sent } from '../../../act.ts';
import { opinionWords } from './words.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await opinionsView(context, params.id);
  const own = await ownOpinions(context, params.id);
  const title = await titleOfCall(context, params.id);
  const mine = own.map(({ id, status, lastDay }) => ({
    href: `/appels/espace/${params.id}/jury/avis/${id}`,
    title: `Un avis pour le ${formatDay('fr', lastDay)}`,
    detail: opinionWords[status],
  }));
  const base = { id: params.id, title, here: 'Les avis', mine, done: url.searchParams.get('fait') };
  const closed = { ...base, leads: false, files: [], opinions: [], views: [], parts: [] };
  if (!view.access.open) {
    if (view.access.because === 'stranger') error(404, 'Cet appel n’existe pas, ou n’est pas ouvert pour vous.');
    return { ...closed, because: view.access.because };
  }
  if (!('files' in view)) return { ...closed, because: undefined };
  return {
    ...{ ...base, because: undefined, leads: true },
    files: view.files.map(({ id, number, title: project }) => ({ value: id, label: `N° ${number} · ${project}` })),
    opinions: view.opinions.map(({ lastDay, reminded_at, status, shown, ...one }) => ({
      ...{
        ...one,
        due: formatDay('fr', lastDay),
        reminded: reminded_at !== null,
        said: opinionWords[status],
        shown: opinionViews[shown],
      },
      waits: status === 'asked' || status === 'accepted',
    })),
    views: Object.entries(opinionViews).map(([value, label]) => ({ value, label })),
    parts: applicationParts.map((part) => ({ value: part, label: partTitles[part] })),
  };
};

const idOf = ({ params }: Sent): string => params.id ?? '';
const here = (sent: Sent, done: string): string => `/appels/espace/${idOf(sent)}/jury/avis?fait=${done}`;

export const actions = {
  solliciter: act('solliciter', async (sent) => {
    const { text, form, origin, limits } = sent;
    const due = readDate(datePartsOf(form, 'due'), 'due');
    if (!due.ok) return due;
    const free = await mayWrite(limits, text('email'));
    if (!free.ok) return free;
    const asked = {
      ...{ application: text('application'), email: text('email'), shown: text('shown'), due: due.value, origin },
      ...{ parts: form.getAll('parts').map(String), confidential: text('confidential') === 'on' },
      questions: text('questions'),
    };
    return goTo(await askOpinion(sent.context, idOf(sent), asked), here(sent, 'solliciter'));
  }),
  relancer: act('relancer', async (sent) => {
    const written = await remindOpinions(sent.context, idOf(sent), sent.origin);
    return goTo(written, here(sent, written.ok && written.value === 0 ? 'personne' : 'relancer'));
  }),
  renoncer: act('renoncer', async (sent) =>
    goTo(await endOpinion(sent.context, sent.text('opinion'), 'withdraw', sent.text('reason')), here(sent, 'renoncer')),
  ),
};
