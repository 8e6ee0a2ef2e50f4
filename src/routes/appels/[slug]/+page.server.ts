import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { callKinds } from '#modules/calls/index.ts';
import { publicCall, publicStateOf, stateOf } from '#modules/calls/server/index.ts';
import { callBody } from '../call-body.ts';

const states = {
  ...{ open: 'Ouvert', coming: 'Pas encore ouvert', closed: 'Clos', cancelled: 'Annulé' },
  ...{ selecting: 'Clos, sélection engagée', decided: 'Clos, résultats à venir' },
  ...{ notified: 'Clos, résultats connus', finished: 'Achevé' },
} as const;

export const load = async ({ locals: { context }, params }) => {
  const found = await publicCall(context, params.slug);
  if (!found?.call.calendar) error(404, 'Cet appel n’existe pas.');
  const { call, title, texts } = found;
  const { zone } = found.call.calendar;
  const state = stateOf(found, context.clock.now());
  const dayOf = (instant: string): string =>
    formatDay('fr', Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString());
  return {
    ...{ title, slug: call.slug, state, kind: callKinds[call.kind].words },
    stateSaid: states[publicStateOf(found, context.clock.now())],
    body: callBody(context, found, { inside: false }),
    reason: call.reason ? texts.get(call.reason) : undefined,
    results: Boolean(call.results?.notifiedAt),
    amendments: call.amendments.map(({ text, at }) => ({ on: dayOf(at), text: texts.get(text) ?? '' })),
  };
};
