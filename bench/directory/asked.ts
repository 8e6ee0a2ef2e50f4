import type { TerritoryIndex } from '#modules/territory/index.ts';
import { pointDrawer } from './synthetic.ts';

/** Adds a line to the measure, and says it at once. */
export type Add = (text: string, value: string, aim?: string) => void;

/** Where a question is asked, by its number. */
export type Spots = (round: number) => { readonly lat: number; readonly lon: number };

/** 500 points, drawn as the offers are, again and again. */
export const spotsOf = (territories: TerritoryIndex): Spots => {
  const draw = pointDrawer(territories, 7);
  const points = Array.from({ length: 500 }, () => {
    const { lat, lon } = draw();
    return { lat, lon };
  });
  return (round) => points[round % points.length] ?? { lat: 48, lon: 2 };
};

/** When: a Tuesday, so that the hours drawn are open for some and closed for others. */
export const now = Temporal.Instant.from('2026-11-24T09:30:00Z');
