import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { compiledQuery } from '#platform/server/database/compiled.ts';
import type { Database } from '#platform/server/database/database.ts';
import './tables.ts';

/** What each source is called: there are few, and they come with the row rather than by one more question. */
const sourceTitles = sql<Record<string, string>>`(
  select json_object_agg(id, case when strpos(title, publisher) > 0 then title else concat_ws(', ', title, publisher) end) from directory_source)`.as(
  'source_titles',
);

/** The question of a place with its organisation and its services, by its slug: others may ask more of it at once. */
export const placeQuestion = (db: Database, slug: string) =>
  db
    .selectFrom('place')
    .leftJoin('organisation', 'organisation.id', 'place.organisation_id')
    .select(['place.id', 'place.name', 'place.kind', 'place.source', 'place.state', 'place.closed_on'])
    .select('place.checked_on')
    .select([
      'place.confidential',
      'place.insee',
      'place.line',
      'place.postcode',
      'place.more',
      'place.lat',
      'place.lon',
    ])
    .select(['place.phone', 'place.email', 'place.website', 'place.access', 'place.access_note', 'place.acceslibre'])
    .select(['place.hours', 'place.hours_note', 'place.closures', 'place.provenance'])
    .select(['organisation.name as organisation_name', sourceTitles])
    .select((place) =>
      jsonArrayFrom(
        place
          .selectFrom('offer')
          .innerJoin('service', 'service.id', 'offer.service_id')
          .leftJoin('placement', 'placement.id', 'offer.placement_id')
          .select(['offer.id as offer', 'service.slug', 'service.name', 'service.summary', 'service.description'])
          .select(['service.bookings', 'service.booking_note', 'service.cost_note', 'service.provenance'])
          .select('placement.provenance as placement_provenance')
          .whereRef('offer.place_id', '=', 'place.id')
          .where('offer.gone', '=', false)
          .orderBy('service.name'),
      ).as('services'),
    )
    .where('place.slug', '=', slug);

/** A place by its slug; undefined when there is none. */
export const readPlace = compiledQuery(placeQuestion);

export type PlaceRow = NonNullable<Awaited<ReturnType<typeof readPlace>>>;

/** A service with its organisation and its offers, stop after stop, by its slug; undefined when there is none. */
export const readService = compiledQuery((db, slug) =>
  db
    .selectFrom('service')
    .leftJoin('organisation', 'organisation.id', 'service.organisation_id')
    .select(['service.id', 'service.slug', 'service.name', 'service.kind', 'service.source', 'service.state'])
    .select('service.closed_on')
    .select(['service.summary', 'service.description', 'service.bookings', 'service.booking_note', 'service.cost_note'])
    .select('service.email')
    .select(['service.provenance', 'organisation.name as organisation_name', sourceTitles])
    .select((service) =>
      jsonArrayFrom(
        service
          .selectFrom('offer')
          .leftJoin('placement', 'placement.id', 'offer.placement_id')
          .leftJoin('place', 'place.id', 'offer.place_id')
          .leftJoin('tour', 'tour.id', 'offer.tour_id')
          .leftJoin('tour_stop', 'tour_stop.id', 'offer.stop_id')
          .select([
            'offer.id',
            'offer.shown',
            'place.slug as place_slug',
            'place.confidential',
            'tour.name as tour_name',
            'tour.id as tour_id',
            'tour_stop.note',
          ])
          .select('placement.provenance as placement_provenance')
          .select(['tour.provenance as tour_provenance', 'tour_stop.provenance as stop_provenance'])
          .whereRef('offer.service_id', '=', 'service.id')
          .where('offer.gone', '=', false)
          .orderBy('tour_stop.position')
          .orderBy('offer.id')
          .limit(200),
      ).as('offers'),
    )
    .where('service.slug', '=', slug),
);
