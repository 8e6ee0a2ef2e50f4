import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Refusal, Result } from '#platform/result.ts';
import { ok } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { OfferFilters } from '../search/filters.ts';
import type { Position } from '../search/first-ones.ts';
import { nearestKm } from '../search/nearest.ts';
import { centreOf, type OfferAnswer, searchOffers } from '../search/search.ts';
import { offersIndex } from './offers-index.ts';
import { findPlace, type PlaceAsked, type PlaceFound } from './where.ts';

/** What somebody looks for. */
export interface OfferRequest {
  readonly place: PlaceAsked;
  /** Kilometres; absent, the search widens by itself until there is something to show. */
  readonly km?: number;
  readonly filters: OfferFilters;
  readonly limit: number;
  readonly after?: Position;
  readonly by?: 'service' | 'site';
  readonly countFacets?: boolean;
}

export interface OffersFound extends OfferAnswer {
  readonly place: PlaceFound;
  /** Kilometres actually looked around; undefined for a box or a territory. */
  readonly km: number | undefined;
  /** Whether that is more than asked, because there was nothing nearer. */
  readonly widened: boolean;
  readonly version: string;
}

/** The distances a search widens to, and beyond which what is found helps nobody. */
const steps = [20, 30, 50, 75, 100, 150, 200];

/**
 * Answers a request. Without a radius, a search that finds no place looks as far as the nearest one, in round
 * kilometres, and says so. What serves the territory without a place there is no reason to stop.
 */
export const findOffers = (context: Context, request: OfferRequest): Result<OffersFound, Refusal> => {
  const { segments, version } = context.indexes.get(offersIndex);
  const found = findPlace(context.indexes.get(territoryIndex), request.place, request.km);
  if (!found.ok) return found;
  const place = found.value;
  const now = context.clock.now();
  const { filters, limit, after, by, countFacets } = request;
  const fromTheStart = { areas: place.areas, filters, now, limit, ...(by ? { by } : {}) };
  const question = { ...fromTheStart, ...(after ? { after } : {}), ...(countFacets ? { countFacets } : {}) };
  const { where } = place;
  const asked = where.kind === 'box' ? undefined : where.km;
  const first = searchOffers(segments, { ...question, where });
  // A page without a place may be the end of a list that has some, or the next page of one that was widened.
  const empty =
    asked !== undefined &&
    request.km === undefined &&
    !hasPlace(first) &&
    (!after || !hasPlace(searchOffers(segments, { ...fromTheStart, where, limit: 1 })));
  const needed = empty ? nearestKm(segments, centreOf(where), filters, now, steps.at(-1) ?? 200) : undefined;
  const widerStep = needed === undefined ? undefined : steps.find((step) => step >= needed);
  if (widerStep === undefined || where.kind === 'box') {
    return ok({ ...first, ...{ place, km: asked, widened: false, version } });
  }
  const wider = searchOffers(segments, { ...question, where: { ...where, km: widerStep } });
  return ok({ ...wider, ...{ place, km: widerStep, widened: true, version } });
};

/** Only places count: what is at a distance is found everywhere. */
const hasPlace = ({ hits }: OfferAnswer): boolean => hits.some(({ metres }) => metres !== undefined);
