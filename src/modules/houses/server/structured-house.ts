import { structuredPlace } from '#modules/directory/server/index.ts';
import type { HouseView } from './house-view.ts';

/**
 * What search engines read of a Maison, in schema.org’s words, as the text of a script element: its first place, its other
 * sites as departments. `<` is written so that no name can close the element.
 */
export const structuredHouse = ({ name, sites }: HouseView, url: string): string => {
  const places = sites.flatMap((site) =>
    'place' in site ? [JSON.parse(structuredPlace(site.place, url)) as Record<string, unknown>] : [],
  );
  const [first, ...others] = places;
  return JSON.stringify({
    '@context': 'https://schema.org',
    ...{ '@type': 'CivicStructure', ...first, name, url },
    ...(others.length > 0
      ? { department: others.map(({ '@context': _, ...place }) => ({ ...place, url: undefined })) }
      : {}),
  }).replaceAll('<', '\\u003c');
};
