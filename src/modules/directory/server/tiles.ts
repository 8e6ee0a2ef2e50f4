import { fromGeojsonVt } from 'vt-pbf';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { parseQuery } from '#platform/server/http/endpoint.ts';
import { problemResponse } from '#platform/server/http/problem.ts';
import type { ShownOffer } from '../offer.ts';
import { shownText } from '../search/segment.ts';
import {
  boundsOf,
  EXTENT,
  isTile,
  mercatorX,
  mercatorY,
  type TileAddress,
  type TilePoint,
  tilePoints,
} from '../search/tile.ts';
import { SLOT_MINUTES } from '../week.ts';
import { offersIndex } from './offers-index.ts';
import { filtersOf, offerParameters } from './parameters.ts';
import { communesTree } from './where.ts';

const tileParameters = offerParameters.omit({ near: true, radius: true, bbox: true, commune: true, territory: true });

/** Tiles already drawn for the index of today, so that the same view costs nothing. The oldest leave first. */
const drawn = new Map<string, Uint8Array>();
const MOST_DRAWN = 400;

/**
 * A vector tile of the offers, with the filters of the API. Layer `offers`; each point has its number `n`, and when it
 * is one place its `id`, `name`, `kind` and `page`. The ETag is the version of the index.
 */
export const offersTile = (context: Context, address: TileAddress, url: URL, ifNoneMatch: string | null): Response => {
  if (!isTile(address)) return problemResponse(404, 'no_such_tile');
  const query = parseQuery(tileParameters, url.searchParams);
  const open = { 'access-control-allow-origin': '*' };
  if (!query.ok) return problemResponse(400, 'bad_parameter', { errors: query.errors, headers: open });
  const { segments, version } = context.indexes.get(offersIndex);
  const now = context.clock.now();
  // What is open changes with the clock, and not only with the index.
  const slot = query.value.open ? `-${Math.floor(now.epochMilliseconds / 60_000 / SLOT_MINUTES)}` : '';
  const etag = `"${version}${slot}"`;
  const headers = { etag, 'cache-control': 'public, max-age=60', ...open };
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

/** Names in one tile: enough to know where one is. */
const MOST_NAMES = 10;

/** The names of the largest communes of a tile, for a base map that needs no network. Layer `names`: `name`, `rank`. */
export const namesTile = (context: Context, address: TileAddress): Response => {
  if (!isTile(address)) return problemResponse(404, 'no_such_tile');
  const territories = context.indexes.get(territoryIndex);
  const { west, south, east, north } = boundsOf(address);
  const scale = 2 ** address.z;
  const features = communesTree(territories)
    .range(west, south, east, north)
    .flatMap((at) => territories.communes[at] ?? [])
    .filter(({ partOf }) => partOf === null)
    .sort((a, b) => (b.population ?? 0) - (a.population ?? 0))
    .slice(0, MOST_NAMES)
    .map(({ name, lat, lon, population }) => ({
      ...{ type: 1, tags: { name, rank: -(population ?? 0) } },
      geometry: [
        [
          Math.round((mercatorX(lon) * scale - address.x) * EXTENT),
          Math.round((mercatorY(lat) * scale - address.y) * EXTENT),
        ],
      ],
    }));
  return new Response(new Uint8Array(layer('names', features)), {
    headers: { 'content-type': 'application/vnd.mapbox-vector-tile', 'cache-control': 'public, max-age=86400' },
  });
};

const encode = (points: readonly TilePoint[]): Uint8Array => {
  const features = points.map(({ x, y, count, alone, segment, row }) => ({
    ...{ type: 1, geometry: [[x, y]] },
    ...(alone ? { id: segment.ids[row] } : {}),
    // A place with three services is one point that opens, not a group to come nearer to.
    tags: alone ? { n: 1, ...told(shownText(segment, row)) } : { n: count },
  }));
  return layer('offers', features);
};

const layer = (name: string, features: readonly object[]): Uint8Array => {
  // The library's types ask for whole tiles of geojson-vt; it reads the features alone.
  const layers = { [name]: { features } } as unknown as Parameters<typeof fromGeojsonVt>[0];
  return fromGeojsonVt(layers, { version: 2, extent: EXTENT });
};

const told = (text: string): Record<string, string> => {
  // Written by offerDocument alone.
  const { name, kind, page, place } = JSON.parse(text) as ShownOffer;
  return { name: place?.name ?? name, kind, page };
};
