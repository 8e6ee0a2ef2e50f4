/**
 * Groups for those who share a situation. They are only listed, where an organisation animates them: whoever wants to come
 * writes or calls there. Nobody tells us their situation.
 */
export const situations = [
  { code: 'peres', label: 'Pères et coparents' },
  { code: 'jumeaux', label: 'Jumeaux et plus' },
  { code: 'prematurite', label: 'Naissance prématurée' },
  { code: 'handicap', label: 'Handicap de l’enfant ou du parent' },
  { code: 'deuil', label: 'Deuil d’un bébé' },
] as const;
export type Situation = (typeof situations)[number]['code'];

/** How one calls these groups; nothing for a word that is none of them. */
export const situationLabel = (code: string): string | undefined => situations.find((one) => one.code === code)?.label;
