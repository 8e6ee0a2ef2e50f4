import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Refusal } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { defineEndpoint } from '#platform/server/http/endpoint.ts';
import { refusalResponse } from '#platform/server/http/problem.ts';
import type { ShownOffer } from '../offer.ts';
import { nextOpening } from '../search/moments.ts';
import type { Hit } from '../search/search.ts';
import { shownText, spotOf } from '../search/segment.ts';
import { findOffers, type OffersFound } from './find-offers.ts';
import { cursorOf, offerParameters, pageParameters, toRequest } from './parameters.ts';

const offerAnswer = z
  .object({
    id: z.number().describe('Ne change pas tant que l’offre existe'),
    name: z.string(),
    kind: z.string(),
    summary: z.string().nullable(),
    organisation: z.string().nullable(),
    priorities: z.array(z.number()),
    audiences: z.array(z.string()),
    stage: z
      .array(z.number())
      .nullable()
      .describe('Semaines autour de la naissance : de, à ; rien si tout l’âge est couvert'),
    modes: z.array(z.string()),
    bookings: z.array(z.string()),
    costs: z.array(z.string()),
    languages: z.array(z.string()),
    access: z.array(z.string()),
    phone: z.string().nullable(),
    website: z.string().nullable(),
    place: z
      .object({
        name: z.string().nullable(),
        address: z.string().nullable(),
        postcode: z.string().nullable(),
        commune: z.string().nullable(),
        insee: z.string().nullable(),
        lat: z.number().nullable(),
        lon: z.number().nullable(),
        precision: z.enum(['housenumber', 'street', 'commune', 'manual', 'none']),
      })
      .nullable()
      .describe('Rien pour ce qui est à distance ou à domicile, et pour les lieux confidentiels'),
    tour: z.object({ name: z.string(), stop: z.string() }).nullable(),
    areas: z.array(z.string()).describe('Territoires servis par ce qui n’a pas de lieu'),
    page: z.string().describe('Adresse de la page sur ce site'),
    checked_on: z
      .string()
      .nullable()
      .describe(
        'Jour où qui tient la fiche a dit pour la dernière fois que tout est exact ; rien si personne ne l’a dit',
      ),
    distance_m: z.number().nullable().describe('À vol d’oiseau du point ou du centre de la commune demandée'),
    open_now: z.boolean().nullable().describe('Rien quand les horaires ne sont pas connus'),
    next_open: z
      .object({ from: z.string(), to: z.string() })
      .nullable()
      .describe('Ouverture en cours ou prochaine, à l’heure du lieu'),
    time_zone: z.string(),
  })
  .meta({ id: 'Offer' });

/** Seconds that an answer may be kept by others: openings change with the minute. */
const MAX_AGE = 30;

/** Places and services, page by page. */
export const offersEndpoint = defineEndpoint({
  path: '/api/v1/offers',
  summary: 'Chercher les lieux et les services autour d’un endroit',
  description:
    'Un lieu est demandé : near, bbox, commune ou territory. Dans une liste, une valeur suffit ; entre les paramètres, tous comptent. Du plus proche au plus lointain. D’une tournée, l’arrêt le plus proche qui a une date à venir.',
  example: 'commune=06088',
  query: offerParameters.extend(pageParameters),
  answer: z.object({
    total: z.number(),
    radius_km: z.number().nullable().describe('Rayon de la recherche'),
    widened: z.boolean().describe('Vrai quand il n’y avait rien de plus près'),
    offers: z.array(offerAnswer),
    next: z.string().nullable().describe('Repère de la suite, à donner dans cursor'),
  }),
  maxAge: MAX_AGE,
  run: (context, query) => {
    const request = toRequest(query, context.clock.now());
    if (!request.ok) return refusalResponse([request.error]);
    const found = findOffers(context, request.value);
    if (!found.ok) return refusalResponse([{ ...found.error, field: query.commune ? 'commune' : 'territory' }]);
    const { total, km, widened, hits, next } = found.value;
    // Each offer is kept as the text of its JSON: the answer is put together and never parsed.
    const offers = hits.map((hit) => offerText(found.value, hit)).join(',');
    const cursor = next ? JSON.stringify(cursorOf(query, next)) : 'null';
    return new Response(
      `{"total":${total},"radius_km":${km ?? null},"widened":${widened},"offers":[${offers}],"next":${cursor}}`,
      { headers: { 'content-type': 'application/json; charset=utf-8' } },
    );
  },
});

/** The same, whole, for a map: one point for each offer that has a place. */
export const offersGeojsonEndpoint = defineEndpoint({
  path: '/api/v1/offers.geojson',
  summary: 'Les lieux et les services pour une carte',
  description:
    'Mêmes filtres, sans pages, 20 000 réponses au plus : la réponse arrive au fil de l’eau. La géométrie est nulle pour ce qui n’a pas de lieu.',
  example: 'commune=06088',
  query: offerParameters,
  answer: { mediaType: 'application/geo+json', description: 'FeatureCollection (RFC 7946) de points' },
  maxAge: MAX_AGE,
  run: (context, query) =>
    exported(context, query, 'application/geo+json; charset=utf-8', {
      head: '{"type":"FeatureCollection","features":[',
      separator: ',',
      foot: ']}',
      line: (found, hit) => {
        const { segment, row } = hit;
        const { lat, lon } = spotOf(segment, row);
        const geometry =
          row < segment.located ? `{"type":"Point","coordinates":[${degrees(lon)},${degrees(lat)}]}` : 'null';
        return `{"type":"Feature","id":${hit.id},"geometry":${geometry},"properties":${offerText(found, hit)}}`;
      },
    }),
});

