import { error } from '@sveltejs/kit';
import { deadlineWords, partTitles, secondWords } from '#modules/calls/index.ts';
import { completeApplication, depositApplication, depositView } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo } from '../../../act.ts';
import { fileWords, kindWords } from '../../words.ts';
import { askedWords } from '../asked.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await depositView(context, params.id);
  if (!view?.call.calendar) error(404, 'Cette candidature n’existe pas, ou n’est pas ouverte à votre adresse.');
  const { row, role, words, now, parts, refusals, completions } = view;
  const { zone, closesAt } = view.call.calendar;
  const own = `/appels/espace/candidatures/${params.id}`;
  const said = (instant: string): string => secondWords(instant, zone, words.where.locative);
  const asked = completions.find(({ id }) => id === row.state.completion?.id);
  return {
    ...{ here: 'Déposer', id: params.id, status: row.status, statusSaid: fileWords[row.status], role },
    trail: [
      { href: '/appels/espace/candidatures', label: 'Mes candidatures' },
      { href: own, label: row.title || 'Candidature' },
    ],
    ...{ title: row.title || 'Sans titre pour l’instant', kindSaid: kindWords[row.kind], number: view.number },
    ...{ call: words.title, slug: view.call.slug, parts },
    clock: said(now.toString()),
    closes: view.call.status === 'cancelled' ? undefined : deadlineWords(closesAt, zone, words.where.locative),
    asked: asked && askedWords(asked, { zone, place: words.where.locative, now }),
    refusals: refusals.map(({ part, field = '', message, rule }) => ({
      ...{ message, rule, part: part === 'call' ? 'L’appel' : partTitles[part] },
      href: part === 'call' ? undefined : `${own}/${part === 'attachments' ? 'pieces' : part}#${field}`,
    })),
  };
};

export const actions = {
  deposer: act('deposer', async ({ context, params: { id = '' }, origin, receivedAt }) =>
    goTo(
      await depositApplication(context, id, { origin, receivedAt }),
      `/appels/espace/candidatures/${id}/recepisse?fait=deposer`,
    ),
  ),
  completer: act('completer', async ({ context, params: { id = '' }, origin, receivedAt }) =>
    goTo(
      await completeApplication(context, id, { origin, receivedAt }),
      `/appels/espace/candidatures/${id}/recepisse?fait=completer`,
    ),
  ),
};
