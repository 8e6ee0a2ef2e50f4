import { error, fail, redirect } from '@sveltejs/kit';
import { halfDayOf } from '#modules/houses/index.ts';
import { count, readDesk, readTaps } from '#modules/houses/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

interface Visit {
  readonly params: { readonly id: string };
  readonly locals: App.Locals;
  readonly url: URL;
}

const deskOf = async ({ params, locals, url }: Visit) => {
  const context = requirePerson(locals.context, url);
  const desk = await readDesk(context, params.id, url.searchParams.get('lieu'));
  if (!desk) error(404, 'Cette page est pour l’équipe d’une Maison ouverte.');
  return { context, desk };
};

export const load = async (event) => {
  const { desk } = await deskOf(event);
  const { site, sites, questions, today } = desk;
  const [question = '', answer = '', key = ''] = (event.url.searchParams.get('dernier') ?? '').split('/');
  const label = questions.find(({ code }) => code === question)?.answers.find(({ code }) => code === answer)?.label;
  return {
    ...{ here: 'Accueil', id: event.params.id, house: desk.house, site: site.id, siteName: site.name },
    sites: sites.map(({ id, name }) => ({ id, name })),
    desk: {
      address: `/professionnels/espace/${event.params.id}/maison/accueil/envoi`,
      ...{ site: site.id, timeZone: site.timeZone, keyDrawn: crypto.randomUUID() },
      last: label === undefined ? undefined : { key, question, answer, label },
      questions: questions.map((one) => ({
        ...{ code: one.code, question: one.question },
        answers: one.answers.map(({ code, label }) => ({ code, label, today: today.get(`${one.code}/${code}`) ?? 0 })),
      })),
    },
  };
};

/** One touch without script: counted, or taken back, at the hour of the site. */
const touch = (undone: boolean) => async (event: Visit & { readonly request: Request }) => {
  const { context, desk } = await deskOf(event);
  const form = await readForm(event.request);
  if (!form) error(400, 'Ce formulaire est incomplet.');
  const [question = '', answer = ''] = String(form.get('tap') ?? '').split('/');
  const key = String(form.get('key') ?? '');
  const site = desk.sites.find(({ id }) => id === form.get('site')) ?? desk.site;
  const taps = readTaps({
    taps: [{ key, site: site.id, question, answer, undone, ...halfDayOf(context.clock.now(), site.timeZone) }],
  });
  const counted = await count(context, event.params.id, taps ?? [undefined]);
  if (!counted.ok) error(403, counted.error.message);
  if (counted.value[0] === 'refused')
    return fail(400, { message: 'Cette réponse n’est plus proposée. Rien n’a été compté.' });
  const back = new URLSearchParams({ lieu: site.id, ...(undone ? {} : { dernier: `${question}/${answer}/${key}` }) });
  redirect(303, `${event.url.pathname}?${back}`);
};

export const actions = { compter: touch(false), reprendre: touch(true) };
