import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { agencyWords } from '#modules/calls/index.ts';
import {
  changeReferent,
  contactOf,
  declarationKey,
  declaredIn,
  declares,
  frameOfEdition,
  placeOf,
  preparedMessage,
  readDeclaration,
  readTexts,
  recordSending,
  sendToDirector,
  withdrawDeclaration,
  writeDeclaration,
} from '#modules/calls/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import { act, goTo, mayWrite, type Sent } from '../../../../act.ts';
import { configurationWords, declarationWords } from '../../../../words.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const key = keyOf(context, params);
  if (!declares(context, key)) error(404, 'Cette page n’est pas pour vous.');
  const state = await readDeclaration(context, key);
  const frame = frameOfEdition(key.edition);
  const where = placeOf(context, `region:${key.region}`);
  const message = await preparedMessage(context, key, state);
  const { jointPossible } = await declaredIn(context, key, key.region);
  const motive = state.motive ? (await readTexts(context, [state.motive])).get(state.motive) : undefined;
  return {
    ...{ here: `${agencyWords[key.agency]}, ${where.name}`, edition: key.edition, jointPossible, motive },
    ...{ status: state.status, words: declarationWords[state.status], late: state.late, message },
    mailto: message && `mailto:${message.to}?${mailQuery({ subject: message.subject, body: message.text })}`,
    sentOn: state.sentOn ? formatDay('fr', state.sentOn) : undefined,
    deadline: frame ? formatDay('fr', frame.deadlines.declaration) : '',
    allocation: frame?.money.allocations[key.agency],
    delegated: frame?.money.delegated,
    configuration: state.configuration ?? 'joint',
    configurations: (['joint', key.agency] as const).map((value) => ({ value, label: configurationWords[value] })),
    director: await contactOf(context, state.director),
    referent: await contactOf(context, state.referent),
    done: url.searchParams.get('fait'),
  };
};

/** `mailto:` reads `+` as a plus: spaces are written in full (RFC 6068). */
const mailQuery = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, text]) => `${name}=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`)
    .join('&');

const keyOf = (context: Context, params: { readonly [name: string]: string }) =>
  declarationKey(context, params.edition ?? '', params.agency ?? '', params.region ?? '') ??
  error(404, 'Cette déclaration n’existe pas.');

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/declarations/${params.edition}/${params.agency}/${params.region}?fait=${done}`;

export const actions = {
  preparer: act('preparer', async (sent) =>
    goTo(await writeDeclaration(sent.context, keyOf(sent.context, sent.params), sent.form), here(sent, 'preparee')),
  ),
  transmettre: act('transmettre', async (sent) => {
    const key = keyOf(sent.context, sent.params);
    const director = await contactOf(sent.context, (await readDeclaration(sent.context, key)).director);
    const free = await mayWrite(sent.limits, director?.email ?? '');
    return free.ok ? goTo(await sendToDirector(sent.context, key), here(sent, 'transmise')) : free;
  }),
  noter: act('noter', async (sent) => {
    const on = readDate(datePartsOf(sent.form, 'on'), 'on');
    if (!on.ok) return on;
    if (!on.value) {
      return { ok: false, error: { code: 'date_missing', field: 'on', message: 'Donnez le jour de l’envoi.' } };
    }
    const said = { on: on.value, motive: sent.text('motive'), origin: sent.origin };
    return goTo(await recordSending(sent.context, keyOf(sent.context, sent.params), said), here(sent, 'notee'));
  }),
  referent: act('referent', async (sent) =>
    goTo(await changeReferent(sent.context, keyOf(sent.context, sent.params), sent.form), here(sent, 'referent')),
  ),
  renoncer: act('renoncer', async (sent) =>
    goTo(
      await withdrawDeclaration(sent.context, keyOf(sent.context, sent.params), sent.text('reason')),
      here(sent, 'retiree'),
    ),
  ),
};
