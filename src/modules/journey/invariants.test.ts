import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDay, anyFamily, day, expecting, family, person } from '#testing/families.ts';
import { dueDate, TERM_WEEKS } from './dating.ts';
import type { Child, Family } from './family.ts';
import { cancelledCalendar } from './journey-calendar.ts';
import { mark } from './marks.ts';
import { takeBackLoss, tellLoss } from './remembrance.ts';
import { planReminders } from './reminders.ts';
import { readSchedule } from './server/index.ts';
import { stagesOf } from './stage.ts';
import { resolveTimeline, type Step } from './timeline.ts';
import { chooseToday, once } from './today.ts';

/** What a path promises whatever the family and the day, beside what timeline.test.ts says. README.md lists all of it. */
const schedule = readSchedule('content');
const resolve = (of: Family, today: Temporal.PlainDate) => resolveTimeline(schedule, of, today);
const all = { numRuns: 100 };
const windowOf = ({ window }: Step): string => `${window?.start}/${window?.end}`;
const neutral = { neutralTitle: 'Rendez-vous', neutralText: '' };

test('no rule reads a clock, nor the dates of JavaScript, which change with the time zone', () => {
  const folder = 'src/modules/journey';
  const rules = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  expect(rules.length).toBeGreaterThan(20);
  for (const name of rules) {
    expect(readFileSync(`${folder}/${name}`, 'utf8'), name).not.toMatch(/\bDate\(|\bDate\.|Temporal\.Now/);
  }
});

describe('a new dating', () => {
  const open = (due: string) =>
    new Map(resolve(expecting(due), day('2026-11-21')).steps.map((step) => [step.key, step] as const));

  test('moves what is counted in days and weeks from conception by as many days, and months by the calendar', () => {
    const before = open('2027-02-20');
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), (days) => {
        const due = day('2027-02-20').add({ days });
        const conception = due.subtract({ days: 273 });
        const after = open(due.toString());
        for (const [key, { item, window, untilBirth }] of before) {
          const moved = after.get(key)?.window;
          if (item.anchor !== 'conception' || item.year_of || item.leave || !window || !moved) continue;
          if (item.when.flat().includes('season_sep_jan')) continue;
          expect(moved.start.toString(), key).toBe(conception.add(item.from ?? '').toString());
          if (!untilBirth) expect(moved.end.toString(), key).toBe(conception.add(item.until ?? '').toString());
          if (!item.from?.includes('M')) expect(moved.start.toString()).toBe(window.start.add({ days }).toString());
        }
      }),
      all,
    );
  });

  test('moves nothing that is done', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), (days) => {
        const done = mark(expecting('2027-02-20'), 'gro-echo-1:p1', { state: 'done', day: day('2026-08-04') });
        const due = day('2027-02-20').add({ days });
        const redated = { ...done, pregnancies: [{ id: 'p1', dating: { by: 'due' as const, day: due } }] };
        const step = resolve(redated, day('2026-11-21')).steps.find(({ key }) => key === 'gro-echo-1:p1');
        expect(step).toMatchObject({ state: 'done' });
        expect(step?.doneOn?.toString()).toBe('2026-08-04');
      }),
      all,
    );
  });
});

test('examinations and vaccines keep the real age; milestones take the corrected one, before term and two years only', () => {
  fc.assert(
    fc.property(fc.integer({ min: -119, max: 14 }), fc.integer({ min: 0, max: 1_200 }), (bornAfter, age) => {
      const of = expecting('2027-02-20');
      const birth = day('2027-02-20').add({ days: bornAfter });
      const born = { ...of, children: of.children.map((child) => ({ ...child, birth })) };
      const today = birth.add({ days: age });
      const weeks = Math.floor((287 + bornAfter) / 7);
      for (const { item, window, subject } of resolve(born, today).steps) {
        if (subject.of !== 'child' || !window || !item.from || item.year_of) continue;
        const months = Temporal.Duration.from(item.from).months;
        const corrected = item.anchor === 'birth_corrected' && weeks < TERM_WEEKS && months < 24;
        const anchor = corrected ? day('2027-02-20') : birth;
        if (/^(vac|enf)-/.test(item.id)) expect(item.anchor, item.id).toBe('birth');
        if (!item.when.flat().includes('season_sep_jan')) {
          expect(window.start.toString(), item.id).toBe(anchor.add(item.from).toString());
        }
      }
      const [stage] = stagesOf(born, today);
      const told = stage?.of === 'child' ? stage.corrected : undefined;
      if (weeks >= TERM_WEEKS || Temporal.PlainDate.compare(today, birth.add({ months: 24 })) >= 0) {
        expect(told).toBeUndefined();
      }
    }),
    all,
  );
});