/** The same, whole, for a spreadsheet. */
export const offersCsvEndpoint = defineEndpoint({
  path: '/api/v1/offers.csv',
  summary: 'Les lieux et les services pour un tableur',
  description:
    'Mêmes filtres, sans pages, 20 000 réponses au plus. UTF-8 avec marque d’ordre, points-virgules ; plusieurs valeurs dans une case sont séparées par « | ».',
  example: 'commune=06088',
  query: offerParameters,
  answer: { mediaType: 'text/csv', description: 'Une ligne par offre' },
  maxAge: MAX_AGE,
  run: (context, query) =>
    exported(context, query, 'text/csv; charset=utf-8', {
      head: `\uFEFF${csvLine(csvColumns)}`,
      separator: '',
      foot: '',
      line: (found, hit) => csvLine(csvCells(found, hit)),
    }),
});

/** The JSON of one answer: what is told of the offer, and what depends on the question. */
const offerText = ({ place, times }: OffersFound, { segment, row, id, metres }: Hit): string => {
  const zone = segment.zoneNames[segment.zones[row] ?? 0] ?? 'Europe/Paris';
  const opening = nextOpening(segment, row, times.now(zone));
  const known = opening !== 'unsure' && (segment.timetables[row] ?? 0) !== 0;
  const next =
    opening === undefined || opening === 'unsure' ? 'null' : `{"from":"${opening.from}","to":"${opening.to}"}`;
  const openNow = known ? opening?.openNow === true : null;
  const distance = place.hasCentre && metres !== undefined ? metres : null;
  const told = shownText(segment, row).slice(1, -1);
  return `{"id":${id},${told},"distance_m":${distance},"open_now":${openNow},"next_open":${next},"time_zone":"${zone}"}`;
};

interface Export {
  readonly head: string;
  readonly separator: string;
  readonly foot: string;
  readonly line: (found: OffersFound, hit: Hit) => string;
}

/** Answers of one export. The open data of the whole site are files of their own. */
export const MOST_EXPORTED = 20_000;

const tooMany = (query: z.infer<typeof offerParameters>, total: number): Refusal => {
  const field = (['bbox', 'territory', 'commune', 'near'] as const).find((name) => query[name] !== undefined);
  const [found, most] = [total, MOST_EXPORTED].map((count) => count.toLocaleString('fr-FR'));
  return {
    code: 'too_many',
    field: field ?? 'near',
    message: `donne ${found} réponses, et un fichier en tient ${most} : demandez un endroit plus petit, ou ajoutez un filtre`,
  };
};

/** Answers sent at a time: some tens of kilobytes. */
const CHUNK = 200;

const exported = (
  context: Context,
  query: z.infer<typeof offerParameters>,
  mediaType: string,
  { head, separator, foot, line }: Export,
): Response => {
  const request = toRequest(query, context.clock.now());
  if (!request.ok) return refusalResponse([request.error]);
  const found = findOffers(context, { ...request.value, limit: MOST_EXPORTED });
  if (!found.ok) return refusalResponse([{ ...found.error, field: query.commune ? 'commune' : 'territory' }]);
  const { hits, total } = found.value;
  // Never cut without a word: whoever counts the lines would believe that they have everything.
  if (total > MOST_EXPORTED) return refusalResponse([tooMany(query, total)]);
  const encoder = new TextEncoder();
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(head)),
    pull: (controller) => {
      const lines = hits.slice(at, at + CHUNK).map((hit) => line(found.value, hit));
      const text = (at > 0 && lines.length > 0 ? separator : '') + lines.join(separator);
      at += CHUNK;
      if (text) controller.enqueue(encoder.encode(text));
      if (at < hits.length) return;
      controller.enqueue(encoder.encode(foot));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': mediaType } });
};

/** A coordinate kept in single precision, as people wrote it: six decimals are finer than it is. */
const degrees = (value: number): number => Math.round(value * 1e5) / 1e5;

const csvColumns = [
  ...['id', 'name', 'kind', 'summary', 'organisation', 'priorities', 'audiences', 'modes', 'bookings', 'costs'],
  ...['languages', 'access', 'phone', 'website', 'place', 'address', 'postcode', 'commune', 'insee', 'lat', 'lon'],
  ...['precision', 'tour', 'stop', 'areas', 'page', 'distance_m', 'next_open_from', 'next_open_to', 'time_zone'],
  'checked_on',
];

const csvCells = (found: OffersFound, hit: Hit): unknown[] => {
  // Written by offerDocument alone.
  const offer = JSON.parse(offerText(found, hit)) as ShownOffer & {
    distance_m: number | null;
    next_open: { from: string; to: string } | null;
    time_zone: string;
  };
  const { place } = offer;
  return [
    ...[
      hit.id,
      offer.name,
      offer.kind,
      offer.summary,
      offer.organisation,
      list(offer.priorities),
      list(offer.audiences),
    ],
    ...[list(offer.modes), list(offer.bookings), list(offer.costs), list(offer.languages), list(offer.access)],
    ...[offer.phone, offer.website, place?.name, place?.address, place?.postcode, place?.commune, place?.insee],
    ...[place?.lat, place?.lon, place?.precision, offer.tour?.name, offer.tour?.stop, list(offer.areas), offer.page],
    ...[offer.distance_m, offer.next_open?.from, offer.next_open?.to, offer.time_zone],
    offer.checked_on,
  ];
};

const list = (values: readonly (string | number)[]): string => values.join(' | ');

const csvLine = (cells: readonly unknown[]): string => stringify([cells], { delimiter: ';', escape_formulas: true });
