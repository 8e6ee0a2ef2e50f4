import { formatDay } from '#messages/format.ts';
import { agencyWords } from '#modules/calls/index.ts';
import {
  directorsOf,
  isMinistryReady,
  laureatesToDirector,
  notifiedWithout,
  preparedLaureates,
  prepareLaureates,
  recordLaureatesSent,
  sendingsOf,
  titleOfCall,
} from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import { act, goTo, mayWrite, type Sent } from '../../../act.ts';
import { loadFollowUp } from '../load-follow-up.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const { call } = await loadFollowUp(context, params.id);
  const prepared = await preparedLaureates(context, params.id);
  const title = await titleOfCall(context, params.id);
  const message = prepared.ok ? prepared.value : undefined;
  return {
    ...{ here: 'Message au ministère', title, done: url.searchParams.get('fait') },
    ...{ before: call.status === 'decided', ready: await isMinistryReady(context, params.id, call) },
    trail: [
      { href: `/appels/espace/${params.id}`, label: title },
      { href: `/appels/espace/${params.id}/suivi`, label: 'Suivi' },
    ],
    withoutMessage: await notifiedWithout(context, call),
    why: prepared.ok ? undefined : prepared.error.message,
    message,
    mailto: message && mailto(message),
    directors: (await directorsOf(context, call)).map(({ agency, name }) => ({
      agency,
      name,
      of: agencyWords[agency],
    })),
    sendings: (await sendingsOf(context, params.id)).map(({ id, sent_on }) => ({
      ...{ id, on: formatDay('fr', sent_on.toString()) },
    })),
  };
};

/** `mailto:` reads `+` as a plus: spaces are written in full (RFC 6068). */
const mailto = ({
  to,
  subject,
  text,
}: {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}): string =>
  `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`;

const here = ({ params }: Sent, done: string): string => `/appels/espace/${params.id}/suivi/ministere?fait=${done}`;

export const actions = {
  preparer: act('preparer', async (sent) =>
    goTo(await prepareLaureates(sent.context, sent.params.id ?? '', sent.text('read')), here(sent, 'prepare')),
  ),
  transmettre: act('transmettre', async (sent) => {
    const { context, params, text, limits } = sent;
    const { call } = await loadFollowUp(context, params.id ?? '');
    const director = (await directorsOf(context, call)).find(({ agency }) => agency === text('agency'));
    const free = await mayWrite(limits, director?.email ?? '');
    if (!free.ok) return free;
    return goTo(await laureatesToDirector(context, params.id ?? '', text('agency')), here(sent, 'transmis'));
  }),
  noter: act('noter', async (sent) => {
    const on = readDate(datePartsOf(sent.form, 'on'), 'on');
    if (!on.ok) return on;
    if (!on.value)
      return { ok: false, error: { code: 'date_missing', field: 'on', message: 'Donnez le jour de l’envoi.' } };
    return goTo(await recordLaureatesSent(sent.context, sent.params.id ?? '', on.value), here(sent, 'note'));
  }),
};
