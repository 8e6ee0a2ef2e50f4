import type { Provenance } from '../provenance.ts';
import { accessFacts, audiences, bookings, costs, kinds, labelOf, languages, stages } from '../vocabulary.ts';
import { emailOf, textOf, urlOf } from './fitting.ts';
import { type ScheduleFields, visitSchedules, weeklySchedules } from './hsds-schedule.ts';
import type {
  HsdsAttribute,
  HsdsLocation,
  HsdsOrganization,
  HsdsSchedule,
  HsdsService,
  HsdsServiceAtLocation,
} from './hsds-schema.ts';
import { type ListCode, priorityId, sourceId, termId } from './hsds-taxonomy.ts';
import type { PublicOffer, PublicOrganisation, PublicPlace } from './public-offer.ts';
import type { Uuid } from './uuid.ts';

/** What this mapping needs to know of the world. */
export interface HsdsPublisher {
  readonly origin: string | undefined;
  readonly uuid: Uuid;
  /** « Bretagne » and « Ille-et-Vilaine » for the code of a commune; undefined when it is not known. */
  readonly territoryOf: (insee: string) => { readonly region: string; readonly departement: string } | undefined;
  /** The name of a territory served: `departement:35` → « Ille-et-Vilaine ». */
  readonly areaName: (area: string) => string;
}

/**
 * A service without where it is given: its places follow one by one (`serviceAtLocation`), then the territories that it
 * serves without a place (`serviceAreas`).
 */
export const hsdsServiceHead = (offer: PublicOffer, publisher: HsdsPublisher): HsdsService => {
  const { service, organisation } = offer;
  const { uuid, origin } = publisher;
  const id = uuid('service', service.id);
  const told = [service.summary, service.description].filter(Boolean).join('\n\n');
  const url = urlOf(service.website) ?? (origin ? urlOf(`${origin}${service.page}`) : null);
  const email = emailOf(service.email);
  const label = (list: Parameters<typeof labelOf>[0], codes: readonly string[] = [], note?: string | null) =>
    textOf([codes.map((code) => labelOf(list, code)).join(', '), note].filter(Boolean).join('. '), 10_000);
  const stage = stages
    .filter(({ fromWeek, toWeek }) => (service.stage_from ?? -92) < toWeek && (service.stage_to ?? 156) > fromWeek)
    .map(({ code }) => code);
  return {
    ...{ id, name: service.name.trim() || labelOf(kinds, service.kind), status: 'active' },
    last_modified: service.changedAt,
    ...(organisation ? { organization_id: uuid('organization', organisation.id) } : {}),
    ...some({ description: textOf(told, 10_000), url, email }),
    ...some({
      application_process: label(bookings, service.bookings, service.booking_note),
      fees_description: label(costs, service.costs, service.cost_note),
      eligibility_description: label(audiences, service.audiences),
    }),
    ...(service.phone ? { phones: [phoneOf(uuid, 'service_id', id, service.id, service.phone)] } : {}),
    ...list(
      'languages',
      (service.languages ?? [])
        .filter((code) => /^[a-z]{2,3}$/.test(code))
        .map((code, rank) => ({
          ...{ id: uuid('language', service.id, rank), service_id: id, name: labelOf(languages, code), code },
        })),
    ),
    ...(organisation ? { organization: hsdsOrganization(organisation, publisher) } : {}),
    ...list(
      'attributes',
      attributesOf(uuid, 'service', service.id, service.provenance, {
        ...{ kinds: [service.kind], audiences: service.audiences, modes: offer.modes, bookings: service.bookings },
        ...{ costs: service.costs, stages: service.stage_from == null && service.stage_to == null ? [] : stage },
        priorities: service.priorities,
      }),
    ),
  };
};

/** The territories that a service serves without a place there. */
export const serviceAreas = (
  service: number,
  areas: readonly string[],
  { uuid, areaName }: HsdsPublisher,
): NonNullable<HsdsService['service_areas']> =>
  areas.map((area, rank) => ({
    ...{ id: uuid('service_area', service, rank), service_id: uuid('service', service) },
    ...{ name: areaName(area), uri: area },
  }));

/** A service at one place or stop; undefined for what has no place to be told. `nested`: with the place itself. */
export const serviceAtLocation = (
  offer: PublicOffer,
  publisher: HsdsPublisher,
  nested: boolean,
): HsdsServiceAtLocation | undefined => {
  const { where, service, visits, hours, isStop, tour } = offer;
  if (!where) return undefined;
  const { uuid } = publisher;
  const id = uuid('service_at_location', offer.id);
  const own = isStop ? visitSchedules(visits) : hours === where.hours ? [] : weeklySchedules(hours);
  return {
    ...{ id, service_id: uuid('service', service.id), location_id: uuid('location', where.id) },
    ...(tour && isStop ? { description: tour.name } : {}),
    ...list('schedules', schedulesOf(uuid, 'service_at_location_id', id, offer.id, own)),
    ...(nested ? { location: hsdsLocation(where, publisher) } : {}),
  };
};

