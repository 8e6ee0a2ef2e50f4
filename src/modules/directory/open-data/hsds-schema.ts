import { z } from 'zod';

/**
 * The rules of the Human Services Data Specification of Open Referral, version 3, in our words: the objects that we
 * publish, with what the schemas of branch 3.2 ask of them (commit 149f77c of `openreferral/specification`). What 3.2 added
 * to 3.0 is left out, so that a reader of 3.0 finds nothing unknown, except `service_areas` of a service at a location,
 * which we do not use. Absent and never null: these schemas know no null.
 */
export const HSDS = {
  name: 'Open Referral HSDS',
  version: '3.2',
  read: '2026-11-22',
  url: 'https://docs.openreferral.org/',
} as const;

const id = z.uuid();
const uri = z.url({ protocol: /^https?$/ });
const day = z.iso.date();
const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);

export const hsdsTaxonomy = z
  .strictObject({ id, name: z.string(), description: z.string(), uri: uri.optional(), version: z.string().optional() })
  .meta({ id: 'HsdsTaxonomy' });

export const hsdsTaxonomyTerm = z
  .strictObject({
    ...{ id, code: z.string(), name: z.string(), description: z.string() },
    ...{ taxonomy: z.string(), taxonomy_id: id, language: z.literal('fr') },
    term_uri: uri.optional(),
  })
  .meta({ id: 'HsdsTaxonomyTerm' });

const attribute = z.strictObject({
  ...{ id, link_id: id, taxonomy_term_id: id },
  link_type: z.string(),
  link_entity: z.enum(['service', 'location', 'organization']),
  value: z.string().optional(),
  label: z.string().optional(),
});

const phone = z.strictObject({
  id,
  location_id: id.optional(),
  service_id: id.optional(),
  organization_id: id.optional(),
  number: z.string().min(1),
  type: z.enum(['voice']),
});

const language = z.strictObject({ id, service_id: id, name: z.string(), code: z.string().regex(/^[a-z]{2,3}$/) });

const schedule = z.strictObject({
  id,
  location_id: id.optional(),
  service_at_location_id: id.optional(),
  dtstart: day.optional(),
  until: day.optional(),
  count: z.number().optional(),
  freq: z.enum(['WEEKLY', 'MONTHLY']).optional(),
  interval: z.number().optional(),
  byday: z
    .string()
    .regex(/^([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU))*$/)
    .optional(),
  byweekno: z.string().optional(),
  bymonthday: z.string().optional(),
  opens_at: time.optional(),
  closes_at: time.optional(),
  description: z.string().optional(),
  notes: z.string().optional(),
});

const address = z.strictObject({
  ...{ id, location_id: id },
  address_1: z.string().min(1),
  address_2: z.string().optional(),
  city: z.string().min(1),
  region: z.string().optional(),
  state_province: z.string().min(1),
  postal_code: z.string().min(1),
  country: z.string().regex(/^[A-Z]{2}$/),
  address_type: z.enum(['physical', 'postal', 'virtual']),
});

const accessibility = z.strictObject({
  ...{ id, location_id: id },
  description: z.string(),
  details: z.string().optional(),
  url: uri.optional(),
});

export const hsdsLocation = z
  .strictObject({
    id,
    location_type: z.enum(['physical', 'postal', 'virtual']),
    name: z.string().optional(),
    description: z.string().optional(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    external_identifier: z.string().optional(),
    external_identifier_type: z.string().optional(),
    addresses: z.array(address).optional(),
    accessibility: z.array(accessibility).optional(),
    phones: z.array(phone).optional(),
    schedules: z.array(schedule).optional(),
    attributes: z.array(attribute).optional(),
  })
  .meta({ id: 'HsdsLocation' });
export type HsdsLocation = z.infer<typeof hsdsLocation>;

export const hsdsOrganization = z
  .strictObject({
    ...{ id, name: z.string().min(1), description: z.string().min(1) },
    alternate_name: z.string().optional(),
    email: z.email().optional(),
    website: uri.optional(),
    phones: z.array(phone).optional(),
    organization_identifiers: z
      .array(
        z.strictObject({ ...{ id, organization_id: id, identifier_type: z.string(), identifier: z.string().min(1) } }),
      )
      .optional(),
    attributes: z.array(attribute).optional(),
  })
  .meta({ id: 'HsdsOrganization' });
export type HsdsOrganization = z.infer<typeof hsdsOrganization>;

export const hsdsServiceAtLocation = z
  .strictObject({
    ...{ id, service_id: id, location_id: id },
    description: z.string().optional(),
    schedules: z.array(schedule).optional(),
    location: hsdsLocation.optional(),
  })
  .meta({ id: 'HsdsServiceAtLocation' });
export type HsdsServiceAtLocation = z.infer<typeof hsdsServiceAtLocation>;

export const hsdsService = z
  .strictObject({
    ...{ id, name: z.string().min(1) },
    organization_id: id.optional(),
    description: z.string().optional(),
    url: uri.optional(),
    email: z.email().optional(),
    status: z.enum(['active', 'inactive', 'defunct', 'temporarily closed']),
    application_process: z.string().optional(),
    fees_description: z.string().optional(),
    eligibility_description: z.string().optional(),
    last_modified: z.iso.datetime({ precision: 3 }),
    phones: z.array(phone).optional(),
    languages: z.array(language).optional(),
    service_areas: z
      .array(z.strictObject({ ...{ id, service_id: id, name: z.string(), uri: z.string().optional() } }))
      .optional(),
    service_at_locations: z.array(hsdsServiceAtLocation).optional(),
    organization: hsdsOrganization.optional(),
    attributes: z.array(attribute).optional(),
  })
  .meta({ id: 'HsdsService' });
export type HsdsService = z.infer<typeof hsdsService>;

export type HsdsSchedule = z.infer<typeof schedule>;
export type HsdsAttribute = z.infer<typeof attribute>;
export type HsdsTaxonomy = z.infer<typeof hsdsTaxonomy>;
export type HsdsTaxonomyTerm = z.infer<typeof hsdsTaxonomyTerm>;
