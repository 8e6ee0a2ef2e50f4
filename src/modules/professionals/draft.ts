import { z } from 'zod';
import {
  accessFacts,
  audiences,
  bookings,
  codesOf,
  costs,
  kinds,
  languages,
  modes,
  stages,
} from '#modules/directory/index.ts';
import { priorityNumber } from '#modules/priorities/index.ts';

/** Who may see a way of reaching somebody. `nobody`: it stays with us, for the relay and the reminders. */
export const visibilities = ['public', 'nobody'] as const;
export type Visibility = (typeof visibilities)[number];

/** The longest texts, in signs as people count them. */
export const longest = { name: 120, line: 160, summary: 240, words: 600, address: 254 } as const;
/** The most places and services of one registration: more is an import. */
export const most = { places: 6, services: 10 } as const;

const text = z.string().catch('');
const oneOf = <T extends string>(codes: readonly T[]) => z.enum(['', ...codes]).catch('' as never);
const someOf = <T extends string>(codes: readonly T[]) =>
  z
    .array(z.string())
    .catch([])
    .transform((list) => codes.filter((code) => list.includes(code)));

const placeSchema = z.object({
  name: text,
  kind: oneOf(codesOf(kinds)),
  line: text,
  more: text,
  postcode: text,
  /** As it was typed, and the commune that was understood. */
  commune: text,
  insee: text,
  phone: text,
  /** Seven lines, Monday first, as they were typed. */
  hours: z
    .array(z.string())
    .catch([])
    .transform((lines) => Array.from({ length: 7 }, (_, day) => lines[day] ?? '')),
  access: someOf(codesOf(accessFacts)),
  /** Where an address base found it; nothing while it is looked for, and where the commune stands for it. */
  point: z
    .object({ lat: z.number(), lon: z.number(), precision: z.enum(['housenumber', 'street']) })
    .nullable()
    .catch(null),
  /** A shelter: never located in public. */
  confidential: z.boolean().catch(false),
});

const serviceSchema = z.object({
  name: text,
  kind: oneOf(codesOf(kinds)),
  summary: text,
  audiences: someOf(codesOf(audiences)),
  stages: someOf(stages.map(({ code }) => code)),
  modes: someOf(codesOf(modes)),
  bookings: someOf(codesOf(bookings)),
  costs: someOf(codesOf(costs)),
  languages: someOf(codesOf(languages)),
});

const contact = z.object({ value: text, for: z.enum(visibilities).catch('nobody') });

/**
 * A registration as it is being filled in: everything may still be empty. What is read from the table passes through here,
 * so that a draft begun before a change of the form opens after it.
 */
export const draftSchema = z.object({
  as: oneOf(['alone', 'structure']),
  name: text,
  profession: text,
  /** One’s own words for it: needed when it is not in the list. */
  professionWords: text,
  exercise: oneOf(['liberal', 'salarie', 'benevole']),
  structure: z
    .object({ name: text, kind: oneOf(codesOf(kinds)), siret: text })
    .catch({ name: '', kind: '' as never, siret: '' }),
  atHome: z.boolean().catch(false),
  /** How far the person travels to people’s homes. */
  travels: oneOf(['commune', 'epci', 'departement']),
  places: z.array(placeSchema).catch([]),
  services: z.array(serviceSchema).catch([]),
  contributions: z.array(z.object({ priority: priorityNumber, words: text })).catch([]),
  phone: contact.catch({ value: '', for: 'public' }),
  email: contact.catch({ value: '', for: 'nobody' }),
  website: contact.catch({ value: '', for: 'public' }),
  charter: z.boolean().catch(false),
});

export type Draft = z.infer<typeof draftSchema>;
export type DraftPlace = Draft['places'][number];
export type DraftService = Draft['services'][number];

/** The name of who registers: of the structure, or of the person; empty as long as it is not said. */
export const nameOfDraft = (draft: Draft): string => (draft.as === 'structure' ? draft.structure.name : draft.name);

/** Nothing filled in yet. */
export const emptyDraft = (): Draft => draftSchema.parse({});
/** A place of which nothing is said yet. */
export const emptyPlace = (): DraftPlace => placeSchema.parse({});
/** A service of which nothing is said yet. */
export const emptyService = (): DraftService => serviceSchema.parse({});
