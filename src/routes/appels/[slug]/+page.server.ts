import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import {
  agencyWords,
  callKinds,
  commonCore,
  deadlineWords,
  formatCents,
  openChoices,
  pooledTotal,
  rules,
  settledChoices,
  settledWords,
  specificationFields,
} from '#modules/calls/index.ts';
import { placeOf, publicCall, stateOf } from '#modules/calls/server/index.ts';

const states = { open: 'Ouvert', coming: 'Pas encore ouvert', closed: 'Clos', cancelled: 'Annulé' } as const;

export const load = async ({ locals: { context }, params }) => {
  const found = await publicCall(context, params.slug);
  if (!found?.call.calendar) error(404, 'Cet appel n’existe pas.');
  const { call, frame, title, specification, form, grid, pieces, choices, texts, where } = found;
  const { calendar } = found.call;
  const said = (instant: string): string => deadlineWords(instant, calendar.zone, where.locative);
  const day = (iso: string): string => formatDay('fr', iso);
  const state = stateOf(found, context.clock.now());
  return {
    ...{ title, slug: call.slug, state, stateSaid: states[state], kind: callKinds[call.kind].words },
    facts: [
      {
        term: 'Qui appelle',
        detail: `${call.agencies.map((agency) => agencyWords[agency]).join(' et ')}, ${where.name}`,
      },
      { term: 'Ouverture', detail: said(calendar.opensAt) },
      { term: 'Limite de dépôt', detail: said(calendar.closesAt) },
      { term: 'Jury', detail: day(calendar.juryOn) },
      { term: 'Lauréats connus', detail: day(calendar.resultsOn) },
      { term: 'Début des projets', detail: day(calendar.startsOn) },
      ...(call.money.shown ? [{ term: 'Montant', detail: formatCents(pooledTotal(call.money.envelopes)) }] : []),
    ],
    reason: call.reason ? texts.get(call.reason) : undefined,
    results: Boolean(call.results?.notifiedAt),
    amendments: call.amendments.map(({ text, at }) => ({
      on: day(Temporal.Instant.from(at).toZonedDateTimeISO(calendar.zone).toPlainDate().toString()),
      text: texts.get(text) ?? '',
    })),
    axes: frame.axes.filter(({ number }) => call.axes.includes(number)),
    territories: call.territories.map((scope) => placeOf(context, scope).name),
    parts: Object.entries(specificationFields).flatMap(([name, label]) => {
      const text = specification[name as keyof typeof specificationFields];
      return text ? [{ label, text }] : [];
    }),
    eligibility: callKinds[call.kind].framed
      ? (['R-50', 'R-51', 'R-52'] as const).map((rule) => ({ rule, ...rules[rule] }))
      : [],
    core: commonCore.map(([, words]) => words),
    questions: form.questions,
    criteria: grid.criteria.map(({ title: words, rule, points }) => ({ words, recommended: rule !== null, points })),
    pieces: pieces.pieces,
    choices: [
      ...Object.entries(settledChoices).map(([name, term]) => ({
        term,
        detail: settledWords[choices[name as keyof typeof settledChoices] ?? ''],
      })),
      ...Object.entries(openChoices).flatMap(([name, label]) => {
        const text = choices[name as keyof typeof openChoices];
        return text ? [{ term: label, detail: text }] : [];
      }),
    ],
  };
};
