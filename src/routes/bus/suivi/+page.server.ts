import { error, fail, redirect } from '@sveltejs/kit';
import { tours } from '#messages/fr/tours.ts';
import { communeAsked } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { askToFollow } from '#modules/tours/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo } from '#platform/server/http/rate-limit.ts';
import { unsent } from '#platform/unsent.ts';

const words = tours.follow;

export const load = ({ url, locals }) => {
  if (!locals.publicOrigin) error(404);
  return unsent({ words: tours, sent: url.searchParams.has('envoye') });
};

export const actions = {
  default: async ({ request, locals, getClientAddress }) => {
    const form = await readForm(request);
    if (!form || !locals.publicOrigin) error(400);
    const text = (name: string): string => String(form.get(name) ?? '').slice(0, 300);
    const typed = { commune: text('commune').trim(), code: text('code'), email: text('email') };
    const about = { stop: text('arret'), tour: text('tournee') };
    const refuse = (status: number, errors: Readonly<Record<string, string>>, message = '') =>
      fail(status, { typed, about, errors, message });
    const limit = await locals.house.limits.form('tour-follow', getClientAddress());
    if (!limit.allowed || !(await mayWriteTo(locals.house.limits, typed.email))) return refuse(429, {}, words.tooMany);
    const stop = readRowId(about.stop);
    const asked = communeAsked(locals.context.indexes.get(territoryIndex), typed.commune.slice(0, 100), typed.code);
    if (stop === undefined && asked.state !== 'found') return refuse(400, { commune: words.unknownCommune });
    const tour = readRowId(about.tour);
    const insee = asked.state === 'found' ? asked.commune.code : '';
    const done = await askToFollow(
      locals.context,
      stop === undefined ? { insee, ...(tour === undefined ? {} : { tour }) } : { stop },
      typed.email,
      locals.publicOrigin,
    );
    if (!done.ok) {
      const { field, message } = done.error;
      return refuse(400, field ? { [field]: message } : {}, field ? '' : message);
    }
    redirect(303, '/bus/suivi?envoye');
  },
};
