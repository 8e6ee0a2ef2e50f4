import { error, redirect } from '@sveltejs/kit';
import {
  kindOfSegment,
  parseTerritory,
  type Territory,
  type TerritoryIndex,
  territoryPath,
  territoryToShow,
} from '#modules/territory/index.ts';

/** The territory of an address. A former code leads to the page of today; one that never was is not found. */
export const territoryAsked = (index: TerritoryIndex, params: { kind: string; code: string }): Territory => {
  const asked = parseTerritory(`${kindOfSegment(params.kind)}:${params.code}`);
  const territory = asked.ok ? territoryToShow(index, asked.value) : undefined;
  if (!territory) error(404, 'Ce territoire n’existe pas.');
  if (territory.code !== params.code) redirect(308, `/professionnels${territoryPath(territory)}`);
  return territory;
};
