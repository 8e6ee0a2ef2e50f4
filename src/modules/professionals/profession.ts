import type { Kind } from '#modules/directory/index.ts';

/**
 * The fields in which professionals of the 1000 days work. Source: second partners’ committee of 24 March 2022
 * (document 001), « Vous êtes les professionnels des 1000 premiers jours »; the social field is the interventions at home
 * and the access to rights that the priorities name (document 000).
 */
export const sectors = [
  { code: 'sante', label: 'Santé des parents et des enfants' },
  { code: 'accueil', label: 'Modes d’accueil' },
  { code: 'parentalite', label: 'Soutien aux parents' },
  { code: 'social', label: 'Action sociale et accès aux droits' },
  { code: 'eveil', label: 'Éveil aux arts et à la culture' },
  { code: 'activite', label: 'Sport et activité physique' },
  { code: 'autre', label: 'Autre' },
] as const;

export type SectorCode = (typeof sectors)[number]['code'];

export interface Profession {
  /** Never changes: it is kept in registrations. */
  readonly code: string;
  readonly label: string;
  readonly sector: SectorCode;
  /** The kind of place or service by which parents find it, when the person says nothing else. */
  readonly kind: Kind;
  /** Takes care of young children: may say that the national charter of childcare is applied. */
  readonly childcare?: boolean;
  /** Most often works where they live. A proposition only: the person says. */
  readonly atHome?: boolean;
}

