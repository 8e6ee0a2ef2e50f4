import { fold } from '#platform/text.ts';
import type { ServiceFields } from '../model.ts';
import type { Kind } from '../vocabulary.ts';

/**
 * What the kind of a place says by itself of what is given there, when the file says nothing more. Priorities follow the
 * sheets of the ten priorities; weeks are told only where the kind sets them (a day nursery takes children from the end
 * of the mother's leave, eight weeks after birth; a maternity ward cares until the weeks after birth).
 */
export const usualService = (kind: Kind): Pick<ServiceFields, 'priorities' | 'stage_from' | 'stage_to'> =>
  usual[kind] ?? {};

const usual: Readonly<Partial<Record<Kind, Pick<ServiceFields, 'priorities' | 'stage_from' | 'stage_to'>>>> = {
  maternite: { priorities: [2], stage_from: -40, stage_to: 8 },
  'centre-perinatal': { priorities: [2], stage_from: -40, stage_to: 8 },
  'maison-de-naissance': { priorities: [2], stage_from: -40, stage_to: 8 },
  pmi: { priorities: [2] },
  'consultation-infantile': { priorities: [2], stage_from: 0, stage_to: 156 },
  camsp: { priorities: [3], stage_from: 0, stage_to: 156 },
  cmpp: { priorities: [3] },
  'accueil-mere-enfant': { priorities: [3] },
  'unite-mere-bebe': { priorities: [2, 3], stage_from: -40, stage_to: 156 },
  creche: { priorities: [8], stage_from: 8, stage_to: 156 },
  'micro-creche': { priorities: [8], stage_from: 8, stage_to: 156 },
  mam: { priorities: [8], stage_from: 8, stage_to: 156 },
  'relais-petite-enfance': { priorities: [8] },
  laep: { priorities: [4], stage_from: 0, stage_to: 156 },
  'groupe-de-parents': { priorities: [4] },
  'maison-1000-jours': { priorities: [1] },
  ludotheque: { priorities: [6] },
  mediatheque: { priorities: [6] },
};

/** The kind that a label tells, « Multi-accueil » → `creche`; undefined for what is not of this directory. */
export const kindOfLabel = (label: string): Kind | undefined => {
  const folded = fold(label);
  return labels.find(([pattern]) => pattern.test(folded))?.[1];
};

/** The more precise first. */
const labels: readonly (readonly [RegExp, Kind])[] = [
  [/\bmicro ?creches?\b/, 'micro-creche'],
  [/\bmaisons? d assistante?s? maternel|\bmam\b/, 'mam'],
  [
    /\brelais (petite enfance|d?\s?assistante?s? maternel|parents assistant|accueil petite enfance)|\brpe\b/,
    'relais-petite-enfance',
  ],
  [/\blieux? d accueil (enfants?|parents?) (enfants?|parents?)|\blaep\b/, 'laep'],
  [
    /\bcreches?\b|\bmulti ?accueil|\bhaltes? ?garderies?\b|\bjardins? d enfants\b|accueil (du |de )?jeunes? enfants?\b|\beaje\b/,
    'creche',
  ],
  [/\bmaisons? des (1 ?000|mille) premiers jours\b/, 'maison-1000-jours'],
  [/\bmaisons? (des|de la|de) (parents?|famille|familles|parentalite)\b/, 'maison-des-parents'],
  [/\bmaisons? de naissance\b/, 'maison-de-naissance'],
  [/\bcentres? perinata/, 'centre-perinatal'],
  [/\bmaternites?\b/, 'maternite'],
  [
    /\bconsultations? (de )?protection infantile|\bconsultations? (de )?nourrissons?|\bconsultations? infantiles?\b/,
    'consultation-infantile',
  ],
  [/\bprotection maternelle|\bpmi\b|\bpre et post ?natale?\b/, 'pmi'],
  [/\bsante sexuelle|\bplanification\b|\bplanning familial\b|\bcpef\b/, 'sante-sexuelle'],
  [/\baction medico ?sociale precoce|\bcamsp\b/, 'camsp'],
  [/\bmedico psycho pedagogique|\bcmpp\b/, 'cmpp'],
  [/\bmedico scolaire/, 'centre-medico-scolaire'],
  [
    /\baccueil (mere|parent)s?( et)? enfants?\b|\bcentres? maternels?\b|\bcentres? parentaux\b|\bcentre parental\b/,
    'accueil-mere-enfant',
  ],
  [/\bunites? (mere|parents?) bebes?\b/, 'unite-mere-bebe'],
  [/\bludotheques?\b/, 'ludotheque'],
  [/\bmediatheques?\b|\bbibliotheques?\b/, 'mediatheque'],
  [/\bcentres? socia(l|ux)|\bsocio ?culturels?\b|\bespaces? de vie sociale\b/, 'centre-social'],
  [/\bfrance services?\b/, 'france-services'],
];
