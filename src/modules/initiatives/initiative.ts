import { z } from 'zod';
import { type PriorityNumber, priorityNumber } from '#modules/priorities/index.ts';
import { isCommuneCode, isDepartementCode, isEpciCode, isRegionCode } from '#modules/territory/index.ts';
import { type CallFamily, callFamilies } from './call-family.ts';

const text = z.string().trim().min(1);

/** What a note explains: a choice made by hand where the source is silent, unclear or repeats itself. */
export const noteSubjects = ['joined', 'distinct', 'place', 'holder', 'calls', 'name'] as const;

export type NoteSubject = (typeof noteSubjects)[number];

const placeSchema = z.union([
  z.strictObject({ commune: z.string().refine(isCommuneCode, { error: 'attend un code INSEE de commune' }) }),
  z.strictObject({ epci: z.string().refine(isEpciCode, { error: 'attend le SIREN d’une intercommunalité' }) }),
]);

/** One file of `content/initiatives/`. */
export const initiativeSchema = z.strictObject({
  /** Ours, plain, unless the project has a name that says what it is. */
  title: text.max(90),
  /** The project's own name, when the source gives one. */
  name: text.optional(),
  holder: text,
  /** In our own words. */
  summary: text.max(420),
  /** The calls that chose it; none for a project outside calls. */
  calls: z.array(z.enum(callFamilies)),
  priorities: z.array(priorityNumber).min(1),
  themes: z.array(text),
  regions: z.array(z.string().refine(isRegionCode)),
  departements: z.array(z.string().refine(isDepartementCode)),
  /** Absent where the source names no place. */
  place: placeSchema.optional(),
  notes: z.array(z.strictObject({ about: z.enum(noteSubjects), text })).default([]),
  source: z.strictObject({
    document: z.literal('document-000'),
    /** Lines of the document where the project is described. */
    lines: z.array(z.int().positive()).min(1),
    /** As published, spelling included. */
    region: text.optional(),
    place: text.optional(),
  }),
});

export type InitiativeFile = z.infer<typeof initiativeSchema>;

/** A project of a territory, to be inspired by. Fields are those of the file, which says what each one is. */
export interface Initiative {
  readonly slug: string;
  /** Where the row comes from: `document-000`, or the call that chose a later laureate. */
  readonly origin: string;
  readonly title: string;
  readonly name?: string | undefined;
  readonly holder: string;
  readonly summary: string;
  readonly calls: readonly CallFamily[];
  readonly priorities: readonly PriorityNumber[];
  readonly themes: readonly string[];
  readonly regions: readonly string[];
  readonly departements: readonly string[];
  readonly place?: { readonly commune: string } | { readonly epci: string } | undefined;
  readonly notes: readonly { readonly about: NoteSubject; readonly text: string }[];
  /** The calls of this site that chose it, the last one first: one project keeps one page across calls. */
  readonly chosenIn?: readonly ChosenIn[] | undefined;
  /** What the origin says of itself; for `document-000`, the lines and the spelling as published. */
  readonly source: {
    readonly document: string;
    readonly lines?: readonly number[] | undefined;
    readonly region?: string | undefined;
    readonly place?: string | undefined;
    /** Of a laureate: its main axis, as its call words it. */
    readonly axis?: string | undefined;
    /** Its priorities were deduced from its axes, and nobody has confirmed them yet. */
    readonly proposed?: boolean | undefined;
  };
}

/** A call that chose a project, as its page is linked. */
export interface ChosenIn {
  readonly title: string;
  /** Address on this site. */
  readonly path: string;
  readonly edition: string;
}

/** Address of the page of a project. A public contract. */
export const initiativePath = (slug: string): `/initiatives/${string}` => `/initiatives/${slug}`;
