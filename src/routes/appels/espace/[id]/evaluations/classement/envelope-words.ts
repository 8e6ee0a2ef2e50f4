import { formatCents, type LineEnd, TOGETHER } from '#modules/calls/index.ts';
import { lineName } from '../../line-uses.ts';

/** The name of a line of money, or of all of them together: a view, from which nothing is decided. */
export const endName = (end: Pick<LineEnd, 'key' | 'funder' | 'line'>): string =>
  end.key === TOGETHER ? 'Ensemble, pour information' : lineName(end);

/** Where a line of money ends in the ranking, in a sentence. `ranks`: something has a rank. */
export const endSaid = ({ through, left, cut }: LineEnd, ranks: boolean): string => {
  if (!ranks) return 'rien n’a encore de rang.';
  if (!cut) return `tout ce qui a un rang y tient ; il en resterait ${formatCents(left)}.`;
  const asks =
    cut.files > 1
      ? `les ${cut.files} ex æquo du rang ${cut.rank} demandent ensemble ${formatCents(cut.asked)}, et rien ne les départage ici.`
      : `le rang ${cut.rank} demande ${formatCents(cut.asked)}.`;
  return through === undefined
    ? `le premier rang n’y tient pas en entier : ${asks}`
    : `finit après le rang ${through}, où il en reste ${formatCents(left)} ; ${asks}`;
};

/** What a rank is to a line of money, in a list that one takes away. */
export const withinWords = { in: 'oui', tied: 'en partie : ex æquo', out: 'non' } as const;
