import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { agreementWords, toBeChecked } from '#modules/calls/index.ts';
import { agreementView, signAgreement } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo } from '../../act.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await agreementView(context, params.application);
  if (!view) error(404, 'Cette convention n’existe pas, ou n’est pas ouverte à votre adresse.');
  const { title, call, role, status, sha256, amendment, text, later, mine, parties } = view;
  return {
    ...{ here: amendment > 0 ? `Avenant n° ${amendment}` : 'Convention', done: url.searchParams.get('fait') },
    ...{ id: params.application, title, status, statusSaid: agreementWords[status], sha256, amendment },
    ...{ mine, toBeChecked, later: role === 'organiser' ? later : [] },
    text: text.map((part) => ({ ...part, paragraphs: [...part.paragraphs] })),
    back:
      role === 'organiser'
        ? `/appels/espace/${call}/suivi/${params.application}`
        : role === 'party'
          ? undefined
          : `/appels/espace/candidatures/${params.application}/suivi`,
    parties: parties.map(({ signedAt, ...party }) => ({
      ...party,
      signedOn: signedAt ? dayOf(signedAt) : undefined,
    })),
  };
};

const dayOf = (instant: string): string =>
  formatDay('fr', dayAt(Temporal.Instant.from(instant), 'Europe/Paris').toString());

export const actions = {
  accord: act('accord', async ({ context, params, text, origin }) => {
    const id = params.application ?? '';
    return goTo(
      await signAgreement(context, id, text('sha256'), origin),
      `/appels/espace/conventions/${id}?fait=signe`,
    );
  }),
};
