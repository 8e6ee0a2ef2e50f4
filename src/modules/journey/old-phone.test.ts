import { readFileSync } from 'node:fs';
import { afterAll, expect, test, vi } from 'vitest';

const native = globalThis.Temporal;
afterAll(() => {
  globalThis.Temporal = native;
});

test('a phone without Temporal computes the same path, with the polyfill', async () => {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, 'Temporal');
  await import('temporal-polyfill/global');
  expect(globalThis.Temporal).not.toBe(native);
  const { resolveTimeline } = await import('./timeline.ts');
  const { chooseToday } = await import('./today.ts');
  const { sayWhen } = await import('./wording.ts');
  const { readSchedule } = await import('./server/index.ts');
  const { when } = await import('#messages/fr/journey.ts');
  const { day, expecting, person } = await import('#testing/families.ts');

  const today = day('2026-11-21');
  const of = expecting('2027-02-20', 1, { people: [person('mother'), person('second_parent')] });
  const timeline = resolveTimeline(readSchedule('content'), of, today);
  const golden = readFileSync('src/modules/journey/golden/premiere-grossesse.txt', 'utf8');
  for (const step of [...timeline.steps, ...chooseToday(timeline)]) {
    expect(golden).toContain(`- ${step.item.title}\n    ${sayWhen(step, today, when)}`);
  }
});
