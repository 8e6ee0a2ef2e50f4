import { z } from 'zod';
import { coversIn, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isScope } from '#platform/permissions.ts';
import { defineEndpoint } from '#platform/server/http/endpoint.ts';
import { refusalResponse } from '#platform/server/http/problem.ts';
import { issueCodes, issueOf } from '../selection/decision.ts';
import { toldLaureates } from './selection/results-view.ts';

/** The laureates of calls, as open data: what `/appels/{slug}/resultats` says, once each was told. */
export const laureatesEndpoint = defineEndpoint({
  path: '/api/v1/calls/laureates',
  summary: 'Les projets lauréats des appels dont les résultats sont notifiés',
  description:
    'Rien avant la notification, et rien des projets qui ne sont pas retenus. Au plus les cinq cents derniers appels. Les montants n’y sont que si l’organisateur les montre.',
  example: 'territory=region:53',
  query: z.object({
    call: z
      .string()
      .regex(/^[a-z\d-]{1,200}$/, { error: 'attend le nom d’un appel, tel que dans son adresse' })
      .optional()
      .describe('Le nom de l’appel dans son adresse : bretagne-2021'),
    territory: z.string().max(40).optional().describe('Un territoire : region:53, departement:40, commune:35238'),
  }),
  answer: z.object({
    total: z.number(),
    laureates: z.array(
      z.object({
        call: z.string(),
        path: z.string().describe('La page des résultats'),
        project: z.string(),
        holder: z.string(),
        territories: z.array(z.object({ code: z.string(), name: z.string() })),
        outcome: z.object({ code: z.enum(issueCodes), name: z.string() }),
        amount_cents: z.number().nullable().describe('En centimes d’euro'),
      }),
    ),
  }),
  maxAge: 60,
  run: async (context, query) => {
    const asked = query.territory === undefined ? undefined : parseTerritory(query.territory);
    if (asked && !asked.ok) return refusalResponse([{ ...asked.error, field: 'territory' }]);
    const covers = coversIn(context.indexes.get(territoryIndex));
    const scope = query.territory ?? '';
    const meets = (one: string): boolean =>
      isScope(one) && isScope(scope) && (covers(scope, one) || covers(one, scope));
    // Where a project is, else where its call is.
    const found = (await toldLaureates(context, query.call)).filter(
      ({ scopes, call }) => scope === '' || (scopes.length > 0 ? scopes : [call.territory]).some(meets),
    );
    return {
      total: found.length,
      laureates: found.map(({ slug, call, title, holder, scopes, territories, issue, cents }) => ({
        ...{ call: slug, path: `/appels/${slug}/resultats`, project: title, holder },
        territories: scopes.map((code, at) => ({ code, name: territories[at] ?? '' })),
        outcome: { code: issue, name: issueOf(issue).words },
        amount_cents: call.money.shown && cents > 0 ? cents : null,
      })),
    };
  },
});
