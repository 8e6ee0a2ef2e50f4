import { error, fail, redirect } from '@sveltejs/kit';
import { enterDemonstration, readEntrances } from '#platform/server/demonstration/entrances.ts';
import { readForm } from '#platform/server/http/form.ts';
import { startSession } from '#platform/server/identity/cookie.ts';

/** The page exists at the machine itself, in a demonstration; nowhere else. */
const onlyThere = (locals: App.Locals): void => {
  if (!locals.house.demonstration || !locals.atMachine) error(404);
};

export const load = async ({ locals, setHeaders }) => {
  onlyThere(locals);
  setHeaders({ 'cache-control': 'private, no-store' });
  const { actor, db } = locals.context;
  const email = actor.kind === 'person' ? actor.email : undefined;
  const entrances = await readEntrances(db);
  return {
    entrances: entrances.map(({ code, title, words }) => ({ code, title, words })),
    current: entrances.find((entrance) => entrance.email === email)?.title,
  };
};

export const actions = {
  default: async ({ request, locals, url, cookies }) => {
    onlyThere(locals);
    const form = await readForm(request);
    if (!form) error(400);
    const entered = await enterDemonstration(locals.context, String(form.get('role') ?? ''));
    if (!entered.ok) return fail(400, { refusal: entered.error });
    await startSession(locals.context, { request, url, cookies }, entered.value.account);
    redirect(303, entered.value.leadsTo);
  },
};
