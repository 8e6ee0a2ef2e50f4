import { formatDay } from '#messages/format.ts';
import {
  agencyWords,
  type CallSection,
  callKinds,
  commonCore,
  deadlineWords,
  formatCents,
  lineLabel,
  midnightWords,
  openChoices,
  pooledTotal,
  questionKinds,
  rules,
  settledBy,
  settledChoices,
  settledWords,
  specificationFields,
  totalOf,
} from '#modules/calls/index.ts';
import { placeOf, type WholeCall } from '#modules/calls/server/index.ts';
import type { Context } from '#platform/server/context.ts';

/** What a call says, as `CallBody.svelte` shows it: on its public page, and before that to those who write and read it. */
export type CallBody = ReturnType<typeof callBody>;

/**
 * The words of a call. `inside`: for those who have a part in it, who also read each line of credit, and what nobody wrote
 * or settled yet.
 */
export const callBody = (context: Context, found: WholeCall, { inside }: { readonly inside: boolean }) => {
  const { call, frame, specification, form, grid, pieces, choices, where } = found;
  const { calendar, money } = call;
  return {
    inside,
    title: found.title,
    computed: found.ownTitle === '',
    who: { term: 'Qui appelle', detail: `${call.agencies.map((one) => agencyWords[one]).join(' et ')}, ${where.name}` },
    dates: calendar ? datesOf(calendar, where.locative) : [],
    midnight: calendar ? midnightWords(calendar) : undefined,
    total: money.shown ? [{ term: 'Montant', detail: formatCents(pooledTotal(money.envelopes)) }] : [],
    money: inside ? moneyOf(money) : [],
    parts: Object.entries(specificationFields).flatMap(([name, label]) => {
      const text = specification[name as keyof typeof specificationFields];
      return text ? [{ label, text }] : [];
    }),
    frame: `/appels/cadre/${call.frame.edition}?version=${call.frame.version}`,
    axes: frame.axes.filter(({ number }) => call.axes.includes(number)),
    territories: call.territories.map((scope) => placeOf(context, scope).name),
    eligibility: callKinds[call.kind].framed
      ? (['R-50', 'R-51', 'R-52'] as const).map((rule) => ({ rule, ...rules[rule] }))
      : [],
    core: commonCore.map(([, words]) => words),
    questions: form.questions.map(({ kind, ...question }) => ({ ...question, answer: questionKinds[kind] })),
    criteria: grid.criteria.map(({ title: words, rule, points }) => ({ words, recommended: rule !== null, points })),
    pieces: pieces.pieces,
    choices: [
      ...settledBy(call.kind).map((name) => ({
        ...{ term: settledChoices[name], detail: settledWords[choices[name] ?? ''] },
      })),
      ...Object.entries(openChoices).flatMap(([name, label]) => {
        const text = choices[name as keyof typeof openChoices];
        return text || inside ? [{ term: label, detail: text || settledWords[''] }] : [];
      }),
    ],
  };
};

/** The parts that a page shows: all of them, or one. */
export type Shown = CallSection | undefined;

const datesOf = (calendar: NonNullable<WholeCall['call']['calendar']>, place: string) => {
  const said = (instant: string): string => deadlineWords(instant, calendar.zone, place);
  return [
    { term: 'Ouverture', detail: said(calendar.opensAt) },
    { term: 'Limite de dépôt', detail: said(calendar.closesAt) },
    { term: 'Jury', detail: formatDay('fr', calendar.juryOn) },
    { term: 'Lauréats connus', detail: formatDay('fr', calendar.resultsOn) },
    { term: 'Début des projets', detail: formatDay('fr', calendar.startsOn) },
  ];
};

/** Each line by itself, then all of them together when the organisers show that view. */
const moneyOf = ({ envelopes, pooled, shown }: WholeCall['call']['money']) => [
  ...envelopes.map((envelope) => ({
    term: lineLabel(envelope),
    detail: [
      formatCents(totalOf(envelope)),
      ...envelope.topUps.map(({ origin, cents }) => `dont ${formatCents(cents)} venus de ${origin}`),
    ],
  })),
  ...(pooled ? [{ term: 'Enveloppes réunies', detail: formatCents(pooledTotal(envelopes)) }] : []),
  { term: 'Montant total', detail: shown ? 'dit sur la page publique' : 'non dit sur la page publique' },
];
