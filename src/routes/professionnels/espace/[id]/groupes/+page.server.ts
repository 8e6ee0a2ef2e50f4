import { error, fail, redirect } from '@sveltejs/kit';
import { monthInWords, situations } from '#modules/groups/index.ts';
import {
  askToAnimate,
  closeGroup,
  decideTeam,
  formGroup,
  letIn,
  removeMember,
  teamOf,
  teamView,
  writeToGroup,
} from '#modules/groups/server/index.ts';
import { nameOfDraft } from '#modules/professionals/index.ts';
import { readRegistration } from '#modules/professionals/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can } from '#platform/permissions.ts';
import type { Refusal, Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { whereWords } from '../../../../groupes/where-words.ts';
import { saidDay } from '../../../../mon-compte/said.ts';

interface Visit {
  readonly params: { readonly id: string };
  readonly locals: App.Locals;
  readonly url: URL;
}

const own = async ({ params, locals, url }: Visit) => {
  const context = requirePerson(locals.context, url);
  const registration = await readRegistration(context, params.id);
  if (!registration || !can(context.actor, 'group.animate', { organisation: params.id })) {
    error(404, 'Cette page est pour qui écrit au nom de l’organisme.');
  }
  return { context, registration };
};

export const load = async (event) => {
  const { context, registration } = await own(event);
  const { id } = event.params;
  const team = await teamOf(context, id);
  const { cohorts, groups } = await teamView(context, id);
  const communes = context.indexes.get(territoryIndex);
  return {
    ...{ here: 'Groupes de parents', id, name: nameOfDraft(registration.draft) },
    team: team && {
      ...{ status: team.status, words: team.words, births: team.births, situations: team.situations },
      reach: team.scope.startsWith('departement:') ? 'departement' : 'epci',
    },
    // Without an address of its own, the site could lead no family to its page.
    reachable: event.locals.publicOrigin !== undefined,
    said: saidFor[event.url.searchParams.get('fait') ?? ''],
    situations: situations.map(({ code, label }) => ({ value: code, label })),
    cohorts: cohorts.map(({ scope, month, count }) => ({
      ...{ scope, month: month.toString().slice(0, 7), count },
      title: `${monthInWords(month)}, ${whereWords(context, scope)}`,
    })),
    groups: groups.map(({ month, scope, members, messages, ...group }) => ({
      ...group,
      title: `${monthInWords(month)}, ${whereWords(context, scope)}`,
      members: members.map(({ insee, ...one }) => ({ ...one, where: communes.commune(insee)?.name ?? '' })),
      messages: messages.map((message) => ({ id: message.id, text: message.text, on: saidDay(message.sent_at) })),
    })),
  };
};

const saidFor: Readonly<Record<string, string>> = {
  demande: 'C’est envoyé. Les personnes chargées de votre territoire liront votre demande, et pourront l’ouvrir.',
  ferme: 'C’est fermé. Les familles attendent de nouveau, et le savent.',
  forme: 'Le groupe est formé, et chaque famille prévenue.',
  accueil: 'C’est fait : ces familles sont dans le groupe, et prévenues.',
  ecrit: 'C’est parti. Chaque famille le lit sur sa page.',
  retrait: 'C’est fait : le nom et l’adresse de cette famille sont effacés.',
  fin: 'Le groupe est terminé. Ses familles attendent de nouveau, et le savent.',
  date: 'La date est proposée, et chaque famille prévenue.',
};

type Order = (
  context: PersonContext,
  id: string,
  form: FormData,
  origin: string,
) => Promise<Result<unknown, Refusal | readonly Refusal[]>>;

const action = (order: Order, done: string) => async (event: Visit & { readonly request: Request }) => {
  const { context } = await own(event);
  const form = await readForm(event.request);
  if (!form) error(400);
  const result = await order(context, event.params.id, form, event.locals.publicOrigin ?? error(503));
  if (result.ok) redirect(303, `/professionnels/espace/${event.params.id}/groupes?fait=${done}`);
  const kinds = form.getAll('groups').map(String);
  const typed = { reach: text(form, 'reach'), words: text(form, 'words'), kinds, message: text(form, 'text') };
  return fail(400, { refusals: [result.error].flat(), group: text(form, 'group'), typed });
};

const text = (form: FormData, name: string): string => String(form.get(name) ?? '');

export const actions = {
  demander: action((context, id, form) => {
    const kinds = form.getAll('groups').map(String);
    const births = kinds.includes('naissance');
    return askToAnimate(context, id, {
      ...{ reach: text(form, 'reach'), words: text(form, 'words'), births, situations: kinds },
    });
  }, 'demande'),
  fermer: action((context, id, _, origin) => decideTeam(context, id, 'close', origin), 'ferme'),
  former: action(
    (context, id, form, origin) =>
      formGroup(context, id, { scope: text(form, 'scope'), month: text(form, 'month') }, origin),
    'forme',
  ),
  accueillir: action((context, id, form, origin) => letIn(context, id, text(form, 'group'), origin), 'accueil'),
  ecrire: action(
    (context, id, form, origin) => writeToGroup(context, id, text(form, 'group'), text(form, 'text'), origin),
    'ecrit',
  ),
  retirer: action(
    (context, id, form) => removeMember(context, id, text(form, 'group'), text(form, 'member')),
    'retrait',
  ),
  terminer: action((context, id, form, origin) => closeGroup(context, id, text(form, 'group'), origin), 'fin'),
};
