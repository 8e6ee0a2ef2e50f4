import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { followWords, receivedLetters } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ locals, url, params }) => {
  const view = await receivedLetters(requirePerson(locals.context, url), params.id);
  if (!view) error(404, 'Cette candidature n’existe pas, ou n’est pas ouverte à votre adresse.');
  const zone = view.call.calendar?.zone ?? 'Europe/Paris';
  const dayOf = (instant: Temporal.Instant): string =>
    formatDay('fr', instant.toZonedDateTimeISO(zone).toPlainDate().toString());
  return {
    ...{ here: 'Décision', id: params.id, title: view.row.title, call: view.title },
    trail: [
      { href: '/appels/espace/candidatures', label: 'Mes candidatures' },
      { href: `/appels/espace/candidatures/${params.id}`, label: view.row.title || 'Candidature' },
    ],
    letters: view.letters.map(({ id, subject, text, sent_at }) => ({
      ...{ id, subject, text, on: sent_at ? dayOf(sent_at) : '' },
    })),
    recommendations: view.recommendations.map(({ id, text, application, written_at, status }) => ({
      ...{ id, text, on: dayOf(written_at), said: followWords[status], own: application !== null },
    })),
  };
};
