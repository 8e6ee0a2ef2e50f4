import { z } from 'zod';

/** The parts of an application that are written apart; the common core of the call’s form, and its local questions. */
export const applicationParts = [
  ...['project', 'holder', 'partners', 'territory', 'axes', 'audience', 'calendar'],
  ...['budget', 'indicators', 'questions'],
] as const;
export type ApplicationPart =
  | ('project' | 'holder' | 'partners' | 'territory' | 'axes' | 'audience' | 'calendar')
  | ('budget' | 'indicators' | 'questions');

/** What a letter of intent says. */
export const letterParts = ['project', 'holder', 'territory', 'axes'] as const satisfies readonly ApplicationPart[];

const line = z.string().max(300);
const long = z.string().max(10_000);
const day = z.union([z.iso.date(), z.literal('')]);
/** Whole cents, at most a billion euros. */
const cents = z.number().int().min(0).max(100_000_000_000);

/** Where a resource of a budget comes from. `call`: what is asked from this call. */
export const resourceSources = ['call', 'own', 'public', 'private', 'sales'] as const;
export const fundingStatuses = ['asked', 'acquired', 'refused'] as const;

/** What an indicator measures. */
export const indicatorKinds = ['means', 'output', 'outcome', 'impact'] as const;

/** The shape of each part. A draft may leave everything empty; what a deposit must say is asked at the deposit. */
export const contentSchema = {
  project: z.object({ title: line, summary: long, change: long }),
  holder: z.object({
    siret: line,
    name: line,
    legal_form: line,
    address: line,
    /** Insee code of the commune of its seat. */
    commune: line,
    /** It can receive public money by an agreement: said by the holder, checked by who instructs. */
    can_sign: z.enum(['', 'yes', 'unsure']),
    signatory_name: line,
    signatory_job: line,
    phone: line,
  }),
  partners: z.object({ partners: z.array(z.object({ name: line.min(1), siren: line, brings: long })).max(60) }),
  /** Scopes: `commune:35238`, `epci:…`, `departement:…`. */
  territory: z.object({ territories: z.array(z.string().max(40)).max(1_500), words: long }),
  axes: z.object({ axes: z.array(z.number().int().positive()).max(20), words: long }),
  audience: z.object({ words: long, families: line, stages: z.array(line).max(20) }),
  calendar: z.object({
    starts_on: day,
    ends_on: day,
    steps: z.array(z.object({ title: line.min(1), on: day })).max(40),
  }),
  budget: z.object({
    expenses: z.array(z.object({ label: line.min(1), cents })).max(80),
    resources: z
      .array(
        z.object({
          source: z.enum(resourceSources),
          funder: line,
          status: z.enum(fundingStatuses),
          cents,
          siren: line,
        }),
      )
      .max(80),
    /** Voluntary contributions, outside the balance. */
    in_kind: z.array(z.object({ label: line.min(1), cents })).max(80),
  }),
  indicators: z.object({
    indicators: z
      .array(
        z.object({
          /** Stays when the indicator is written again: reports are given against it. */
          id: z.string().min(1).max(40),
          axis: z.number().int().positive().nullable(),
          title: line.min(1),
          kind: z.enum(indicatorKinds).nullable(),
          population: line,
          baseline: z.number().nullable(),
          target: z.number().nullable(),
          unit: line,
          source: line,
          method: long,
          due: day,
        }),
      )
      .max(40),
  }),
  /** Answers to the local questions, in the order of the call’s form. */
  questions: z.object({ answers: z.array(long).max(40) }),
} as const satisfies Record<ApplicationPart, z.ZodType>;

export type PartContent<Part extends ApplicationPart> = z.infer<(typeof contentSchema)[Part]>;

/** A whole application, as a snapshot keeps it. */
export type ApplicationContent = { readonly [Part in ApplicationPart]: PartContent<Part> };

/** What a part holds before anybody wrote it. */
export const emptyContent: ApplicationContent = {
  project: { title: '', summary: '', change: '' },
  holder: {
    ...{ siret: '', name: '', legal_form: '', address: '', commune: '', can_sign: '' },
    ...{ signatory_name: '', signatory_job: '', phone: '' },
  },
  partners: { partners: [] },
  territory: { territories: [], words: '' },
  axes: { axes: [], words: '' },
  audience: { words: '', families: '', stages: [] },
  calendar: { starts_on: '', ends_on: '', steps: [] },
  budget: { expenses: [], resources: [], in_kind: [] },
  indicators: { indicators: [] },
  questions: { answers: [] },
};
