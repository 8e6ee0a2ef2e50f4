import { error } from '@sveltejs/kit';
import { deadlineWords, partTitles, secondWords } from '#modules/calls/index.ts';
import { convertLetter, depositedPieces, depositView, withdrawApplication } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo } from '../../../act.ts';
import { fileWords, kindWords } from '../../words.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await depositView(context, params.id);
  if (!view || view.snapshots.length === 0)
    error(404, 'Rien n’est déposé ici, ou rien qui soit ouvert à votre adresse.');
  const { row, role, call, words, snapshots, completions, now } = view;
  const zone = call.calendar?.zone ?? words.zone;
  const said = (instant: string): string => secondWords(instant, zone, words.where.locative);
  return {
    ...{ here: 'Récépissé', id: params.id, role, kind: row.kind, status: row.status, number: view.number },
    trail: [
      { href: '/appels/espace/candidatures', label: 'Mes candidatures' },
      { href: `/appels/espace/candidatures/${params.id}`, label: row.title || 'Candidature' },
    ],
    ...{ title: row.title, kindSaid: kindWords[row.kind], statusSaid: fileWords[row.status], call: words.title },
    ...{ done: url.searchParams.get('fait'), reason: view.reason, application: row.state.application },
    signs: role === 'signatory',
    pieces: await depositedPieces(
      context,
      params.id,
      snapshots.flatMap(({ attachments }) => attachments),
    ),
    deposits: snapshots.map(({ at, ...deposit }) => ({ ...deposit, at: said(at) })).toReversed(),
    completions: completions.map(({ id, parts, reason, due, answered_at, cancelled_at }) => ({
      ...{
        id,
        reason,
        parts: parts.map((part) => partTitles[part]).join(', '),
        due: deadlineWords(due.toString(), zone, words.where.locative),
      },
      answered: answered_at ? said(answered_at.toString()) : undefined,
      cancelled: cancelled_at !== null,
      late: !cancelled_at && Temporal.Instant.compare(answered_at ?? now, due) > 0,
    })),
  };
};

const here = (id: string, done: string): string => `/appels/espace/candidatures/${id}/recepisse?fait=${done}`;

export const actions = {
  desister: act('desister', async ({ context, params: { id = '' }, text, origin }) =>
    goTo(await withdrawApplication(context, id, { reason: text('reason'), origin }), here(id, 'desister')),
  ),
  convertir: act('convertir', async ({ context, params: { id = '' } }) => {
    const made = await convertLetter(context, id);
    return made.ok ? { ok: true, value: `/appels/espace/candidatures/${made.value}?fait=commencer` } : made;
  }),
};