/** Who may register, from the midwife to the sports teacher. `autre` is said in one's own words. */
export const professions: readonly Profession[] = [
  { code: 'sage-femme', label: 'Sage-femme', sector: 'sante', kind: 'cabinet' },
  { code: 'medecin-generaliste', label: 'Médecin généraliste', sector: 'sante', kind: 'cabinet' },
  { code: 'pediatre', label: 'Pédiatre', sector: 'sante', kind: 'cabinet' },
  { code: 'gynecologue', label: 'Gynécologue ou obstétricien', sector: 'sante', kind: 'cabinet' },
  { code: 'medecin-pmi', label: 'Médecin de PMI', sector: 'sante', kind: 'pmi' },
  { code: 'psychiatre', label: 'Psychiatre ou pédopsychiatre', sector: 'sante', kind: 'cabinet' },
  { code: 'psychologue', label: 'Psychologue', sector: 'sante', kind: 'cabinet' },
  { code: 'infirmier', label: 'Infirmière ou infirmier', sector: 'sante', kind: 'cabinet' },
  { code: 'puericulteur', label: 'Infirmière puéricultrice ou puériculteur', sector: 'sante', kind: 'cabinet' },
  { code: 'auxiliaire-puericulture', label: 'Auxiliaire de puériculture', sector: 'sante', kind: 'creche' },
  { code: 'kinesitherapeute', label: 'Masseur-kinésithérapeute', sector: 'sante', kind: 'cabinet' },
  { code: 'orthophoniste', label: 'Orthophoniste', sector: 'sante', kind: 'cabinet' },
  { code: 'psychomotricien', label: 'Psychomotricienne ou psychomotricien', sector: 'sante', kind: 'cabinet' },
  { code: 'ergotherapeute', label: 'Ergothérapeute', sector: 'sante', kind: 'cabinet' },
  { code: 'dieteticien', label: 'Diététicienne ou diététicien', sector: 'sante', kind: 'cabinet' },
  { code: 'osteopathe', label: 'Ostéopathe', sector: 'sante', kind: 'cabinet' },
  { code: 'pharmacien', label: 'Pharmacienne ou pharmacien', sector: 'sante', kind: 'autre' },
  { code: 'consultant-lactation', label: 'Consultante ou consultant en lactation', sector: 'sante', kind: 'cabinet' },
  {
    ...{ code: 'assistant-maternel', label: 'Assistante maternelle ou assistant maternel', sector: 'accueil' },
    ...{ kind: 'autre', childcare: true, atHome: true },
  },
  {
    ...{ code: 'assistant-maternel-mam', label: 'Assistante ou assistant maternel en maison (MAM)' },
    ...{ sector: 'accueil', kind: 'mam', childcare: true },
  },
  {
    ...{ code: 'garde-a-domicile', label: 'Garde d’enfants au domicile des parents', sector: 'accueil' },
    ...{ kind: 'a-domicile', childcare: true, atHome: true },
  },
  {
    ...{ code: 'educateur-jeunes-enfants', label: 'Éducatrice ou éducateur de jeunes enfants' },
    ...{ sector: 'accueil', kind: 'creche', childcare: true },
  },
  {
    ...{ code: 'accompagnant-petite-enfance', label: 'Accompagnante ou accompagnant éducatif petite enfance' },
    ...{ sector: 'accueil', kind: 'creche', childcare: true },
  },
  {
    ...{ code: 'direction-creche', label: 'Direction d’un lieu d’accueil du jeune enfant' },
    ...{ sector: 'accueil', kind: 'creche', childcare: true },
  },
  {
    ...{ code: 'animateur-rpe', label: 'Animation d’un relais petite enfance' },
    ...{ sector: 'accueil', kind: 'relais-petite-enfance' },
  },
  { code: 'accueillant-laep', label: 'Accueil en lieu enfants-parents', sector: 'parentalite', kind: 'laep' },
  {
    ...{ code: 'tisf', label: 'Technicienne ou technicien de l’intervention sociale et familiale (TISF)' },
    ...{ sector: 'parentalite', kind: 'a-domicile' },
  },
  {
    ...{ code: 'animateur-parentalite', label: 'Animation de groupes ou d’ateliers de parents' },
    ...{ sector: 'parentalite', kind: 'groupe-de-parents' },
  },
  {
    ...{ code: 'conseiller-conjugal', label: 'Conseil conjugal et familial' },
    ...{ sector: 'parentalite', kind: 'sante-sexuelle' },
  },
  { code: 'mediateur-familial', label: 'Médiation familiale', sector: 'parentalite', kind: 'association' },
  {
    ...{ code: 'referent-parcours', label: 'Référente ou référent de parcours périnatalité' },
    ...{ sector: 'parentalite', kind: 'autre' },
  },
  { code: 'benevole', label: 'Bénévole auprès de parents', sector: 'parentalite', kind: 'association' },
  { code: 'assistant-social', label: 'Assistante ou assistant de service social', sector: 'social', kind: 'autre' },
  {
    ...{ code: 'conseiller-cesf', label: 'Conseil en économie sociale familiale' },
    ...{ sector: 'social', kind: 'ccas' },
  },
  { code: 'educateur-specialise', label: 'Éducatrice ou éducateur spécialisé', sector: 'social', kind: 'autre' },
  { code: 'mediateur-sante', label: 'Médiation en santé ou interprétariat', sector: 'social', kind: 'association' },
  { code: 'agent-acces-droits', label: 'Accueil et accès aux droits', sector: 'social', kind: 'france-services' },
  { code: 'coordinateur', label: 'Coordination petite enfance ou parentalité', sector: 'social', kind: 'mairie' },
  { code: 'bibliothecaire', label: 'Bibliothécaire', sector: 'eveil', kind: 'mediatheque' },
  { code: 'ludothecaire', label: 'Ludothécaire', sector: 'eveil', kind: 'ludotheque' },
  { code: 'conteur', label: 'Conteuse, conteur, lecture à voix haute', sector: 'eveil', kind: 'association' },
  { code: 'musicien', label: 'Éveil musical', sector: 'eveil', kind: 'association' },
  { code: 'artiste', label: 'Artiste, spectacle pour les tout-petits', sector: 'eveil', kind: 'association' },
  { code: 'mediateur-culturel', label: 'Médiation culturelle, musée', sector: 'eveil', kind: 'autre' },
  {
    ...{ code: 'educateur-sportif', label: 'Éducatrice sportive ou éducateur sportif' },
    ...{ sector: 'activite', kind: 'association' },
  },
  { code: 'maitre-nageur', label: 'Maître-nageur, bébés dans l’eau', sector: 'activite', kind: 'autre' },
  { code: 'yoga-relaxation', label: 'Yoga, relaxation, gymnastique douce', sector: 'activite', kind: 'association' },
  { code: 'autre', label: 'Une autre profession ou fonction', sector: 'autre', kind: 'autre' },
];

/** The profession of that code, if any. */
export const professionOf = (code: string): Profession | undefined =>
  professions.find((profession) => profession.code === code);

/** Kinds of structures that look after young children: they may say that they apply the charter. */
export const childcareKinds: ReadonlySet<string> = new Set<Kind>(['creche', 'micro-creche', 'mam']);
