import type { EventRow } from './read-events.ts';

/**
 * What search engines read of a date, in schema.org’s words, as the text of a script element. `<` is written so that no
 * title can close the element.
 */
export const structuredEvent = (event: EventRow, origin: string): string => {
  const { fields } = event;
  const remote = fields.mode === 'visio';
  const offset = (instant: Temporal.Instant): string =>
    instant.toZonedDateTimeISO(event.timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
  const start = Temporal.Instant.from(event.startsAt);
  return JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'Event',
    ...{ name: event.title, url: `${origin}${event.page}` },
    ...(fields.summary ? { description: fields.summary } : {}),
    startDate: offset(start),
    endDate: offset(start.add({ minutes: event.minutes })),
    eventStatus: `https://schema.org/${event.cancelled ? 'EventCancelled' : event.moved ? 'EventRescheduled' : 'EventScheduled'}`,
    eventAttendanceMode: `https://schema.org/${remote ? 'Online' : 'Offline'}EventAttendanceMode`,
    location: remote
      ? { '@type': 'VirtualLocation', url: `${origin}${event.page}` }
      : {
          '@type': 'Place',
          name: fields.place_name || event.commune,
          address: {
            ...{ '@type': 'PostalAddress', addressCountry: 'FR', addressLocality: event.commune },
            ...(fields.line && fields.mode !== 'domicile' ? { streetAddress: fields.line } : {}),
          },
        },
    organizer: { '@type': 'Organization', name: event.organiser },
    isAccessibleForFree: fields.costs.includes('gratuit'),
    ...(fields.places === null ? {} : { maximumAttendeeCapacity: fields.places }),
    ...(event.free === undefined ? {} : { remainingAttendeeCapacity: event.free }),
  }).replaceAll('<', '\\u003c');
};
