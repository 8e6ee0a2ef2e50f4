/**
 * The words that every place and service is described with. Each list is a public contract: its codes are written in
 * the tables, in files to import and in the addresses of the API. Codes are only ever added at the end, because their
 * rank is the bit of the search index.
 */

/** One word of a list: its code, and how people say it. */
export interface Word {
  readonly code: string;
  readonly label: string;
}

const list = <const Words extends readonly Word[]>(...words: Words): Words => words;

/** Kinds of places and of services without a place. At most 255. */
export const kinds = list(
  { code: 'maternite', label: 'Maternité' },
  { code: 'centre-perinatal', label: 'Centre périnatal de proximité' },
  { code: 'maison-de-naissance', label: 'Maison de naissance' },
  { code: 'pmi', label: 'PMI (protection maternelle et infantile)' },
  { code: 'consultation-infantile', label: 'Consultation de jeunes enfants' },
  { code: 'sante-sexuelle', label: 'Centre de santé sexuelle' },
  { code: 'cabinet', label: 'Cabinet' },
  { code: 'centre-de-sante', label: 'Centre ou maison de santé' },
  { code: 'hopital', label: 'Hôpital' },
  { code: 'camsp', label: 'CAMSP (action médico-sociale précoce)' },
  { code: 'cmpp', label: 'CMPP (consultation médico-psycho-pédagogique)' },
  { code: 'cmp', label: 'CMP (consultation médico-psychologique)' },
  { code: 'centre-medico-scolaire', label: 'Centre médico-scolaire' },
  { code: 'accueil-mere-enfant', label: 'Accueil parent-enfant' },
  { code: 'unite-mere-bebe', label: 'Unité parent-bébé' },
  { code: 'creche', label: 'Crèche' },
  { code: 'micro-creche', label: 'Micro-crèche' },
  { code: 'mam', label: 'Maison d’assistantes maternelles' },
  { code: 'relais-petite-enfance', label: 'Relais petite enfance' },
  { code: 'laep', label: 'Lieu d’accueil enfants-parents' },
  { code: 'maison-1000-jours', label: 'Maison des 1000 premiers jours' },
  { code: 'maison-des-parents', label: 'Maison des parents ou des familles' },
  { code: 'centre-social', label: 'Centre social' },
  { code: 'ludotheque', label: 'Ludothèque' },
  { code: 'mediatheque', label: 'Bibliothèque ou médiathèque' },
  { code: 'caf', label: 'Caf' },
  { code: 'msa', label: 'MSA' },
  { code: 'cpam', label: 'Assurance maladie' },
  { code: 'ccas', label: 'Centre communal d’action sociale' },
  { code: 'france-services', label: 'France services' },
  { code: 'mairie', label: 'Mairie' },
  { code: 'association', label: 'Association' },
  { code: 'groupe-de-parents', label: 'Groupe de parents' },
  { code: 'itinerant', label: 'Bus et permanences itinérantes' },
  { code: 'a-distance', label: 'Service à distance' },
  { code: 'a-domicile', label: 'Service à domicile' },
  { code: 'autre', label: 'Autre lieu' },
);

/** For whom, beyond « parents of a young child ». At most 32. */
export const audiences = list(
  { code: 'futurs-parents', label: 'Futurs parents' },
  { code: 'parents', label: 'Parents' },
  { code: 'peres-et-seconds-parents', label: 'Pères et seconds parents' },
  { code: 'familles-monoparentales', label: 'Parents seuls' },
  { code: 'handicap', label: 'Handicap de l’enfant ou du parent' },
  { code: 'prematurite', label: 'Naissance prématurée' },
  { code: 'jumeaux', label: 'Jumeaux et plus' },
  { code: 'deuil', label: 'Deuil périnatal' },
  { code: 'precarite', label: 'Situations difficiles' },
  { code: 'jeunes-parents', label: 'Parents mineurs ou très jeunes' },
  { code: 'violences', label: 'Violences' },
  { code: 'adoption', label: 'Adoption' },
  { code: 'professionnels', label: 'Professionnels' },
);

/** How the service is given. At most 16. */
export const modes = list(
  { code: 'sur-place', label: 'Sur place' },
  { code: 'a-domicile', label: 'À domicile' },
  { code: 'itinerant', label: 'Près de chez vous, en tournée' },
  { code: 'visio', label: 'En visio' },
  { code: 'telephone', label: 'Par téléphone' },
  { code: 'en-ligne', label: 'En ligne' },
);

/** How to come: without or with an appointment. Shown, not searched. */
export const bookings = list(
  { code: 'sans-rendez-vous', label: 'Sans rendez-vous' },
  { code: 'rendez-vous', label: 'Sur rendez-vous' },
  { code: 'inscription', label: 'Sur inscription' },
  { code: 'orientation', label: 'Sur orientation d’un professionnel' },
);

