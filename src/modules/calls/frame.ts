import { z } from 'zod';
import type { RuleNumber } from './rule.ts';

/** Who calls, in a regional call: the ARS alone, the DREETS alone, or both in one call. */
export const configurations = ['ars', 'dreets', 'joint'] as const;
export type Configuration = (typeof configurations)[number];

/** The State organisers of a regional call. */
export const stateAgencies = ['ars', 'dreets'] as const;
export type StateAgency = (typeof stateAgencies)[number];

const text = z.string().trim().min(1).max(600);
const cents = z.number().int().positive();
const day = z.iso.date();
const allocation = z.strictObject({ line: z.enum(['FIR', 'P304-17']), name: text, cents });
const title = text.refine((words) => words.includes('{region}'), { error: 'attend {region}' });

/** One file of `content/calls`: the national frame of an edition, in one of its versions. */
export const frameSchema = z.strictObject({
  edition: z.string().regex(/^\d{4}(-\d{4})?$/, { error: 'attend une année' }),
  version: z.number().int().positive(),
  published_on: day,
  sources: z.array(z.strictObject({ title: text, reference: text })).min(1),
  period: text,
  titles: z.strictObject({ ars: title, dreets: title, joint: title }),
  axes: z
    .array(
      z.strictObject({
        number: z.number().int().positive(),
        /** The operative wording, of the annex. */
        annex: text,
        /** That of the body of the instruction. */
        body: text,
        short: text,
      }),
    )
    .min(1)
    .refine((axes) => axes.every((axis, at) => axis.number === at + 1), { error: 'attend les numéros 1, 2, 3…' }),
  money: z.strictObject({
    minimum: z.strictObject({ alone: cents, joint: cents }),
    allocations: z.strictObject({ ars: allocation, dreets: allocation }),
    delegated: text,
  }),
  deadlines: z.strictObject({
    declaration: day,
    laureates: day,
    start: day.nullable(),
    start_words: text,
  }),
  ministry: z.strictObject({ address: z.email(), recipients: text }),
  partners: z.array(
    z.strictObject({ code: z.string().regex(/^[a-z]+$/), title: text, examples: z.array(text).min(1) }),
  ),
  criteria: z.array(z.strictObject({ rule: z.enum(['R-60', 'R-61'] satisfies RuleNumber[]), title: text })),
  undecided: z.strictObject({
    /** Communes, EPCI or départements of the call « accueil pour tous », whose list no text gives. */
    accueil_pour_tous_territories: z.array(z.string()),
    /** Axis number → numbers of the ten priorities. */
    priorities_of_axes: z.record(z.string(), z.array(z.number().int().min(1).max(10))),
  }),
});

/** The national frame of an edition. A published one never changes: a correction is a new version. */
export type Frame = z.infer<typeof frameSchema>;

/**
 * Whether a call meets the territories of the call « accueil pour tous », where others are to be contacted: `unknown`
 * while the frame does not hold their list, which no text gives. `meets`: whether two territories have a place in common.
 */
export const meetsWelcomeForAll = (
  { undecided }: Pick<Frame, 'undecided'>,
  territories: readonly string[],
  meets: (one: string, other: string) => boolean,
): 'yes' | 'no' | 'unknown' => {
  const listed = undecided.accueil_pour_tous_territories;
  if (listed.length === 0) return 'unknown';
  return listed.some((one) => territories.some((other) => meets(one, other))) ? 'yes' : 'no';
};

/** What a frame is named by: `2021-1`, also the name of its file. */
export const frameId = ({ edition, version }: Pick<Frame, 'edition' | 'version'>): string => `${edition}-${version}`;

/**
 * The title of a regional call. `locative`: where the region is, as people say it: « en Bretagne »,
 * « à La Réunion », « dans les Hauts-de-France ».
 */
export const callTitle = (frame: Pick<Frame, 'titles'>, configuration: Configuration, locative: string): string =>
  frame.titles[configuration].replace('{region}', locative);

/** The least that a regional call must give to its laureates, in cents. */
export const minimumOf = ({ money }: Pick<Frame, 'money'>, configuration: Configuration): number =>
  configuration === 'joint' ? money.minimum.joint : money.minimum.alone;

/** The agencies that a configuration brings together. */
export const agenciesOf = (configuration: Configuration): readonly StateAgency[] =>
  configuration === 'joint' ? stateAgencies : [configuration];
