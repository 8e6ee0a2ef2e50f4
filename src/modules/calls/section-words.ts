import { z } from 'zod';
import type { WordSection } from './call.ts';
import { type CallKindCode, kindOf } from './call-kind.ts';
import type { RuleNumber } from './rule.ts';

const line = z.string().max(300);
const long = z.string().max(10_000);

/** The lines of a specification: what an applicant reads first. `conditions`: added by the organisers, shown as theirs. */
export const specificationFields = {
  context: 'Le contexte, et ce que l’appel cherche',
  projects: 'Les projets attendus',
  expenses: 'Les dépenses qui peuvent être aidées',
  conditions: 'Conditions ajoutées par les organisateurs',
  support: 'L’appui pendant l’appel, et à qui poser ses questions',
  governance: 'L’instance qui suit l’appel, existante si possible',
  communication: 'Comment les résultats seront annoncés',
} as const;
export type SpecificationField = keyof typeof specificationFields;

/** Kinds of local questions. */
export const questionKinds = {
  short: 'Une ligne',
  long: 'Un texte',
  number: 'Un nombre',
  choice: 'Un choix dans une liste',
  yesno: 'Oui ou non',
} as const;

/** The common core of every application: the same everywhere, so that projects can be compared. No organiser changes it. */
export const commonCore = [
  ['project', 'Le projet : titre, résumé, ce qui change pour les familles'],
  ['holder', 'La structure porteuse : SIRET, statut, personne qui signe'],
  ['partners', 'Les partenaires, et ce que chacun apporte'],
  ['territory', 'Le territoire : communes et intercommunalités'],
  ['axes', 'Les axes de l’appel auxquels le projet répond'],
  ['audience', 'Les parents et les enfants à qui il s’adresse'],
  ['calendar', 'Le calendrier'],
  ['budget', 'Le budget, équilibré, avec les cofinancements demandés, acquis ou refusés'],
  ['indicators', 'Les indicateurs : ce qui est mesuré, d’où l’on part, où l’on veut arriver'],
  ['attachments', 'Les pièces jointes'],
] as const;

/** What organisers leave open or settle themselves, because no official text does. Empty: not settled, and said so. */
export const openChoices = {
  several_applications: 'Un porteur peut-il déposer plusieurs candidatures ?',
  own_share: 'Part minimale de fonds propres',
  ceiling: 'Montant le plus élevé par projet',
  quorum: 'Nombre de présents pour que le jury délibère',
  voters: 'Qui vote au jury, qui donne un avis',
  marks_read: 'Ce qu’un candidat pourra lire de ses notes',
  appeal_terms: 'Voies et délais de recours, tels que le service juridique les écrit',
  retention: 'Combien de temps les candidatures sont gardées',
  commissioner: 'Rôle du commissaire à la lutte contre la pauvreté',
  label: 'Qui signe le label, et pour combien de temps',
  start_of_autumn: 'Le jour retenu pour « le début de l’automne »',
} as const;
export type OpenChoice = keyof typeof openChoices;

/** Those that the site itself must know: said yes, said no, or not settled. The words of the organisers come beside. */
export const settledChoices = {
  several: 'Un porteur peut-il déposer plusieurs candidatures ?',
  letters: 'Une lettre d’intention peut-elle être déposée avant la candidature ?',
  money: 'Une candidature doit-elle demander un montant, dans un budget équilibré ?',
  agreement: 'La structure porteuse doit-elle pouvoir signer une convention de subvention ?',
} as const;
export type SettledChoice = keyof typeof settledChoices;

/** Those that a kind of call leaves to its organisers: what its rules fix is asked of nobody. */
export const settledBy = (kind: CallKindCode): readonly SettledChoice[] =>
  (Object.keys(settledChoices) as SettledChoice[]).filter(
    (choice) => choice === 'several' || choice === 'letters' || kindOf(kind).asks[choice] === 'open',
  );
export const settledWords = { '': 'Non fixé', yes: 'Oui', no: 'Non' } as const;

const textsOf = <Name extends string>(names: readonly Name[], text: z.ZodString) =>
  z.object(Object.fromEntries(names.map((name) => [name, text])) as Record<Name, z.ZodString>).partial();

const settled = z.enum(['', 'yes', 'no']).optional();

/** The shape of the words of each part. Anything longer or of another shape is refused. */
export const wordsSchema = {
  /** Empty: the computed title. */
  title: z.object({ title: line }),
  specification: textsOf(Object.keys(specificationFields) as SpecificationField[], long),
  form: z.object({
    questions: z
      .array(
        z.object({
          label: line.min(1),
          hint: line,
          kind: z.enum(Object.keys(questionKinds) as (keyof typeof questionKinds)[]),
          options: z.array(line).max(30),
          required: z.boolean(),
        }),
      )
      .max(40),
  }),
  grid: z.object({
    criteria: z
      .array(
        z.object({
          title: line.min(1),
          /** The recommendation it comes from; null for one of the organisers. */
          rule: z.enum(['R-60', 'R-61'] satisfies RuleNumber[]).nullable(),
          /** How much it counts; null while nobody said. */
          points: z.number().int().min(0).max(1_000).nullable(),
        }),
      )
      .max(30),
  }),
  pieces: z.object({ pieces: z.array(z.object({ label: line.min(1), required: z.boolean() })).max(30) }),
  choices: textsOf(Object.keys(openChoices) as OpenChoice[], long).extend({
    several: settled,
    letters: settled,
    money: settled,
    agreement: settled,
  }),
} as const satisfies Record<WordSection, z.ZodType>;

export type Words<Section extends WordSection> = z.infer<(typeof wordsSchema)[Section]>;

/** What a part says before anybody wrote it: the recommended criteria, and nothing else. */
export const firstWords = (criteria: readonly { readonly rule: 'R-60' | 'R-61'; readonly title: string }[]) => ({
  title: { title: '' } as Words<'title'>,
  specification: {} as Words<'specification'>,
  form: { questions: [] } as Words<'form'>,
  grid: { criteria: criteria.map((one) => ({ ...one, points: null })) } as Words<'grid'>,
  pieces: { pieces: [] } as Words<'pieces'>,
  choices: {} as Words<'choices'>,
});

/** Names of the parts, as pages say them. */
export const sectionWords = {
  title: 'Le titre',
  axes: 'Les axes',
  territories: 'Les territoires',
  calendar: 'Le calendrier',
  money: 'Les enveloppes',
  specification: 'Le cahier des charges',
  form: 'Le formulaire de candidature',
  grid: 'La grille de sélection',
  pieces: 'Les pièces demandées',
  choices: 'Ce que les textes laissent ouvert',
} as const;
