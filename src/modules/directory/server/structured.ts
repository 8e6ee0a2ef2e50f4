import type { PlaceView, ServiceView } from './place-view.ts';

/**
 * What search engines read of a page, in schema.org's words, as the text of a script element. `<` is written so that no
 * name can close the element.
 */
export const structuredPlace = (place: PlaceView, url: string): string =>
  scriptText({
    '@context': 'https://schema.org',
    '@type': 'CivicStructure',
    ...{ name: place.title, url },
    ...(place.phone ? { telephone: place.phone } : {}),
    ...(place.email ? { email: place.email } : {}),
    ...(place.website ? { sameAs: place.website } : {}),
    address: {
      '@type': 'PostalAddress',
      addressCountry: 'FR',
      ...(place.address.length > 1 ? { streetAddress: place.address[0] } : {}),
      ...(place.postcode ? { postalCode: place.postcode } : {}),
      ...(place.commune ? { addressLocality: place.commune.name } : {}),
    },
    ...(place.approximate || place.lat === undefined
      ? {}
      : { geo: { '@type': 'GeoCoordinates', latitude: place.lat, longitude: place.lon } }),
    ...openingHours(place),
    ...(place.organisation ? { parentOrganization: { '@type': 'Organization', name: place.organisation } } : {}),
  });

/** The hours that are the same every week, when all the services of the place have the same. */
const openingHours = ({ services }: PlaceView): object => {
  const [first, ...others] = services.map(({ hours }) => hours).filter((hours) => hours.length > 0);
  if (!first || others.some((hours) => JSON.stringify(hours) !== JSON.stringify(first))) return {};
  return {
    openingHoursSpecification: first.map(({ day, opens, closes }) => ({
      ...{ '@type': 'OpeningHoursSpecification', dayOfWeek: `https://schema.org/${day}`, opens, closes },
    })),
  };
};

/** The same for a service. */
export const structuredService = (service: ServiceView, url: string): string =>
  scriptText({
    '@context': 'https://schema.org',
    '@type': 'Service',
    ...{ name: service.title, url },
    ...(service.summary ? { description: service.summary } : {}),
    ...(service.organisation ? { provider: { '@type': 'Organization', name: service.organisation } } : {}),
    ...(service.areaNames.length > 0 ? { areaServed: service.areaNames } : {}),
    ...(service.phone ? { availableChannel: { '@type': 'ServiceChannel', servicePhone: service.phone } } : {}),
  });

const scriptText = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');
