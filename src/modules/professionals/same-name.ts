import { fold } from '#platform/text.ts';

/**
 * Whether two names of structures may be those of one: all the words of the shorter one are in the longer one, small words
 * and what is in brackets apart. « CCAS de Matoury (centre communal d’action sociale) » and « CCAS Matoury » are; one word
 * alone is not enough when the other name has more, unless it is not a common one. Proposes, never decides.
 */
export const sameName = (one: string, other: string): boolean => {
  const [short = [], long = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  if (short.length === 0 || !short.every((word) => long.includes(word))) return false;
  return short.length > 1 || long.length === 1 || !short.every((word) => common.has(word));
};

const wordsOf = (name: string): readonly string[] => [
  ...new Set(
    fold(name.replaceAll(/\([^)]*\)/g, ' '))
      .split(' ')
      .filter((word) => word !== '' && !small.has(word)),
  ),
];

const small: ReadonlySet<string> = new Set('a au aux d de des du en et l la le les pour sur'.split(' '));
/** What many structures are called: alone, it names none. */
const common: ReadonlySet<string> = new Set(
  'association caf ccas centre cias communaute commune creche departement hopital mairie maison mutualite pmi ville'.split(
    ' ',
  ),
);
