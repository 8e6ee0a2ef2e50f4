import type { SeriesFields } from '../event.ts';
import type { EventRow } from './read-events.ts';

/** What of a date a point tells. */
interface Held extends Pick<EventRow, 'title' | 'dayWords' | 'hours' | 'page' | 'cancelled'> {
  readonly fields: Pick<SeriesFields, 'mode' | 'lat' | 'lon'>;
}

/** Points of one map. */
const MOST = 200;

/**
 * Dates as points of GeoJSON: one for each place, told by its next date, and how many follow. What is held at homes or by
 * video is nowhere on a map; what is cancelled neither.
 */
export const agendaPoints = (events: readonly Held[]) => {
  const held = events.filter(({ cancelled, fields }) => !cancelled && ['lieu', 'arret'].includes(fields.mode));
  const places = Map.groupBy(held, ({ fields }) => `${fields.lat} ${fields.lon}`);
  return {
    type: 'FeatureCollection',
    features: [...places.values()].slice(0, MOST).flatMap(([first, ...others]) =>
      first
        ? [
            {
              type: 'Feature',
              geometry: { type: 'Point', coordinates: [first.fields.lon, first.fields.lat] },
              properties: {
                title: `${first.title}, ${first.dayWords}, ${first.hours}${others.length > 0 ? `, et ${others.length} autre${others.length > 1 ? 's' : ''}` : ''}`,
                path: first.page,
              },
            },
          ]
        : [],
    ),
  };
};
