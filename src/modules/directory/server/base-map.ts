import { readFileSync } from 'node:fs';
import type { Settings } from '#platform/server/settings.ts';

/** A base map drawn by other servers than ours. */
export interface BaseMap {
  /** MapLibre style, as JSON. */
  readonly style: string;
  /** The servers that a browser asks when the map is open. */
  readonly origins: readonly string[];
}

/**
 * The base map that the operator chose, or undefined: ours, which asks nobody. Its style was prepared with the site
 * (`scripts/prepare-map.ts`).
 */
export const chosenBaseMap = ({ BASE_MAP }: Pick<Settings, 'BASE_MAP'>): BaseMap | undefined => {
  if (!BASE_MAP) return undefined;
  const style = readFileSync(`reference/${BASE_MAP}.json`, 'utf8');
  return { style, origins: originsOf(style) };
};

/** Every server that a style names, in its sources, its glyphs and its pictures. */
export const originsOf = (style: string): readonly string[] => [
  ...new Set([...style.matchAll(/"(https?:\/\/[^/"]+)/g)].map(([, origin = '']) => origin)),
];
