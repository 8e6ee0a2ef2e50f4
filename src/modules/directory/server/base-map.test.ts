import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StyleSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { prepareBaseMap } from '../../../../scripts/prepare-map.ts';
import { type MapColours, mapStyle } from '../ui/map-style.ts';
import { chosenBaseMap, originsOf } from './base-map.ts';

const colours = new Proxy({} as MapColours, { get: () => '#123456' });
const more = [{ id: 'projects' as const, url: '/projets.geojson', label: 'Projets', shown: false }];
const props = { tileQuery: 'kind=pmi', more };

const carteFacile = (): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'fond-')), 'carte-facile.json');
  prepareBaseMap(file);
  return readFileSync(file, 'utf8');
};

/** Every font that the layers of a style ask for. */
const fonts = (style: StyleSpecification): string[] => [
  ...new Set(
    style.layers.flatMap((layer) =>
      layer.type === 'symbol' ? [JSON.stringify(layer.layout?.['text-font'] ?? 'none')] : [],
    ),
  ),
];

describe('the base map', () => {
  it('is ours when nothing is set, and names no other server', () => {
    expect(chosenBaseMap({ BASE_MAP: undefined })).toBeUndefined();
    const style = mapStyle(props, colours, 'https://mille-jours.example');
    expect(originsOf(JSON.stringify(style))).toEqual(['https://mille-jours.example']);
    expect(style.glyphs).toBeUndefined();
  });

  it('is IGN’s when chosen: two servers of the State, and ours for the points', () => {
    const chosen = carteFacile();
    expect([...originsOf(chosen)].sort()).toEqual(['https://data.geopf.fr', 'https://openmaptiles.geo.data.gouv.fr']);
    const style = mapStyle(props, colours, 'https://mille-jours.example', JSON.parse(chosen) as StyleSpecification);
    expect(style.layers.slice(-3).map(({ id }) => id)).toEqual(['projects-points', 'places-points', 'places-counts']);
    expect(Object.keys(style.sources)).toEqual(['plan_ign', 'places', 'projects']);
    // A font that the glyph server does not have would leave our counts blank.
    const known = fonts(JSON.parse(chosen) as StyleSpecification);
    expect(fonts(style).filter((font) => !known.includes(font))).toEqual([]);
  });
});
