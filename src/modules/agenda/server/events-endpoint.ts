import { z } from 'zod';
import { accessFacts, audiences, codesOf, costs, languages } from '#modules/directory/index.ts';
import { isCommuneCode, parseTerritory } from '#modules/territory/index.ts';
import { commaList, defineEndpoint, wholeNumber } from '#platform/server/http/endpoint.ts';
import { refusalResponse } from '#platform/server/http/problem.ts';
import { eventKinds, eventModes } from '../event.ts';
import { findEvents } from './find-events.ts';
import { readEvents } from './read-events.ts';

const oneOf = <const Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  commaList(z.enum(codes, { error: `attend : ${codes.join(', ')}` })).optional();

const event = z.object({
  id: z.number(),
  title: z.string(),
  kind: z.string(),
  organiser: z.string(),
  start: z.string().describe('À l’heure du lieu'),
  starts_at: z.string(),
  minutes: z.number(),
  time_zone: z.string(),
  mode: z.string(),
  place: z.string(),
  insee: z.string(),
  lat: z.number(),
  lon: z.number(),
  precise: z.boolean().describe('Le point est celui de l’adresse, et non du milieu de la commune'),
  audiences: z.array(z.string()),
  age_from: z.number().nullable(),
  age_to: z.number().nullable(),
  company: z.string(),
  languages: z.array(z.string()),
  access: z.array(z.string()),
  costs: z.array(z.string()),
  booking: z.string(),
  free: z.number().nullable().describe('Places qui restent ; null quand personne ne compte'),
  page: z.string(),
  distance_km: z.number().nullable(),
});

/** The agenda, as open data. */
export const eventsEndpoint = defineEndpoint({
  path: '/api/v1/events',
  summary: 'Les rendez-vous de l’agenda, du plus proche dans le temps au plus lointain',
  example: 'commune=35238&when=ce week-end',
  query: z.object({
    commune: z
      .string()
      .refine(isCommuneCode, { error: 'attend le code Insee d’une commune, par exemple 35238' })
      .optional()
      .describe('Code Insee de la commune'),
    territory: z
      .string()
      .max(40)
      .optional()
      .describe('Un territoire entier : departement:35, region:53, epci:243500139'),
    near: z
      .string()
      .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, { error: 'attend latitude,longitude, par exemple 48.11,-1.68' })
      .optional()
      .describe('Un point : latitude,longitude'),
    radius: wholeNumber(1, 100, 'un nombre de kilomètres').optional().describe('Jusqu’où chercher, en kilomètres'),
    when: z
      .string()
      .max(80)
      .optional()
      .describe('Un jour en mots ou en chiffres : « ce week-end », « mardi soir », 2026-12-12'),
    q: z.string().max(120).optional().describe('Les mots d’un besoin'),
    kind: oneOf(codesOf(eventKinds)).describe('Sortes de rendez-vous'),
    mode: oneOf(codesOf(eventModes)).describe('Où cela a lieu'),
    audience: oneOf(codesOf(audiences)).describe('Pour qui'),
    language: oneOf(codesOf(languages)).describe('En quelles langues'),
    access: oneOf(codesOf(accessFacts)).describe('Facilités d’accès : toutes celles qui sont demandées'),
    cost: oneOf(codesOf(costs)).describe('À quel prix'),
    age: wholeNumber(0, 72, 'un âge en mois').optional().describe('Âge de l’enfant, en mois'),
    company: z.enum(['avec', 'sans'], { error: 'attend avec ou sans' }).optional().describe('Avec ou sans l’enfant'),
    limit: wholeNumber(1, 100, 'un nombre de réponses').optional().describe('Réponses par page, 20 sinon'),
    after: z
      .string()
      .regex(/^\d{1,9}\.\d{1,10}$/, { error: 'attend le « next » d’une réponse' })
      .optional()
      .describe('Le « next » de la page d’avant'),
  }),
  answer: z.object({
    total: z.number(),
    when: z.string().nullable(),
    next: z.string().nullable(),
    events: z.array(event),
  }),
  maxAge: 60,
  run: async (context, query) => {
    const {
      commune,
      territory: scope,
      near,
      radius,
      when,
      q,
      kind,
      mode,
      audience,
      language,
      access,
      cost,
      age,
      company,
      limit = 20,
    } = query;
    const territory = scope === undefined ? undefined : parseTerritory(scope);
    if (territory && !territory.ok) return refusalResponse([{ ...territory.error, field: 'territory' }]);
    const [lat = 0, lon = 0] = near?.split(',').map(Number) ?? [];
    const place = commune
      ? ({ kind: 'territory', territory: { kind: 'commune', code: commune } } as const)
      : territory
        ? ({ kind: 'territory', territory: territory.value } as const)
        : near
          ? ({ kind: 'near', spot: { lat, lon } } as const)
          : undefined;
    const [start, occurrence] = query.after?.split('.').map(Number) ?? [];
    const found = findEvents(context, {
      ...(place ? { place } : {}),
      ...(radius === undefined ? {} : { km: radius }),
      ...(when === undefined ? {} : { when }),
      ...(q === undefined ? {} : { q }),
      ...(kind ? { kinds: kind } : {}),
      ...(mode ? { modes: mode } : {}),
      ...(audience ? { audiences: audience } : {}),
      ...(language ? { languages: language } : {}),
      ...(access ? { access } : {}),
      ...(cost ? { costs: cost } : {}),
      ...(age === undefined ? {} : { age }),
      ...(company ? { company } : {}),
      ...(start !== undefined && occurrence !== undefined ? { after: { start, occurrence } } : {}),
      limit,
    });
    if (!found.ok) return refusalResponse([{ ...found.error, field: commune ? 'commune' : 'territory' }]);
    if (when && !found.value.days)
      return refusalResponse([
        {
          code: 'unknown_day',
          field: 'when',
          message: 'ce jour n’a pas été compris ; essayez « ce week-end », « demain » ou 2026-12-12',
        },
      ]);
    const { hits, total, next, days } = found.value;
    const rows = await readEvents(
      context,
      hits.map((hit) => hit.occurrence),
    );
    const kms = new Map(hits.map((hit) => [hit.occurrence, hit.km]));
    return {
      ...{ total, when: days?.label ?? null, next: next ? `${next.start}.${next.occurrence}` : null },
      events: rows.map(({ fields, ...row }) => ({
        ...{ id: row.id, title: row.title, kind: fields.kind, organiser: row.organiser, start: row.start },
        ...{
          starts_at: row.startsAt,
          minutes: row.minutes,
          time_zone: row.timeZone,
          mode: fields.mode,
          place: row.where,
        },
        ...{ insee: row.insee, lat: fields.lat, lon: fields.lon, precise: fields.exact, audiences: fields.audiences },
        ...{ age_from: fields.age_from, age_to: fields.age_to, company: fields.company, costs: fields.costs },
        ...{ languages: fields.languages, access: fields.access },
        ...{ booking: fields.booking, free: row.free ?? null, page: row.page },
        distance_km: found.value.hasCentre ? rounded(kms.get(row.id)) : null,
      })),
    };
  },
});

const rounded = (km: number | undefined): number | null => (km === undefined ? null : Math.round(km * 10) / 10);
