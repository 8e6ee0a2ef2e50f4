import type { FieldsOf } from '../model.ts';
import { type CommuneFacts, type ShownPlace, shownPlace } from '../offer.ts';
import type { Provenance } from '../provenance.ts';
import type { Kind, Mode } from '../vocabulary.ts';

/** What a row of the tables carries beside its fields. */
interface Row {
  readonly id: number;
  readonly source: string;
  readonly provenance: Provenance;
  /** `2026-11-21T10:00:00+00:00` */
  readonly changed_at: string;
}

/** An offer as the tables hold it, with everything around it. Nothing of it may leave before `publicOffer`. */
export interface OfferRow {
  readonly id: number;
  /** Territories served, as the search knows them: of a confidential place, its département. */
  readonly areas: readonly string[];
  readonly placement_hours: string | null;
  readonly service: FieldsOf['service'] & Row & { readonly slug: string };
  readonly place: (FieldsOf['place'] & Row & { readonly slug: string }) | null;
  readonly stop: (FieldsOf['tour_stop'] & Row) | null;
  readonly tour: (FieldsOf['tour'] & Row) | null;
  readonly organisation: (FieldsOf['organisation'] & Row) | null;
  /** Whether somebody who works at home gives this service, or another one at the same place. */
  readonly at_home: boolean;
  /** Whether the organisation has a confidential place: its registered address could be that place. */
  readonly sheltered: boolean;
  /** Whether somebody who works at home gives one of its services: its registered address could be that home. */
  readonly home_based: boolean;
}

/** A place or a stop, as anybody may know it. */
export interface PublicPlace extends ShownPlace {
  readonly id: number;
  readonly kind: Kind | null;
  readonly source: string;
  readonly provenance: Provenance;
  readonly changedOn: string;
  /** Page on the site. */
  readonly page: string | null;
  readonly more: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly hours: string | null;
  readonly hoursNote: string | null;
  readonly access: readonly string[];
  readonly accessNote: string | null;
  readonly acceslibre: string | null;
  readonly siret: string | null;
  readonly finess: string | null;
}

export interface PublicOrganisation {
  readonly id: number;
  readonly name: string;
  readonly source: string;
  readonly provenance: Provenance;
  readonly changedOn: string;
  readonly legalName: string | null;
  readonly siret: string | null;
  readonly finess: string | null;
  readonly website: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** When a tour comes: see `StopFields`. */
export type Visits = Pick<FieldsOf['tour_stop'], 'starts_at' | 'minutes' | 'rrule' | 'except' | 'besides' | 'note'>;

/** An offer with nothing left in it that may not be published. Every export is made from this and from nothing else. */
export interface PublicOffer {
  readonly id: number;
  readonly service: FieldsOf['service'] & {
    readonly id: number;
    readonly source: string;
    readonly provenance: Provenance;
    readonly changedOn: string;
    readonly changedAt: string;
    readonly page: string;
  };
  readonly modes: readonly Mode[];
  /** Null for what has no place, and for a confidential one. */
  readonly where: PublicPlace | null;
  /** True of the stop of a tour. */
  readonly isStop: boolean;
  readonly visits: Visits | null;
  readonly organisation: PublicOrganisation | null;
  readonly tour: {
    readonly id: number;
    readonly name: string;
    readonly source: string;
    readonly changedOn: string;
  } | null;
  readonly areas: readonly string[];
  readonly hours: string | null;
  /** ISO date of the last change of anything above. */
  readonly changedOn: string;
}

/**
 * What may be published of an offer. A confidential place leaves nothing, and of its organisation only the name stays:
 * its SIRET leads to an address. The place of somebody who works at home is the centre of the commune, without what
 * would lead to the door, SIRET included. The names of professionals are not published here.
 */
export const publicOffer = (row: OfferRow, commune: CommuneFacts | undefined): PublicOffer => {
  const { service, place, stop, tour, organisation } = row;
  const hidden = place?.confidential === true;
  const where = hidden ? null : publicPlace(row, commune);
  const told = organisation && publicOrganisation(organisation, hidden || row.sheltered, row.at_home || row.home_based);
  const { slug, provenance, changed_at, source, ...fields } = service;
  return {
    id: row.id,
    service: {
      ...fields,
      ...{ source, provenance, changedOn: dayOf(changed_at), changedAt: instantOf(changed_at) },
      page: `/services/${slug}`,
    },
    modes: service.modes?.length ? service.modes : [tour ? 'itinerant' : place ? 'sur-place' : 'a-domicile'],
    where,
    isStop: stop !== null,
    visits: stop,
    organisation: told,
    tour: tour && { id: tour.id, name: tour.name, source: tour.source, changedOn: dayOf(tour.changed_at) },
    areas: row.areas,
    hours: hidden || stop ? null : (row.placement_hours ?? place?.hours ?? null),
    changedOn: latest(service.changed_at, where && (stop ?? place)?.changed_at, tour?.changed_at),
  };
};

const publicPlace = (row: OfferRow, commune: CommuneFacts | undefined): PublicPlace | null => {
  const { place, stop, at_home } = row;
  const spot = stop ?? place;
  const shown = shownPlace({
    ...{ place, stop, commune },
    professional: at_home && !stop ? { name: '', profession: '', at_home } : null,
  });
  if (!spot || !shown) return null;
  const home = at_home && !stop;
  const told = stop ? null : place;
  return {
    ...shown,
    ...{ id: spot.id, kind: told?.kind ?? null, source: spot.source, provenance: spot.provenance },
    changedOn: dayOf(spot.changed_at),
    page: told ? `/lieux/${told.slug}` : null,
    phone: told?.phone ?? null,
    email: told?.email ?? null,
    website: told?.website ?? null,
    hours: told?.hours ?? null,
    hoursNote: told?.hours_note ?? null,
    access: told?.access ?? [],
    more: home ? null : (told?.more ?? null),
    accessNote: home ? null : (told?.access_note ?? null),
    acceslibre: home ? null : (told?.acceslibre ?? null),
    siret: home ? null : (told?.siret ?? null),
    finess: home ? null : (told?.finess ?? null),
  };
};

const publicOrganisation = (
  organisation: NonNullable<OfferRow['organisation']>,
  nameOnly: boolean,
  home: boolean,
): PublicOrganisation => {
  const { id, name, source, provenance, changed_at } = organisation;
  const base = { id, name, source, provenance, changedOn: dayOf(changed_at) };
  if (nameOnly) {
    return { ...base, legalName: null, siret: null, finess: null, website: null, email: null, phone: null };
  }
  const { legal_name = null, siret = null, finess = null, website = null, email = null, phone = null } = organisation;
  const numbers = home ? { siret: null, finess: null } : { siret, finess };
  return { ...base, legalName: legal_name, ...numbers, website, email, phone };
};

/** The day in UTC: never after the day of whoever reads the file in France. */
const dayOf = (changedAt: string): string => changedAt.slice(0, 10);

const instantOf = (changedAt: string): string =>
  Temporal.Instant.from(changedAt).toString({ smallestUnit: 'millisecond' });

const latest = (...changes: (string | null | undefined)[]): string =>
  changes.reduce<string>((last, change) => (change && dayOf(change) > last ? dayOf(change) : last), '');
