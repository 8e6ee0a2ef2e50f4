import { error, fail, redirect } from '@sveltejs/kit';
import { addMember, endHours, hoursOf, membersOf, ownHouse, removeMember } from '#modules/houses/server/index.ts';
import type { Refusal, Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const house = await ownHouse(context, params.id);
  if (!house) error(404, 'Cette page est pour l’équipe d’une Maison ouverte.');
  return {
    ...{ here: 'Équipe et horaires', id: params.id, name: house.name },
    members: await membersOf(context, house.id),
    hours: await hoursOf(context, house.id),
    said: saidFor[url.searchParams.get('fait') ?? ''],
    toCall: Number(/^\d{1,3}$/.exec(url.searchParams.get('appeler') ?? '')?.[0] ?? 0),
  };
};

const saidFor: Readonly<Record<string, string>> = {
  ajout: 'C’est noté.',
  retrait: 'C’est fait.',
  heures: 'C’est publié : la page des parents le propose déjà.',
  arret: 'Ces heures s’arrêtent. Qui avait rendez-vous et une adresse électronique est prévenu par un message.',
};

type Order<T> = (
  context: PersonContext,
  id: string,
  text: (name: string) => string,
) => Promise<Result<T, readonly Refusal[]>>;
interface Sent {
  readonly params: { readonly id: string };
  readonly locals: App.Locals;
  readonly url: URL;
  readonly request: Request;
}

const action =
  <T>(order: Order<T>, done: string, toCall: (value: T) => number = () => 0) =>
  async ({ params, locals, url, request }: Sent) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const text = (name: string): string => String(form.get(name) ?? '');
    const result = await order(context, params.id, text);
    if (!result.ok) return fail(400, { refusals: result.error, typed: { role: text('role'), name: text('name') } });
    const said = new URLSearchParams({ fait: done, appeler: String(toCall(result.value)) });
    redirect(303, `/professionnels/espace/${params.id}/maison/equipe?${said}`);
  };

export const actions = {
  ajouter: action((context, id, text) => addMember(context, id, { role: text('role'), name: text('name') }), 'ajout'),
  retirer: action((context, id, text) => removeMember(context, id, text('member')), 'retrait'),
  arreter: action(
    (context, id, text) => endHours(context, id, text('hours')),
    'arret',
    ({ toCall }) => toCall,
  ),
};