/** Facts about getting in and being well received. At most 16. */
export const accessFacts = list(
  { code: 'poussette', label: 'Accès en poussette' },
  { code: 'plain-pied', label: 'Sans marche' },
  { code: 'ascenseur', label: 'Ascenseur' },
  { code: 'table-a-langer', label: 'Table à langer' },
  { code: 'calme', label: 'Espace calme' },
  { code: 'lsf', label: 'Langue des signes (LSF)' },
  { code: 'falc', label: 'Informations faciles à lire (FALC)' },
  { code: 'boucle-magnetique', label: 'Boucle magnétique' },
  { code: 'parking', label: 'Stationnement' },
  { code: 'animal-d-assistance', label: 'Animaux d’assistance' },
);

/** What it costs. At most 8. */
export const costs = list(
  { code: 'gratuit', label: 'Gratuit' },
  { code: 'rembourse', label: 'Remboursé' },
  { code: 'quotient-familial', label: 'Selon vos revenus' },
  { code: 'adhesion', label: 'Adhésion' },
  { code: 'payant', label: 'Payant' },
);

/** Languages in which a service is regularly given: ISO 639-1, else 639-3. At most 32. */
export const languages = list(
  { code: 'fr', label: 'français' },
  { code: 'en', label: 'anglais' },
  { code: 'ar', label: 'arabe' },
  { code: 'es', label: 'espagnol' },
  { code: 'pt', label: 'portugais' },
  { code: 'it', label: 'italien' },
  { code: 'de', label: 'allemand' },
  { code: 'tr', label: 'turc' },
  { code: 'ru', label: 'russe' },
  { code: 'uk', label: 'ukrainien' },
  { code: 'ro', label: 'roumain' },
  { code: 'pl', label: 'polonais' },
  { code: 'sq', label: 'albanais' },
  { code: 'zh', label: 'chinois' },
  { code: 'vi', label: 'vietnamien' },
  { code: 'ta', label: 'tamoul' },
  { code: 'bn', label: 'bengali' },
  { code: 'ur', label: 'ourdou' },
  { code: 'fa', label: 'persan' },
  { code: 'ps', label: 'pachto' },
  { code: 'ti', label: 'tigrinya' },
  { code: 'am', label: 'amharique' },
  { code: 'kab', label: 'kabyle' },
  { code: 'bm', label: 'bambara' },
  { code: 'ff', label: 'peul' },
  { code: 'wo', label: 'wolof' },
  { code: 'rcf', label: 'créole réunionnais' },
  { code: 'gcf', label: 'créole des Antilles' },
  { code: 'gcr', label: 'créole guyanais' },
  { code: 'swb', label: 'shimaoré' },
  { code: 'br', label: 'breton' },
  { code: 'co', label: 'corse' },
);

/**
 * Stages as intervals of weeks around birth, birth being 0. Source: the four times of the presentation of the policy
 * (pregnancy, first weeks, first months, first years), and the project of a child before them.
 */
export const stages = [
  { code: 'projet', label: 'Projet d’enfant', fromWeek: -92, toWeek: -40 },
  { code: 'grossesse', label: 'Pendant la grossesse', fromWeek: -40, toWeek: 0 },
  { code: 'premieres-semaines', label: 'Premières semaines', fromWeek: 0, toWeek: 8 },
  { code: 'premiers-mois', label: 'De 2 à 6 mois', fromWeek: 8, toWeek: 26 },
  { code: 'premieres-annees', label: 'De 6 mois à 3 ans', fromWeek: 26, toWeek: 156 },
] as const satisfies readonly (Word & { fromWeek: number; toWeek: number })[];

type Code<Words extends readonly Word[]> = Words[number]['code'];
export type Kind = Code<typeof kinds>;
export type Audience = Code<typeof audiences>;
export type Mode = Code<typeof modes>;
export type Booking = Code<typeof bookings>;
export type AccessFact = Code<typeof accessFacts>;
export type Cost = Code<typeof costs>;
export type Language = Code<typeof languages>;
export type Stage = Code<typeof stages>;

/** The codes of a list, for schemas: at least one, as zod asks. */
export const codesOf = <Words extends readonly [Word, ...Word[]]>(
  words: Words,
): [Words[number]['code'], ...Words[number]['code'][]] => {
  const [first, ...rest] = words;
  return [first.code, ...rest.map(({ code }) => code)];
};

/** How people say a code; the code itself when it is unknown. */
export const labelOf = (words: readonly Word[], code: string): string =>
  words.find((word) => word.code === code)?.label ?? code;

const ranks = new WeakMap<readonly Word[], ReadonlyMap<string, number>>();

/** Rank of a code in its list, or −1. Searches ask for dozens: each list is turned into a map once. */
export const rankOf = (words: readonly Word[], code: string): number => {
  let known = ranks.get(words);
  if (!known) {
    known = new Map(words.map((word, rank) => [word.code, rank]));
    ranks.set(words, known);
  }
  return known.get(code) ?? -1;
};

/** The bits of some codes. An unknown code is left out. The 32nd bit makes the number negative: compare with `!== 0`. */
export const bitsOf = (words: readonly Word[], codes: readonly string[]): number =>
  codes.reduce((bits, code) => {
    const rank = rankOf(words, code);
    return rank < 0 ? bits : bits | (1 << rank);
  }, 0);
