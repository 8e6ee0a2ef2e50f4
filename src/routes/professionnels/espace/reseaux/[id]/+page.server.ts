import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { relayLimits } from '#modules/networks/index.ts';
import {
  answerRequest,
  askToJoin,
  endNetwork,
  eraseNote,
  networkPath,
  networkView,
  takeOver,
  writeNote,
  writeToNetwork,
} from '#modules/networks/server/index.ts';
import { nameWithDepartement, parseTerritory, territoryPath } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Refusal, Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { changeMember } from '#platform/server/identity/members.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import { tooMany } from '../../../../connexion/too-many.ts';
import { textOf } from '../../../../mon-compte/refused.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const network = await networkView(context, params.id);
  if (!network) error(404, 'Ce réseau n’existe pas, ou plus.');
  const index = context.indexes.get(territoryIndex);
  const territory = parseTerritory(network.territory);
  const { members, notes, ...said } = network;
  return {
    ...said,
    ...{
      here: network.name,
      path: networkPath(network.id),
      done: url.searchParams.get('fait'),
      signs: relayLimits.signs,
    },
    where: territory.ok
      ? { href: `/professionnels${territoryPath(territory.value)}`, name: index.describe(territory.value)?.name ?? '' }
      : undefined,
    members: members.map(({ account, name, listed }) => ({
      ...{ account, name, me: account === context.actor.account },
      listed: listed.map((one) => {
        const commune = index.commune(one.insee ?? '');
        return {
          id: one.id,
          words: [one.what, commune && nameWithDepartement(commune, index)].filter(Boolean).join(' · '),
        };
      }),
    })),
    notes: notes.map((note) => ({ ...note, metOn: formatDay('fr', note.metOn.toString()) })),
  };
};

interface Sent {
  readonly context: PersonContext;
  readonly form: FormData;
  readonly id: string;
  readonly origin: string | undefined;
}

/** An action of this page: what it does, and what is said when it is done. Refusals come back with what was typed. */
const action =
  (done: string, act: (sent: Sent) => Promise<Result<void>>, leaves = false) =>
  async ({ request, locals, url, params, getClientAddress }: ActionEvent) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const limit = await locals.house.limits.form(`network-${done}`, getClientAddress());
    const result: Result<void> = limit.allowed
      ? await act({ context, form, id: params.id, origin: locals.publicOrigin })
      : { ok: false, error: tooMany(limit.retryAfterSeconds) };
    if (!result.ok) return fail(result.error.code === 'not_allowed' ? 403 : 400, refusedWith(done, result.error, form));
    redirect(303, leaves ? '/professionnels/espace/reseaux' : `${networkPath(params.id)}?fait=${done}`);
  };

interface ActionEvent {
  readonly request: Request;
  readonly locals: App.Locals;
  readonly url: URL;
  readonly params: { readonly id: string };
  readonly getClientAddress: () => string;
}

const refusedWith = (done: string, refusal: Refusal, form: FormData) => ({
  ...{ action: done, refusal },
  typed: { text: textOf(form, 'text'), words: textOf(form, 'words'), title: textOf(form, 'title') },
  day: datePartsOf(form, 'metOn'),
});

export const actions = {
  demander: action('demande', ({ context, form, id, origin }) => askToJoin(context, id, textOf(form, 'words'), origin)),
  repondre: action('reponse', ({ context, form, id, origin }) =>
    answerRequest(context, id, textOf(form, 'account'), textOf(form, 'answer') === 'accepter', origin),
  ),
  ecrire: action('message', ({ context, form, id, origin }) =>
    writeToNetwork(context, id, textOf(form, 'text'), origin),
  ),
  noter: action('note', async ({ context, form, id }) => {
    const day = readDate(datePartsOf(form, 'metOn'), 'metOn');
    if (!day.ok) return day;
    return writeNote(context, id, { metOn: day.value, title: textOf(form, 'title'), text: textOf(form, 'text') });
  }),
  effacer_note: action('effacee', ({ context, form, id }) => eraseNote(context, id, textOf(form, 'id'))),
  animer: action('anime', ({ context, id }) => takeOver(context, id)),
  quitter: action('quitte', ({ context, id }) => changeMember(context, id, context.actor.account, undefined), true),
  fermer: action('ferme', ({ context, id }) => endNetwork(context, id), true),
};
