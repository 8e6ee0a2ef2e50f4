import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { answerExact, readAsk, silenceByLink } from '#modules/professionals/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';

const gone = 'Ce lien n’existe pas, ou plus. Il est peut-être coupé : copiez-le en entier depuis le message.';

/** Opening the link uses nothing up: programs that read mails open links. The button does. */
export const load = async ({ params, locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const ask = await readAsk(locals.context, params.jeton);
  if (!ask) error(404, gone);
  return {
    ...{ alive: ask.alive, silent: ask.silent, thanks: url.searchParams.has('merci') },
    listings: ask.listings.map(({ answeredOn, ...listing }) => ({
      ...listing,
      answeredOn: answeredOn && formatDay('fr', answeredOn),
    })),
  };
};

export const actions = {
  exact: async ({ params, request, locals }) => {
    const form = await readForm(request);
    if (!form) error(400, 'Ce formulaire est incomplet.');
    const done = await answerExact(locals.context, params.jeton, String(form.get('fiche') ?? ''));
    if (!done.ok) return fail(409, { message: done.error.message });
    redirect(303, `/professionnels/a-jour/${params.jeton}?merci`);
  },
  silence: async ({ params, locals }) => {
    if (!(await silenceByLink(locals.context, params.jeton, true))) error(404, gone);
    redirect(303, `/professionnels/a-jour/${params.jeton}`);
  },
  reprise: async ({ params, locals }) => {
    if (!(await silenceByLink(locals.context, params.jeton, false))) error(404, gone);
    redirect(303, `/professionnels/a-jour/${params.jeton}`);
  },
};
