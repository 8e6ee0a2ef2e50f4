import { fromGeojsonVt } from 'vt-pbf';
import type { Context } from '#platform/server/context.ts';
import { parseQuery } from '#platform/server/http/endpoint.ts';
import { problemResponse } from '#platform/server/http/problem.ts';
import type { ShownOffer } from '../offer.ts';
import { shownText } from '../search/segment.ts';
import { EXTENT, isTile, type TileAddress, type TilePoint, tilePoints } from '../search/tile.ts';
import { SLOT_MINUTES } from '../week.ts';
import { offersIndex } from './offers-index.ts';
import { filtersOf, offerParameters } from './parameters.ts';

const tileParameters = offerParameters.omit({ near: true, radius: true, bbox: true, commune: true, territory: true });

/** Tiles already drawn for the index of today, so that the same view costs nothing. The oldest leave first. */
const drawn = new Map<string, Uint8Array>();
const MOST_DRAWN = 400;

/**
 * A vector tile of the offers, with the filters of the API. Layer `offers`; each point has its number `n`, and when it
 * is alone its `id`, `name`, `kind` and `page`. The ETag is the version of the index.
 */
export const offersTile = (context: Context, address: TileAddress, url: URL, ifNoneMatch: string | null): Response => {
  if (!isTile(address)) return problemResponse(404, 'no_such_tile');
  const query = parseQuery(tileParameters, url.searchParams);
  if (!query.ok) return problemResponse(400, 'bad_parameter', { errors: query.errors });
  const { segments, version } = context.indexes.get(offersIndex);
  const now = context.clock.now();
  // What is open changes with the clock, and not only with the index.
  const slot = query.value.open ? `-${Math.floor(now.epochMilliseconds / 60_000 / SLOT_MINUTES)}` : '';
  const etag = `"${version}${slot}"`;
  const headers = { etag, 'cache-control': 'public, max-age=60', 'access-control-allow-origin': '*' };
  if (ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
    return new Response(null, { status: 304, headers });
  }
  const key = `${etag} ${address.z}/${address.x}/${address.y}?${url.searchParams}`;
  const tile = drawn.get(key) ?? encode(tilePoints(segments, address, filtersOf(query.value), now));
  drawn.delete(key);
  drawn.set(key, tile);
  const [oldest] = drawn.keys();
  if (drawn.size > MOST_DRAWN && oldest !== undefined) drawn.delete(oldest);
  return new Response(new Uint8Array(tile), {
    headers: { ...headers, 'content-type': 'application/vnd.mapbox-vector-tile' },
  });
};

const encode = (points: readonly TilePoint[]): Uint8Array => {
  const features = points.map(({ x, y, count, segment, row }) => ({
    ...{ type: 1, geometry: [[x, y]] },
    ...(count === 1 ? { id: segment.ids[row] } : {}),
    tags: { n: count, ...(count === 1 ? told(shownText(segment, row)) : {}) },
  }));
  // The library's types ask for whole tiles of geojson-vt; it reads the features alone.
  const layers = { offers: { features } } as unknown as Parameters<typeof fromGeojsonVt>[0];
  return fromGeojsonVt(layers, { version: 2, extent: EXTENT });
};

const told = (text: string): Record<string, string> => {
  // Written by offerDocument alone.
  const { name, kind, page, place } = JSON.parse(text) as ShownOffer;
  return { name: place?.name ?? name, kind, page };
};
