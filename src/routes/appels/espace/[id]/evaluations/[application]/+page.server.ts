import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { declineReasons, formatCents, type Marks } from '#modules/calls/index.ts';
import {
  declineEvaluation,
  evaluationView,
  fileAccess,
  reopenEvaluation,
  saveEvaluation,
  submitEvaluation,
} from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { act, goTo, type Sent } from '../../../act.ts';
import { evaluationWords } from '../average.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const { id, application } = params;
  const access = await fileAccess(context, id);
  const base = { id, application, here: 'Évaluer', trail: trailOf(id), done: url.searchParams.get('fait') };
  if (!access.open) {
    if (access.because === 'stranger') error(404, nothing);
    return { ...base, because: access.because, view: undefined };
  }
  const view = await evaluationView(context, id, application);
  if (!view) error(404, nothing);
  const { file, criteria, own, others, opinions } = view;
  return {
    ...{ ...base, because: undefined },
    view: {
      ...{ number: file.number, title: file.title, holder: file.holder, asked: formatCents(file.asked_cents) },
      ...{ criteria, most: view.most, visible: view.visible, open: view.open, reopens: view.reopens && view.open },
      own: own && { ...own, said: evaluationWords[own.status as keyof typeof evaluationWords] },
      others: others.map(({ declined, status, ...one }) => ({
        ...{ ...one, status, said: evaluationWords[status as keyof typeof evaluationWords] },
        declined: declined ? declineReasons[declined] : undefined,
      })),
      opinions: opinions.map(({ lastDay, ...one }) => ({ ...one, due: formatDay('fr', lastDay) })),
      reasons: Object.entries(declineReasons).map(([value, label]) => ({ value, label })),
    },
  };
};

const nothing = 'Cette candidature n’existe pas, ou n’est pas ouverte pour vous.';
const trailOf = (id: string) => [{ href: `/appels/espace/${id}/evaluations`, label: 'Les évaluations' }];
const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/${params.id}/evaluations/${params.application}?fait=${done}`;

/** The marks of the form, criterion by criterion; a field left empty is no mark, another thing than a number is out of the grid. */
const marksOf = ({ form, text }: Sent): Marks => {
  const rows = [...form.keys()].filter((name) => name.startsWith('words-')).length;
  return {
    criteria: Array.from({ length: Math.min(rows, 60) }, (_, at) => {
      const typed = text(`points-${at}`).trim();
      const points = typed === '' ? null : /^\d{1,4}$/.test(typed) ? Number(typed) : -1;
      return { points, words: typedText(text(`words-${at}`)).slice(0, 5_000) };
    }),
    conclusion: typedText(text('conclusion')).slice(0, 5_000),
  };
};

export const actions = {
  ecrire: act('ecrire', async (sent) =>
    goTo(await saveEvaluation(sent.context, sent.text('evaluation'), marksOf(sent)), here(sent, 'ecrire')),
  ),
  remettre: act('remettre', async (sent) =>
    goTo(await submitEvaluation(sent.context, sent.text('evaluation'), marksOf(sent)), here(sent, 'remettre')),
  ),
  rendre: act('rendre', async (sent) => {
    const said = { declined: sent.text('declined'), reason: sent.text('reason') };
    const done = await declineEvaluation(sent.context, sent.text('evaluation'), said);
    return goTo(done, `/appels/espace/${sent.params.id}/evaluations`);
  }),
  rouvrir: act('rouvrir', async (sent) =>
    goTo(await reopenEvaluation(sent.context, sent.text('evaluation'), sent.text('reason')), here(sent, 'rouvrir')),
  ),
};
