import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { followWords, receivedLetters } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo, type Sent } from '../../../act.ts';
import { noteStep, planStep, shownSteps } from '../../../support-form.ts';

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
    done: url.searchParams.get('fait'),
    ...{ supported: view.supported, follows: view.follows, steps: shownSteps(view.support) },
    recommendations: view.recommendations.map(({ id, text, application, written_at, status }) => ({
      ...{ id, text, on: dayOf(written_at), said: followWords[status], own: application !== null },
    })),
  };
};

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/candidatures/${params.id}/decision?fait=${done}`;

export const actions = {
  prevoir: act('prevoir', async (sent) => goTo(await planStep(sent, sent.params.id ?? ''), here(sent, 'prevoir'))),
  etape: act('etape', async (sent) => goTo(await noteStep(sent, sent.params.id ?? ''), here(sent, 'etape'))),
};