/** A place or a stop. Its address is given when it is whole: the HSDS knows no half of one. */
export const hsdsLocation = (where: PublicPlace, { uuid, territoryOf }: HsdsPublisher): HsdsLocation => {
  const id = uuid('location', where.id);
  const territory = where.insee ? territoryOf(where.insee) : undefined;
  const whole = where.address && where.commune && where.postcode && territory;
  const access = where.access.map((fact) => labelOf(accessFacts, fact)).join(', ') || where.accessNote || '';
  return {
    ...{ id, location_type: 'physical' },
    ...some({
      name: where.name,
      description: whole ? null : [where.postcode, where.commune].filter(Boolean).join(' '),
    }),
    ...(where.lat !== null && where.lon !== null ? { latitude: where.lat, longitude: where.lon } : {}),
    ...(where.finess ? { external_identifier: where.finess, external_identifier_type: 'FINESS' } : {}),
    ...(whole
      ? {
          addresses: [
            {
              ...{ id: uuid('address', where.id), location_id: id, address_1: whole && (where.address ?? '') },
              ...some({ address_2: where.more }),
              ...{ city: where.commune ?? '', region: territory.region, state_province: territory.departement },
              ...{ postal_code: where.postcode ?? '', country: 'FR', address_type: 'physical' as const },
            },
          ],
        }
      : {}),
    ...(access
      ? {
          accessibility: [
            {
              ...{ id: uuid('accessibility', where.id), location_id: id, description: access },
              ...some({ details: where.accessNote === access ? null : where.accessNote, url: urlOf(where.acceslibre) }),
            },
          ],
        }
      : {}),
    ...(where.phone ? { phones: [phoneOf(uuid, 'location_id', id, where.id, where.phone)] } : {}),
    ...list('schedules', schedulesOf(uuid, 'location_id', id, where.id, weeklySchedules(where.hours))),
    ...list(
      'attributes',
      attributesOf(uuid, 'location', where.id, where.provenance, {
        kinds: where.kind ? [where.kind] : [],
        access: where.access,
      }),
    ),
  };
};

/** An organisation. The HSDS wants a description: its legal name, or its name again, rather than words of ours. */
export const hsdsOrganization = (organisation: PublicOrganisation, { uuid }: HsdsPublisher): HsdsOrganization => {
  const { name, legalName, siret, finess, provenance } = organisation;
  const id = uuid('organization', organisation.id);
  const identifiers = [
    { identifier_type: 'SIRET', identifier: siret },
    { identifier_type: 'FINESS', identifier: finess },
  ].flatMap(({ identifier_type, identifier }, rank) =>
    identifier
      ? [
          {
            ...{ id: uuid('organization_identifier', organisation.id, rank), organization_id: id },
            identifier_type,
            identifier,
          },
        ]
      : [],
  );
  return {
    ...{ id, name: name.trim() || 'Organisme sans nom', description: legalName || name.trim() || 'Organisme sans nom' },
    ...some({ email: emailOf(organisation.email), website: urlOf(organisation.website) }),
    ...(organisation.phone
      ? { phones: [phoneOf(uuid, 'organization_id', id, organisation.id, organisation.phone)] }
      : {}),
    ...list('organization_identifiers', identifiers),
    ...list('attributes', attributesOf(uuid, 'organization', organisation.id, provenance, {})),
  };
};

type Described = Partial<Record<ListCode, readonly string[] | undefined>> & {
  readonly priorities?: readonly number[] | undefined;
};

/** The words that describe a row, then who said it: each source, with the fields that it said. */
const attributesOf = (
  uuid: Uuid,
  link_entity: HsdsAttribute['link_entity'],
  id: number,
  provenance: Provenance,
  { priorities = [], ...words }: Described,
): HsdsAttribute[] => {
  const links: { link_type: string; taxonomy_term_id: string; value?: string }[] = [];
  for (const [list, codes = []] of Object.entries(words) as [ListCode, readonly string[] | undefined][]) {
    for (const code of codes) links.push({ link_type: list, taxonomy_term_id: termId(uuid, list, code) });
  }
  for (const number of priorities) links.push({ link_type: 'priorities', taxonomy_term_id: priorityId(uuid, number) });
  // The state of a row is ours: it is in the feed of changes.
  const fields = Object.entries(provenance).filter(([field]) => field !== 'state');
  const told = Map.groupBy(fields, ([, { source }]) => source);
  for (const [source, said] of [...told].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const value = said
      .map(([field]) => field)
      .sort()
      .join(', ');
    links.push({ link_type: 'source', taxonomy_term_id: sourceId(uuid, source), value });
  }
  const link_id = uuid(link_entity, id);
  return links.map((link, rank) => ({ id: uuid('attribute', id, rank), link_id, link_entity, ...link }));
};

const phoneOf = (
  uuid: Uuid,
  owner: 'service_id' | 'location_id' | 'organization_id',
  ownerId: string,
  id: number,
  number: string,
) => ({ id: uuid('phone', id), [owner]: ownerId, number, type: 'voice' as const });

const schedulesOf = (
  uuid: Uuid,
  owner: 'location_id' | 'service_at_location_id',
  ownerId: string,
  id: number,
  schedules: readonly ScheduleFields[],
): HsdsSchedule[] => schedules.map((fields, rank) => ({ id: uuid('schedule', id, rank), [owner]: ownerId, ...fields }));

/** The fields that have a value: these schemas know no null. */
const some = <Fields extends Record<string, string | null>>(fields: Fields): { [Name in keyof Fields]?: string } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as { [Name in keyof Fields]?: string };

const list = <Name extends string, T>(name: Name, items: readonly T[]): { [key in Name]?: T[] } =>
  (items.length > 0 ? { [name]: [...items] } : {}) as { [key in Name]?: T[] };
