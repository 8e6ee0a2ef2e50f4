import { error, fail, redirect } from '@sveltejs/kit';
import { asksOf, deadlineWords, eligibility, lettersAllowed, rules, severalAllowed } from '#modules/calls/index.ts';
import {
  callIdOf,
  filesOfMyStructures,
  ownFiles,
  placesMeant,
  publicCall,
  startApplication,
  stateOf,
} from '#modules/calls/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { tooMany } from '../../../connexion/too-many.ts';
import { fileLine, structureLine } from '../../espace/candidatures/words.ts';

/**
 * Plain questions, those that this call asks of a deposit, answered at once, before anything is written: nothing is kept, nobody signs in. Then what the person
 * already has in this call, and the start.
 */
export const load = async ({ locals, url, params, setHeaders }) => {
  const { context } = locals;
  const found = await publicCall(context, params.slug);
  const id = found && (await callIdOf(context, params.slug));
  const calendar = found?.call.calendar;
  if (!found || !id || !calendar) error(404, 'Cet appel n’existe pas.');
  const { call, frame, specification, choices, where, title } = found;
  setHeaders({ 'cache-control': 'no-store' });
  const person = context.actor.kind === 'person' ? { ...context, actor: context.actor } : undefined;
  const framed = call.configuration !== null;
  const asked = (name: string): string => url.searchParams.get(name) ?? '';
  const place = asked('lieu').slice(0, 300);
  const answers = { axis: asked('axe'), place, structure: asked('structure') };
  const asks = { axis: call.axes.length > 0, structure: asksOf(call.kind, choices).agreement };
  const places = place ? placesMeant(context, call, place) : undefined;
  return {
    ...{ title, slug: call.slug, state: stateOf(found, context.clock.now()), framed },
    closes: deadlineWords(calendar.closesAt, calendar.zone, where.locative),
    where,
    axes: frame.axes
      .filter(({ number }) => call.axes.includes(number))
      .map(({ number, annex }) => ({ value: String(number), label: `${number}. ${annex}` })),
    targets: call.territories.length > 0,
    conditions: specification.conditions,
    quotations: framed ? { axis: said('R-50'), place: said('R-51'), structure: said('R-52') } : undefined,
    ...{ asks, answers, answered: (asks.axis && answers.axis !== '') || answers.structure !== '' || place !== '' },
    verdicts: eligibility({ ...answers, places }, { ...asks, where: where.name }),
    letters: lettersAllowed(choices),
    several: severalAllowed(choices),
    ...{ signedIn: person !== undefined, mine: person ? (await ownFiles(person, id)).map(ofList) : [] },
    elsewhere: person ? (await filesOfMyStructures(person, id)).filter(lives).map(structureLine) : [],
  };
};

export const actions = {
  commencer: async ({ request, locals, url, params, getClientAddress }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const id = await callIdOf(context, params.slug);
    if (!form || !id) error(404, 'Cet appel n’existe pas.');
    const limit = await locals.house.limits.form('calls-commencer', getClientAddress());
    if (!limit.allowed) return fail(429, { refusal: tooMany(limit.retryAfterSeconds) });
    const started = await startApplication(context, id, { kind: form.get('kind') === 'intent' ? 'intent' : 'full' });
    if (!started.ok) return fail(400, { refusal: started.error });
    redirect(303, `/appels/espace/candidatures/${started.value}?fait=commencer`);
  },
};

const said = (rule: 'R-50' | 'R-51' | 'R-52') => `« ${rules[rule].quotation} » (${rule}, ${rules[rule].reference})`;

/** Somebody may still be working on it, or it is in the race. */
const lives = ({ status }: { readonly status: string }): boolean =>
  !['withdrawn', 'lapsed', 'converted', 'closed'].includes(status);

const ofList = (file: Parameters<typeof fileLine>[0] & { readonly id: string; readonly title: string }) => ({
  href: `/appels/espace/candidatures/${file.id}`,
  title: file.title || 'Sans titre pour l’instant',
  detail: fileLine(file),
});
