import { z } from 'zod';
import { coversIn, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Scope } from '#platform/permissions.ts';
import { defineEndpoint } from '#platform/server/http/endpoint.ts';
import { refusalResponse } from '#platform/server/http/problem.ts';
import { type Phase, phaseOf } from '../calendar.ts';
import { callKindCodes } from '../call-kind.ts';
import { pooledTotal } from '../envelope.ts';
import { placeOf } from './call-view.ts';
import { type PublicCall, publishedCalls } from './public-calls.ts';

const publicStates = [
  ...(['coming', 'open', 'closed'] as const),
  ...(['selecting', 'decided', 'notified', 'finished', 'cancelled'] as const),
] as const;
type PublicState = (typeof publicStates)[number];

/** The calls for projects, as open data. */
export const callsEndpoint = defineEndpoint({
  path: '/api/v1/calls',
  summary: 'Les appels à projets publiés, du plus proche à se clore au plus ancien',
  description:
    'Un appel annulé reste dans la liste, et le dit. Les montants n’y sont que si l’organisateur les montre.',
  example: 'territory=region:53',
  query: z.object({
    territory: z.string().max(40).optional().describe('Un territoire : region:53, departement:40, commune:35238'),
    state: z
      .enum(publicStates, { error: `attend ${publicStates.join(', ')}` })
      .optional()
      .describe('Où en est l’appel ; closed donne aussi ceux dont la suite est engagée'),
  }),
  answer: z.object({
    total: z.number(),
    calls: z.array(
      z.object({
        slug: z.string(),
        path: z.string(),
        title: z.string(),
        kind: z.enum(callKindCodes),
        edition: z.string(),
        state: z
          .enum(publicStates)
          .describe(
            'À venir, ouvert, clos ; puis sélection engagée, résultats arrêtés, notifiés, appel achevé ; ou annulé',
          ),
        organisers: z.array(z.string()),
        territory: z.object({ code: z.string(), name: z.string() }),
        axes: z.array(z.number()),
        opens_at: z.string(),
        closes_at: z.string(),
        time_zone: z.string(),
        jury_on: z.string(),
        results_on: z.string(),
        starts_on: z.string(),
        amount_cents: z.number().nullable().describe('Toutes enveloppes réunies, en centimes d’euro'),
        amendments: z.number().describe('Additifs publiés'),
        results: z
          .object({ path: z.string(), notified_at: z.string() })
          .nullable()
          .describe('Quand ils sont notifiés : leur page ; les lauréats sont dans /api/v1/calls/laureates'),
      }),
    ),
  }),
  maxAge: 60,
  run: async (context, query) => {
    const asked = query.territory === undefined ? undefined : parseTerritory(query.territory);
    if (asked && !asked.ok) return refusalResponse([{ ...asked.error, field: 'territory' }]);
    const covers = coversIn(context.indexes.get(territoryIndex));
    const scope = query.territory as Scope | undefined;
    const now = context.clock.now();
    const found = (await publishedCalls(context)).filter(
      (one) =>
        (scope === undefined || covers(scope, one.call.territory) || covers(one.call.territory, scope)) &&
        (query.state === undefined || [publicStateOf(one, now), stateOf(one, now)].includes(query.state)),
    );
    return {
      total: found.length,
      calls: found.flatMap((one) => {
        const { call, title } = one;
        const { calendar } = call;
        if (!calendar) return [];
        return [
          {
            ...{ slug: call.slug, path: `/appels/${call.slug}`, title, kind: call.kind, edition: call.frame.edition },
            ...{ state: publicStateOf(one, now), organisers: [...call.agencies], axes: [...call.axes] },
            territory: { code: call.territory, name: placeOf(context, call.territory).name },
            ...{ opens_at: calendar.opensAt, closes_at: calendar.closesAt, time_zone: calendar.zone },
            ...{ jury_on: calendar.juryOn, results_on: calendar.resultsOn, starts_on: calendar.startsOn },
            amount_cents: call.money.shown ? pooledTotal(call.money.envelopes) : null,
            amendments: call.amendments.length,
            results: call.results?.notifiedAt
              ? { path: `/appels/${call.slug}/resultats`, notified_at: call.results.notifiedAt }
              : null,
          },
        ];
      }),
    };
  },
});

/** Where a published call stands, its cancellation included. */
export const stateOf = ({ call }: Pick<PublicCall, 'call'>, now: Temporal.Instant): Phase | 'cancelled' => {
  if (call.status === 'cancelled' || !call.calendar) return 'cancelled';
  return phaseOf(call.calendar, now);
};

/** The same, with what follows its closing: that is public, what is decided of each file is not before it is told. */
export const publicStateOf = (one: Pick<PublicCall, 'call'>, now: Temporal.Instant): PublicState =>
  publicStates.find((state) => state === one.call.status) ?? stateOf(one, now);
