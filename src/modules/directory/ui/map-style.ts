import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { MapLayer, MapProps } from './map-props.ts';

/** The colours of the page that the map takes up. */
export type MapColours = Readonly<
  Record<'paper' | 'sand' | 'line' | 'edge' | 'ink' | 'night' | 'onNight' | 'sage' | 'sageWash' | 'sea', string>
>;

/**
 * The style of the map: our points over our own base, or over `chosen`, the base map that the operator preferred.
 * `origin` is that of our site.
 */
export const mapStyle = (
  { tileQuery, more }: Pick<MapProps, 'tileQuery' | 'more'>,
  colours: MapColours,
  origin: string,
  chosen?: StyleSpecification,
): StyleSpecification => {
  const base = chosen ?? ownBase(colours, origin);
  return {
    ...base,
    sources: {
      ...base.sources,
      places: { type: 'vector', tiles: [tiles(origin, 'offers', tileQuery)], maxzoom: 17 },
      ...Object.fromEntries(more.map(({ id, url }) => [id, { type: 'geojson' as const, data: url }])),
    },
    layers: [
      ...base.layers,
      ...more.map((layer) => points(layer, colours)),
      ...places(colours, chosen ? GLYPHS : LETTERS),
    ],
  };
};

const tiles = (origin: string, name: string, query: string): string =>
  `${origin}/tiles/${name}/{z}/{x}/{y}.mvt${query ? `?${query}` : ''}`;

/** Without glyphs of its own, a style has its text drawn with the device's letters. */
const LETTERS = ['sans-serif'];
/** A base map that brings glyphs must have those of all the text: these are in carte-facile's. */
const GLYPHS = ['Noto Sans Bold'];

/** Outlines and names from our own server: no network beyond it. */
const ownBase = (colours: MapColours, origin: string): StyleSpecification => ({
  version: 8,
  sources: {
    land: { type: 'geojson', data: `${origin}/map/outlines.json`, attribution: 'Fonds : Natural Earth' },
    names: { type: 'vector', tiles: [tiles(origin, 'names', '')], maxzoom: 12 },
  },
  layers: [
    { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
    {
      ...{ id: 'land', type: 'fill', source: 'land' },
      paint: { 'fill-color': ['match', ['get', 'land'], 'france', colours.paper, colours.sand] },
    },
    { id: 'borders', type: 'line', source: 'land', paint: { 'line-color': colours.line, 'line-width': 1.5 } },
    {
      ...{ id: 'names', type: 'symbol', source: 'names', 'source-layer': 'names' },
      layout: {
        'text-field': ['get', 'name'],
        'text-font': LETTERS,
        'text-size': 14,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': colours.ink, 'text-halo-color': colours.paper, 'text-halo-width': 2 },
    },
  ],
});

/** Other points under the places: what is held at one of them is a ring around it. */
const points = ({ id, shown }: MapLayer, colours: MapColours): LayerSpecification => ({
  ...{ id: `${id}-points`, type: 'circle', source: id, layout: { visibility: shown ? 'visible' : 'none' } },
  paint: {
    ...{ 'circle-radius': id === 'events' ? 11 : 8, 'circle-stroke-width': 2.5 },
    ...(id === 'events'
      ? { 'circle-color': colours.paper, 'circle-stroke-color': colours.ink }
      : { 'circle-color': colours.sageWash, 'circle-stroke-color': colours.sage }),
  },
});

/** The places: a point each, or a disc with how many there are. */
const places = (colours: MapColours, font: string[]): LayerSpecification[] => {
  const several: ExpressionSpecification = ['>', ['get', 'n'], 1];
  return [
    {
      ...{ id: 'places-points', type: 'circle', source: 'places', 'source-layer': 'offers' },
      paint: {
        'circle-color': colours.night,
        'circle-opacity': 0.85,
        'circle-radius': ['case', several, ['min', 26, ['+', 10, ['*', 2, ['ln', ['get', 'n']]]]], 6],
        ...{ 'circle-stroke-color': colours.onNight, 'circle-stroke-width': 1.5 },
      },
    },
    {
      ...{ id: 'places-counts', type: 'symbol', source: 'places', 'source-layer': 'offers', filter: several },
      layout: {
        'text-field': ['to-string', ['get', 'n']],
        'text-font': font,
        'text-size': 13,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': colours.onNight },
    },
  ];
};
