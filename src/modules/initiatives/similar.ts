import type { Initiative } from './initiative.ts';

/**
 * The projects that most resemble one, at most `limit`: same themes first, then same priorities, then near it. A
 * project that shares neither theme nor priority is not similar, however near.
 */
export const similarProjects = (to: Initiative, among: readonly Initiative[], limit = 4): Initiative[] =>
  among
    .filter((other) => other.slug !== to.slug && common(to.priorities, other.priorities) > 0)
    .map((other) => ({ other, likeness: likeness(to, other) }))
    .sort((a, b) => b.likeness - a.likeness || a.other.slug.localeCompare(b.other.slug))
    .slice(0, limit)
    .map(({ other }) => other);

const likeness = (a: Initiative, b: Initiative): number =>
  8 * common(a.themes, b.themes) +
  3 * common(a.priorities, b.priorities) +
  2 * common(a.departements, b.departements) +
  common(a.regions, b.regions);

const common = <T>(a: readonly T[], b: readonly T[]): number => a.filter((value) => b.includes(value)).length;
