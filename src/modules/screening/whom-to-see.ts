/** Places of the directory that receive somebody who is not well around a birth. Kinds as the list of `/autour-de-moi` takes them. */
const kinds = [
  'pmi',
  'maternite',
  'centre-perinatal',
  'cabinet',
  'centre-de-sante',
  'cmp',
  'unite-mere-bebe',
  'maison-1000-jours',
];

/** The list of places to turn to, from the address of the list in the language of the page. */
export const whomToSeeNear = (listAddress: string): string => `${listAddress}?kind=${kinds.join(',')}`;
