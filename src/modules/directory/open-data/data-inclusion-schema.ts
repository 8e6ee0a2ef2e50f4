import { z } from 'zod';

/**
 * The rules of data·inclusion's schema, version 1, in our words: `gip-inclusion/data-inclusion-schema`, 1.0.8 as published
 * in June 2026 (fields, lengths, patterns and dates; values of the lists that we use). Two rules of the first 1.0 are
 * stricter, and we do not promise them: 50 characters at least in a description, and one on each structure.
 */
export const DATA_INCLUSION = {
  name: 'data·inclusion',
  version: '1.0.8',
  read: '2026-11-22',
  url: 'https://gip-inclusion.github.io/data-inclusion-schema/',
} as const;

/** The subjects of data·inclusion that a service for parents of young children may have. */
export const thematiques = [
  'difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits',
  'famille--garde-denfants',
  'famille--soutien-a-la-parentalite-et-a-leducation',
  'famille--surmonter-conflits-separation-violence',
  'logement-hebergement--rechercher-une-solution-dhebergement-temporaire',
  'remobilisation--lien-social',
  'sante--acces-aux-soins',
  'sante--sante-mentale',
  'sante--sante-sexuelle',
] as const;
export type Thematique = (typeof thematiques)[number];

const nullable = <T>(schema: z.ZodType<T>) => schema.nullable();
const set = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  z
    .array(z.enum(values))
    .refine((list) => new Set(list).size === list.length, { error: 'a value is given twice' })
    .nullable();
const filledSet = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  set(...values).refine((list) => list === null || list.length > 0, { error: 'an empty list' });

/** Lengths are counted in whole characters, as data·inclusion does. */
const between = (least: number, most: number) =>
  z.string().refine((text) => [...text].length >= least && [...text].length <= most, {
    error: `is not of ${least} to ${most} characters`,
  });
const name = between(3, 150).refine((text) => !text.endsWith('.') || text.endsWith('etc.'), {
  error: 'ends with a full stop',
});
const description = between(5, 10_000);
const url = z.url({ protocol: /^https?$/ }).max(2_083);
const changed = z.iso.date().refine((day) => day >= '2000-01-01', { error: 'before this century' });

const whereabouts = {
  commune: nullable(z.string()),
  code_postal: nullable(z.string().regex(/^\d{5}$/)),
  code_insee: nullable(z.string().regex(/^\w{5}$/)),
  adresse: nullable(z.string()),
  complement_adresse: nullable(z.string()),
  longitude: nullable(z.number()),
  latitude: nullable(z.number()),
  telephone: nullable(z.string()),
  courriel: nullable(z.email()),
};

/** A place, or who gives a service that has no place to be told. */
export const dataInclusionStructure = z
  .strictObject({
    source: z.string().describe('Producteur d’origine : identifiant d’une source de /api/v1/exports'),
    id: z.string(),
    nom: name,
    date_maj: changed,
    description: nullable(description),
    lien_source: nullable(url),
    siret: nullable(z.string().regex(/^\d{14}$/)),
    ...whereabouts,
    site_web: nullable(url),
    horaires_accueil: nullable(z.string()).describe('Syntaxe d’OpenStreetMap'),
    accessibilite_lieu: nullable(url),
    reseaux_porteurs: filledSet(
      'caf',
      'communes',
      'cpam',
      'departements',
      'france-service',
      'mutualite-sociale-agricole',
      'unccas',
    ),
  })
  .meta({ id: 'DataInclusionStructure' });
export type DataInclusionStructure = z.infer<typeof dataInclusionStructure>;

/** A service at one place, at one stop, or in the territories it serves. */
export const dataInclusionService = z
  .strictObject({
    source: z.string(),
    structure_id: z.string(),
    id: z.string(),
    nom: name,
    description,
    lien_source: nullable(url),
    date_maj: changed,
    type: nullable(
      z.enum(['accompagnement', 'aide-financiere', 'aide-materielle', 'atelier', 'formation', 'information']),
    ),
    thematiques: set(...thematiques),
    frais: nullable(z.enum(['gratuit', 'payant'])),
    frais_precisions: nullable(z.string()),
    publics: filledSet('familles', 'jeunes', 'personnes-en-situation-de-handicap', 'personnes-en-situation-durgence'),
    publics_precisions: nullable(z.string()),
    conditions_acces: nullable(z.string()),
    ...whereabouts,
    modes_accueil: set('a-distance', 'en-presentiel'),
    zone_eligibilite: z
      .array(z.string().regex(/^(france|\w{5}|\w{2,3}|\d{9}|99[0-5]\d{2})$/))
      .min(1)
      .nullable(),
    contact_nom_prenom: z.null().describe('Jamais rempli : ce jeu ne nomme personne'),
    lien_mobilisation: nullable(url),
    modes_mobilisation: filledSet('envoyer-un-courriel', 'se-presenter', 'telephoner', 'utiliser-lien-mobilisation'),
    mobilisable_par: filledSet('usagers', 'professionnels'),
    mobilisation_precisions: nullable(z.string()),
    volume_horaire_hebdomadaire: nullable(z.number().min(0)),
    nombre_semaines: nullable(z.number().int().min(1)),
    horaires_accueil: nullable(z.string()),
  })
  .meta({ id: 'DataInclusionService' });
export type DataInclusionService = z.infer<typeof dataInclusionService>;
