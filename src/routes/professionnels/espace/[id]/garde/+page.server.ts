import { error, fail, redirect } from '@sveltejs/kit';
import { dayWords } from '#modules/directory/index.ts';
import { nameOfDraft } from '#modules/professionals/index.ts';
import { readRegistration } from '#modules/professionals/server/index.ts';
import { childrenInWords, partInWords } from '#modules/respite/index.ts';
import {
  addVolunteer,
  answerAsTeam,
  askToRun,
  decideTeam,
  nowAt,
  ownVolunteers,
  proposeVolunteer,
  removeVolunteer,
  teamOf,
  teamRequests,
} from '#modules/respite/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can } from '#platform/permissions.ts';
import type { Refusal, Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo } from '#platform/server/http/rate-limit.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';

interface Visit {
  readonly params: { readonly id: string };
  readonly locals: App.Locals;
  readonly url: URL;
}

const own = async ({ params, locals, url }: Visit) => {
  const context = requirePerson(locals.context, url);
  const registration = await readRegistration(context, params.id);
  if (!registration || !can(context.actor, 'sitting.run', { organisation: params.id })) {
    error(404, 'Cette page est pour qui écrit au nom de l’organisme.');
  }
  return { context, registration };
};

export const load = async (event) => {
  const { context, registration } = await own(event);
  const { id } = event.params;
  const team = await teamOf(context, id);
  const communes = context.indexes.get(territoryIndex);
  const requests = await teamRequests(context, id);
  return {
    ...{ here: 'Garde solidaire', id, name: nameOfDraft(registration.draft) },
    team: team && { status: team.status, words: team.words, reach: team.scope.split(':')[0] ?? '' },
    // Without an address of its own, the site could lead nobody to an answer.
    reachable: event.locals.publicOrigin !== undefined,
    said: saidFor[event.url.searchParams.get('fait') ?? ''],
    volunteers: await ownVolunteers(context, id),
    requests: requests.map(({ day, part, children, ages, insee, ...one }) => ({
      ...one,
      title: `${dayWords(day, nowAt(context, insee).toPlainDate())}, ${partInWords(part)}`,
      what: childrenInWords({ children, ages }),
      where: communes.commune(insee)?.name ?? '',
    })),
  };
};

const saidFor: Readonly<Record<string, string>> = {
  demande:
    'C’est envoyé. Les personnes chargées de votre territoire liront votre demande, et pourront ouvrir le service.',
  ajout: 'C’est noté. Cette personne reçoit un message, et peut se retirer en un geste.',
  retrait: 'C’est fait : cette personne n’est plus sur votre liste, ni son adresse.',
  propose:
    'La famille et la personne bénévole sont prévenues. Elles verront comment se joindre si les deux disent oui.',
  reprise: 'La proposition est reprise : la demande attend de nouveau.',
  fin: 'La demande est terminée, et la famille prévenue.',
  ferme: 'C’est fermé. Les familles ne peuvent plus demander.',
};

const tooMany: Refusal = {
  code: 'too_many_requests',
  field: 'email',
  message: 'Trop de messages sont déjà partis à cette adresse. Réessayez dans un quart d’heure.',
};

type Order = (
  context: PersonContext,
  id: string,
  text: (name: string) => string,
  origin: string,
) => Promise<Result<unknown, Refusal | readonly Refusal[]>>;

const action = (order: Order, done: string) => async (event: Visit & { readonly request: Request }) => {
  const { context } = await own(event);
  const form = await readForm(event.request);
  if (!form) error(400);
  const origin = event.locals.publicOrigin ?? error(503);
  const text = (name: string): string => String(form.get(name) ?? '');
  const typed = Object.fromEntries(['reach', 'words', 'name', 'email', 'phone'].map((name) => [name, text(name)]));
  // Only the name of a new volunteer comes with a mailbox.
  if (!(await mayWriteTo(event.locals.house.limits, text('email')))) return fail(429, { refusals: [tooMany], typed });
  const result = await order(context, event.params.id, text, origin);
  if (result.ok) redirect(303, `/professionnels/espace/${event.params.id}/garde?fait=${done}`);
  return fail(400, { refusals: [result.error].flat(), typed });
};

export const actions = {
  demander: action(
    (context, id, text) => askToRun(context, id, { reach: text('reach'), words: text('words') }),
    'demande',
  ),
  fermer: action((context, id, _, origin) => decideTeam(context, id, 'close', origin), 'ferme'),
  ajouter: action(
    (context, id, text, origin) =>
      addVolunteer(context, id, { name: text('name'), email: text('email'), phone: text('phone') }, origin),
    'ajout',
  ),
  retirer: action((context, id, text, origin) => removeVolunteer(context, id, text('volunteer'), origin), 'retrait'),
  proposer: action(
    (context, registration, text, origin) =>
      proposeVolunteer(context, { registration, request: text('request'), volunteer: text('volunteer') }, origin),
    'propose',
  ),
  reprendre: action(
    (context, registration, text, origin) =>
      answerAsTeam(context, { registration, request: text('request') }, 'decline', origin),
    'reprise',
  ),
  terminer: action(
    (context, registration, text, origin) =>
      answerAsTeam(context, { registration, request: text('request') }, 'close', origin),
    'fin',
  ),
};
