import type { AccessFact, Audience, Booking, Cost, Kind, Language, Mode } from './vocabulary.ts';

/**
 * What the directory holds, field by field. Names are those of the tables. A field that is absent or null is not known:
 * nothing is guessed.
 */

/** How precisely a point is known. `none`: no point. */
export type PlacePrecision = 'housenumber' | 'street' | 'commune' | 'manual' | 'none';

/** Days on which a place is closed whatever its hours say. ISO dates, both included. */
export interface Closure {
  readonly from: string;
  readonly to: string;
  readonly reason?: string;
}

export interface OrganisationFields {
  name: string;
  legal_name?: string | null;
  siret?: string | null;
  /** FINESS number of the legal entity. */
  finess?: string | null;
  website?: string | null;
  email?: string | null;
  phone?: string | null;
}

export interface PlaceFields {
  name: string;
  kind: Kind;
  /** « 172 avenue de la Californie » */
  line?: string | null;
  /** Building, floor, landmark. */
  more?: string | null;
  postcode?: string | null;
  /** INSEE code of the commune of today. */
  insee?: string | null;
  lat?: number | null;
  lon?: number | null;
  precision?: PlacePrecision;
  /** Never located in public: only its département is told. For shelters. */
  confidential?: boolean;
  phone?: string | null;
  email?: string | null;
  website?: string | null;
  /** Opening hours in OpenStreetMap's syntax. */
  hours?: string | null;
  hours_note?: string | null;
  closures?: readonly Closure[];
  access?: readonly AccessFact[];
  access_note?: string | null;
  /** Address of the place's sheet on Acceslibre. */
  acceslibre?: string | null;
  siret?: string | null;
  /** FINESS number of the establishment. */
  finess?: string | null;
}

export interface ServiceFields {
  name: string;
  kind: Kind;
  /** One or two sentences for the list. */
  summary?: string | null;
  description?: string | null;
  /** Numbers of the priorities, 1 to 10. */
  priorities?: readonly number[];
  audiences?: readonly Audience[];
  /** Weeks around birth, birth being 0. */
  stage_from?: number | null;
  stage_to?: number | null;
  modes?: readonly Mode[];
  bookings?: readonly Booking[];
  booking_note?: string | null;
  costs?: readonly Cost[];
  cost_note?: string | null;
  languages?: readonly Language[];
  phone?: string | null;
  email?: string | null;
  website?: string | null;
}

/** Where a service is given. Neither place nor tour: at home or at a distance, in `areas`. */
export interface PlacementFields {
  /** Hours of this service here, when they are not those of the place. OpenStreetMap's syntax. */
  hours?: string | null;
  /** Territories served: `france`, `region:84`, `departement:75`, `epci:…`, `commune:…`. */
  areas?: readonly string[];
}

/** A service that travels: the bus, its round. */
export interface TourFields {
  name: string;
  vehicle?: string | null;
  description?: string | null;
  phone?: string | null;
  email?: string | null;
  website?: string | null;
}

/** One stop of a tour and when it comes. Without `starts_at` the dates are not known. */
export interface StopFields {
  label: string;
  line?: string | null;
  postcode?: string | null;
  insee?: string | null;
  lat?: number | null;
  lon?: number | null;
  precision?: PlacePrecision;
  /** Rank in the round, from 0. */
  position?: number;
  /** First time, by the stop's own clock: `2026-11-24T09:00`. */
  starts_at?: string | null;
  minutes?: number | null;
  /** RFC 5545, without DTSTART: `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`. Absent: that one time. */
  rrule?: string | null;
  /** Days on which it does not come, and days on which it comes besides. ISO dates. */
  except?: readonly string[];
  besides?: readonly string[];
  note?: string | null;
}

export interface ProfessionalFields {
  name: string;
  /** « Sage-femme » */
  profession: string;
  rpps?: string | null;
  exercise?: 'liberal' | 'salarie' | 'benevole' | null;
  /** Works where they live: shown at the precision of the commune. */
  at_home?: boolean;
  phone?: string | null;
  email?: string | null;
  website?: string | null;
}

/** The kinds of rows that have a source. */
export interface FieldsOf {
  organisation: OrganisationFields;
  place: PlaceFields;
  service: ServiceFields;
  tour: TourFields;
  tour_stop: StopFields;
  professional: ProfessionalFields;
}
export type Entity = keyof FieldsOf;

/** `closed`: it disappeared from its source, or a person said so. It stays in the tables and leaves the searches. */
export type State = 'open' | 'closed';

/**
 * One line of a source in the directory's words, with everything that it tells. `ref`s identify a row within its source
 * and never change: a FINESS number, a key of the file. The services are given at `place`, or on `tour`, or in `areas`.
 */
export interface DirectoryRecord {
  readonly organisation?: { readonly ref: string; readonly fields: OrganisationFields };
  readonly place?: { readonly ref: string; readonly fields: PlaceFields };
  readonly tour?: { readonly ref: string; readonly fields: TourFields };
  readonly stops?: readonly { readonly ref: string; readonly fields: StopFields }[];
  readonly professional?: { readonly ref: string; readonly fields: ProfessionalFields };
  readonly services: readonly {
    readonly ref: string;
    readonly fields: ServiceFields;
    readonly placement?: PlacementFields;
  }[];
}
