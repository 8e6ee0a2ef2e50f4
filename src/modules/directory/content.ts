import { z } from 'zod';
import type { DirectoryRecord, ServiceFields } from './model.ts';
import { accessFacts, audiences, bookings, codesOf, costs, kinds, languages, modes } from './vocabulary.ts';

/** Text of a content file, in one line. */
const text = z.string().trim().min(1);
const isoDate = z.iso.date();

const placeSchema = z.strictObject({
  name: text,
  kind: z.enum(codesOf(kinds)),
  line: text.optional(),
  more: text.optional(),
  postcode: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  insee: z.string().regex(/^(\d{2}|2[AB])\d{3}$/),
  phone: text.optional(),
  email: z.email().optional(),
  website: z.url().optional(),
  hours: text.optional(),
  access: z.array(z.enum(codesOf(accessFacts))).optional(),
});

const serviceSchema = z.strictObject({
  name: text,
  kind: z.enum(codesOf(kinds)),
  summary: text.optional(),
  description: text.optional(),
  priorities: z.array(z.number().int().min(1).max(10)).optional(),
  audiences: z.array(z.enum(codesOf(audiences))).optional(),
  stage_from: z.number().int().optional(),
  stage_to: z.number().int().optional(),
  modes: z.array(z.enum(codesOf(modes))).optional(),
  bookings: z.array(z.enum(codesOf(bookings))).optional(),
  costs: z.array(z.enum(codesOf(costs))).optional(),
  languages: z.array(z.enum(codesOf(languages))).optional(),
  phone: text.optional(),
  website: z.url().optional(),
  areas: z.array(z.string().regex(/^(france|(region|departement|epci|commune):[0-9AB]+)$/)).optional(),
});

/** One file of `content/directory/`: a place or a tour as a document tells of it, and nothing more. */
export const directoryFileSchema = z
  .strictObject({
    source: text,
    /** Day of the document; absent when it has none. */
    told: isoDate.optional(),
    organisation: z.strictObject({ name: text }).optional(),
    place: placeSchema.optional(),
    tour: z.strictObject({ name: text, vehicle: text.optional() }).optional(),
    services: z.array(serviceSchema).min(1),
  })
  .refine(({ place, tour }) => !(place && tour), { error: 'un lieu ou une tournée, pas les deux' });

/** `content/directory/sources.yaml` */
export const directorySourcesSchema = z.array(
  z.strictObject({
    id: text,
    title: text,
    publisher: text.optional(),
    url: z.url().optional(),
    dated: isoDate.optional(),
  }),
);

export type DirectoryFile = z.infer<typeof directoryFileSchema>;

/** What a file tells, in the directory's words. `slug` is the file's name, and its reference in the source. */
export const recordOf = (slug: string, { organisation, place, tour, services }: DirectoryFile): DirectoryRecord => ({
  ...(organisation ? { organisation: { ref: slug, fields: organisation } } : {}),
  ...(place ? { place: { ref: slug, fields: told(place) } } : {}),
  ...(tour ? { tour: { ref: slug, fields: told(tour) } } : {}),
  services: services.map(({ areas, ...fields }, at) => ({
    ref: at === 0 ? slug : `${slug}/${at + 1}`,
    fields: told<ServiceFields>(fields),
    ...(areas ? { placement: { areas } } : {}),
  })),
});

/** Without the keys that have no value. */
const told = <T extends object>(fields: { [Name in keyof T]: T[Name] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
