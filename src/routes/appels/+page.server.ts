import { agencyWords, callKinds, deadlineWords } from '#modules/calls/index.ts';
import { placeOf, publishedCalls, stateOf } from '#modules/calls/server/index.ts';

const order = ['open', 'coming', 'closed', 'cancelled'] as const;
const titles = {
  open: 'Ouverts',
  coming: 'Bientôt ouverts',
  closed: 'Clos',
  cancelled: 'Annulés',
} as const;

export const load = async ({ locals: { context } }) => {
  const now = context.clock.now();
  const calls = (await publishedCalls(context)).map((one) => {
    const { call, title } = one;
    const where = placeOf(context, call.territory);
    return {
      ...{ href: `/appels/${call.slug}`, title, state: stateOf(one, now) },
      detail: [
        `${callKinds[call.kind].words}, ${call.agencies.map((agency) => agencyWords[agency]).join(' et ')}, ${where.name}`,
        call.calendar && `limite ${deadlineWords(call.calendar.closesAt, call.calendar.zone, where.locative)}`,
      ]
        .filter(Boolean)
        .join(' · '),
    };
  });
  return {
    groups: order
      .map((state) => ({ title: titles[state], rows: calls.filter((call) => call.state === state) }))
      .filter(({ rows }) => rows.length > 0),
  };
};
