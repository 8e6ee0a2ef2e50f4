import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readInitiatives } from './server/content.ts';
import { similarProjects } from './similar.ts';

const all = readInitiatives('content').map((written) => ({ ...written, origin: 'document-000' }));
const named = (slug: string) => {
  const found = all.find((initiative) => initiative.slug === slug);
  if (!found) throw new Error(slug);
  return found;
};
const similar = (slug: string) => similarProjects(named(slug), all).map((initiative) => initiative.slug);

test('the same theme comes first', () => {
  expect(similar('soutien-allaitement-lactarium-talence')[0]).toBe('allaitement-saint-pierre-reunion');
  expect(similar('des-livres-dans-mon-biberon-le-robert')[0]).toBe('lectures-friche-belle-de-mai-marseille');
});

test('fathers’ projects resemble each other', () => {
  for (const { priorities } of similarProjects(named('les-papas-aussi-poligny'), all)) expect(priorities).toContain(10);
});

test('never the project itself, never one without a common priority, always in the same order', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.integer({ min: 1, max: 10 }), (initiative, limit) => {
      const found = similarProjects(initiative, all, limit);
      expect(found.length).toBeLessThanOrEqual(limit);
      expect(found).not.toContain(initiative);
      for (const { priorities } of found) expect(priorities.some((n) => initiative.priorities.includes(n))).toBe(true);
      expect(similarProjects(initiative, [...all].reverse(), limit)).toEqual(found);
    }),
  );
});