describe('twins', () => {
  const any = fc.record({ howMany: fc.integer({ min: 2, max: 3 }), after: fc.integer({ min: 0, max: 1_000 }) });
  const expected = (howMany: number) => expecting('2027-02-20', howMany);
  const toldAfterBirth = (howMany: number) =>
    family({
      people: [person('mother'), person('second_parent')],
      children: Array.from({ length: howMany }, (_, at): Child => ({ id: `c${at + 1}`, birth: day('2027-02-20') })),
    });

  test.each([
    ['expected', expected],
    ['told after their birth', toldAfterBirth],
  ])('%s: one set of steps for the parents, one for each child, all alike', (_, make) => {
    fc.assert(
      fc.property(any, ({ howMany, after }) => {
        const { steps } = resolve(make(howMany), day('2026-06-01').add({ days: after }));
        const shared = steps.filter(({ subject }) => subject.of !== 'child').map(({ item }) => item.id);
        expect(new Set(shared).size).toBe(shared.length);
        const sets = Array.from({ length: howMany }, (_, at) =>
          steps
            .filter(({ subject }) => subject.id === `c${at + 1}`)
            .map((step) => `${step.item.id} ${windowOf(step)}`)
            .sort(),
        );
        for (const set of sets) expect(set).toEqual(sets[0]);
      }),
      all,
    );
  });

  test('told after their birth: the leave of twins, and one card for what they share', () => {
    const { steps } = resolve(toldAfterBirth(2), day('2027-03-25'));
    const ids = steps.map(({ item }) => item.id);
    expect(ids).toContain('conge-pat-28j');
    expect(ids).not.toContain('conge-pat-21j');
    expect(ids.filter((id) => id === 'pp-epnp')).toHaveLength(1);
  });

  test('the loss of one changes nothing for the others', () => {
    fc.assert(
      fc.property(any, fc.nat(), ({ howMany, after }, pick) => {
        const today = day('2026-12-01').add({ days: after });
        const of = expected(howMany);
        const lost = of.children[pick % howMany]?.id ?? 'c1';
        const told = tellLoss(of, lost, { day: today, recordedOn: today, choice: 'silence' });
        const others = (each: Family) =>
          resolve(each, today)
            .steps.filter(({ subject }) => subject.of === 'child' && subject.id !== lost)
            .map((step) => `${step.key} ${windowOf(step)} ${step.state}`);
        expect(others(told)).toEqual(others(of));
        expect(resolve(told, today).steps.some(({ subject }) => subject.id === lost)).toBe(false);
      }),
      all,
    );
  });
});

test('today never says one thing twice, whatever is shared', () => {
  fc.assert(
    fc.property(anyFamily, anyDay, (of, today) => {
      const chosen = chooseToday(resolve(of, today));
      expect(once(chosen)).toEqual(chosen);
    }),
    all,
  );
});

test('a loss that is told: no reminder of that child on any day, every event cancelled, all of it back if taken back', () => {
  fc.assert(
    fc.property(anyFamily, anyDay, fc.nat(), fc.integer({ min: 0, max: 400 }), (of, today, pick, later) => {
      const living = of.children.filter(({ loss }) => !loss);
      const child = living[pick % Math.max(1, living.length)];
      if (!child) return;
      const before = resolve(of, today);
      const told = tellLoss(of, child.id, { day: today, recordedOn: today, choice: 'silence' });
      const after = resolve(told, today);

      const then = today.add({ days: later });
      for (const { step } of planReminders(resolve(told, then), told, then.toPlainDateTime({ hour: 8 }))) {
        expect(step.subject.of === 'child' && step.subject.id === child.id).toBe(false);
      }
      const pregnancy = of.pregnancies.find(({ id }) => id === child.pregnancy);
      const mourned = pregnancy && dueDate(pregnancy.dating).toString();
      const days = planReminders(after, told, today.toPlainDateTime({ hour: 8 })).map(
        ({ at }) => `${at.toPlainDate()}`,
      );
      if (mourned) expect(days).not.toContain(mourned);

      const gone = before.steps.filter(({ key, window }) => window && !after.steps.some((step) => step.key === key));
      const cancelled = cancelledCalendar(before, after, neutral);
      expect(cancelled).toHaveLength(gone.length);
      expect(cancelled.every((event) => event.cancelled && event.title === 'Rendez-vous' && !event.alarm)).toBe(true);
      expect(resolve(takeBackLoss(told, child.id, today.add({ days: 29 })), today)).toEqual(before);
    }),
    all,
  );
});
