import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDay, anyFamily, day, expecting, family, person } from '#testing/families.ts';
import { isEarly, mark, whatMoved } from './marks.ts';
import { daysOfRemembrance, forget, takeBackLoss, tellLoss } from './remembrance.ts';
import { planReminders } from './reminders.ts';
import { readSchedule } from './server/index.ts';
import { stagesOf } from './stage.ts';
import { resolveTimeline, type Step } from './timeline.ts';
import { chooseToday } from './today.ts';

const schedule = readSchedule('content');
const resolve = (of: Parameters<typeof resolveTimeline>[1], today: string | Temporal.PlainDate) =>
  resolveTimeline(schedule, of, typeof today === 'string' ? day(today) : today);
const find = (steps: readonly Step[], id: string): Step | undefined => steps.find(({ item }) => item.id === id);
const window = (step: Step | undefined): string => (step?.window ? `${step.window.start}/${step.window.end}` : 'none');
const all = { numRuns: 150 };

describe('for any family on any day', () => {
  test('the same questions get the same answers, and no window is empty or reversed', () => {
    fc.assert(
      fc.property(anyFamily, anyDay, (of, today) => {
        const timeline = resolve(of, today);
        expect(resolve(of, today)).toEqual(timeline);
        for (const { key, window } of [...timeline.steps, ...timeline.afterLoss]) {
          if (window) expect(Temporal.PlainDate.compare(window.start, window.end), key).toBeLessThan(0);
        }
        expect(new Set(timeline.steps.map(({ key }) => key)).size).toBe(timeline.steps.length);
      }),
      all,
    );
  });

  test('it is the same in every time zone of the device', () => {
    const zone = process.env.TZ;
    fc.assert(
      fc.property(anyFamily, anyDay, (of, today) => {
        const [here, ...elsewhere] = ['Europe/Paris', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((tz) => {
          process.env.TZ = tz;
          return JSON.stringify(resolve(of, today).steps.map(({ key, state, window }) => [key, state, window]));
        });
        for (const other of elsewhere) expect(other).toBe(here);
      }),
      { numRuns: 25 },
    );
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  test('a child who died has no step and no reminder, today or later', () => {
    fc.assert(
      fc.property(anyFamily, anyDay, (of, today) => {
        const timeline = resolve(of, today);
        const lost = new Set(of.children.flatMap((child) => (child.loss ? [child.id] : [])));
        for (const { subject } of timeline.steps) {
          if (subject.of === 'child') expect(lost.has(subject.id)).toBe(false);
          if (subject.of === 'pregnancy' || subject.of === 'parents') {
            expect(subject.children.some((child) => !child.loss)).toBe(true);
          }
        }
        expect(timeline.afterLoss.every(({ quiet, remindOn }) => quiet && remindOn === undefined)).toBe(true);
      }),
      all,
    );
  });

  test('once a birth is told, nothing of the pregnancy is open', () => {
    fc.assert(
      fc.property(anyFamily, anyDay, (of, today) => {
        for (const { subject, item, state } of resolve(of, today).steps) {
          const born = subject.of === 'pregnancy' && subject.dates.birth;
          if (!born || item.leave || Temporal.PlainDate.compare(born, today) > 0) continue;
          expect(['past', 'done', 'not_for_us'], item.id).toContain(state);
        }
      }),
      all,
    );
  });

  test('no week is counted beyond 42', () => {
    fc.assert(
      fc.property(anyFamily, anyDay, (of, today) => {
        for (const stage of stagesOf(of, today)) {
          if (stage.of === 'pregnancy') expect(stage.weeks).toBeLessThanOrEqual(41);
          if (stage.of === 'overdue' && stage.counted) expect(stage.daysOver).toBeLessThan(7);
        }
      }),
      all,
    );
  });

  test('reminders: one a day, three in seven days, in the morning, none on the expected day of a child who died', () => {
    fc.assert(
      fc.property(anyFamily, anyDay, fc.integer({ min: 0, max: 23 }), (of, today, hour) => {
        const now = today.toPlainDateTime({ hour });
        const planned = planReminders(resolve(of, today), of, now);
        const days = planned.map(({ at }) => at.toPlainDate());
        expect(new Set(days.map(String)).size).toBe(days.length);
        for (const first of days) {
          const week = days.filter((other) => {
            const after = first.until(other, { largestUnit: 'day' }).days;
            return after >= 0 && after < 7;
          });
          expect(week.length).toBeLessThanOrEqual(3);
        }
        for (const { at } of planned) {
          expect(at.hour).toBeGreaterThanOrEqual(9);
          expect(at.hour).toBeLessThan(20);
          expect(Temporal.PlainDateTime.compare(at, now)).toBeGreaterThan(0);
        }
        const mourned = daysOfRemembrance(of).map(String);
        expect(days.filter((each) => mourned.includes(each.toString()))).toEqual([]);
      }),
      all,
    );
  });

  test('today holds three things at most, all of which surely concern the family', () => {
    fc.assert(
      fc.property(anyFamily, anyDay, (of, today) => {
        const chosen = chooseToday(resolve(of, today));
        expect(chosen.length).toBeLessThanOrEqual(3);
        expect(chosen.every(({ ifs, quiet, state }) => ifs.length === 0 && !quiet && state !== 'done')).toBe(true);
      }),
      all,
    );
  });

  test('any step can be marked done, in any state, and unmarked', () => {
    fc.assert(
      fc.property(anyFamily, anyDay, fc.nat(), (of, today, pick) => {
        const { steps } = resolve(of, today);
        const step = steps[pick % Math.max(1, steps.length)];
        if (!step) return;
        const marked = mark(of, step.key, { state: 'done', day: today });
        const after = resolve(marked, today).steps.find(({ key }) => key === step.key);
        expect(after?.state).toBe('done');
        expect(after?.remindOn).toBeUndefined();
        expect(resolve(mark(marked, step.key, undefined), today).steps).toEqual(steps);
      }),
      all,
    );
  });

  test('a loss told by mistake is taken back within 30 days, exactly, and not after', () => {
    fc.assert(
      fc.property(anyFamily, anyDay, fc.integer({ min: 0, max: 60 }), (of, today, wait) => {
        const child = of.children.find(({ loss }) => !loss);
        if (!child) return;
        const told = tellLoss(of, child.id, { day: today, recordedOn: today, choice: 'silence' });
        const later = today.add({ days: wait });
        expect(takeBackLoss(told, child.id, later)).toEqual(wait < 30 ? of : told);
      }),
      all,
    );
  });
});

describe('dating', () => {
  const steps = (due: string) => resolve(expecting(due), '2026-11-21').steps;

  test('a new dating moves what is counted from the expected day by as many days', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), (days) => {
        const moved = resolve(expecting(day('2027-02-20').add({ days }).toString()), '2026-11-21').steps;
        for (const before of steps('2027-02-20').filter(({ item }) => item.anchor === 'due')) {
          if (/M/.test(`${before.item.from}${before.item.until}`)) continue; // Months are calendar months.
          const after = moved.find(({ key }) => key === before.key);
          expect(after?.window?.start.toString()).toBe(before.window?.start.add({ days }).toString());
          expect(after?.window?.end.toString()).toBe(before.window?.end.add({ days }).toString());
        }
      }),
    );
  });

  test('what moved is told, and what is done is not', () => {
    const before = mark(expecting('2027-02-20'), 'gro-echo-1:p1', { state: 'done', day: day('2026-08-04') });
    const after = { ...before, pregnancies: expecting('2027-02-25').pregnancies };
    const moved = whatMoved(resolve(before, '2026-11-21').steps, resolve(after, '2026-11-21').steps);
    const echo = moved.find(({ step }) => step.item.id === 'gro-echo-3');
    expect(`${echo?.from} → ${echo?.to}`).toBe('2026-12-05 → 2026-12-10');
    expect(moved.some(({ step }) => step.item.id === 'gro-echo-1')).toBe(false);
  });

  test('an overdue pregnancy keeps its steps, and what follows birth waits', () => {
    const { steps } = resolve(expecting('2026-11-16'), '2026-11-21');
    expect(find(steps, 'gro-exam-m9')).toMatchObject({ state: 'open', untilBirth: true });
    expect(find(steps, 'gro-epp')).toMatchObject({ state: 'open', untilBirth: true });
    expect(find(steps, 'adm-naissance')).toMatchObject({ state: 'upcoming', provisional: true });
    expect(stagesOf(expecting('2026-11-16'), day('2026-11-21'))[0]).toMatchObject({
      of: 'overdue',
      daysOver: 5,
      counted: true,
    });
    expect(stagesOf(expecting('2026-11-10'), day('2026-11-21'))[0]).toMatchObject({ of: 'overdue', counted: false });
  });
});

describe('children', () => {
  const born = (birth: string, due: string, given = {}) => {
    const of = expecting(due, 1, given);
    return { ...of, children: of.children.map((child) => ({ ...child, birth: day(birth) })) };
  };

  test('born on 29 February: twelve months later is 28 February', () => {
    const { steps } = resolve(born('2028-02-29', '2028-03-01'), '2028-03-10');
    expect(window(find(steps, 'vac-12m'))).toBe('2029-02-28/2029-03-29');
  });

  test('born on 31 January: one month later is the last day of February', () => {
    const { steps } = resolve(born('2027-01-31', '2027-02-01'), '2027-02-10');
    expect(window(find(steps, 'enf-exam-m2'))).toBe('2027-02-28/2027-03-31');
  });

  test('born at 29 weeks: vaccines at the real age, milestones at the corrected age, until two years', () => {
    const due = '2027-02-20';
    const birth = day(due).subtract({ weeks: 12 }).toString();
    const { steps } = resolve(born(birth, due), '2027-01-10');
    expect(window(find(steps, 'vac-2m-hexa'))).toBe('2027-01-28/2027-02-28');
    expect(window(find(steps, 'dev-9m'))).toBe('2027-10-20/2027-12-20');
    expect(find(steps, 'vac-prema-pneumo')).toBeDefined();
    const [stage] = stagesOf(born(birth, due), day('2028-11-30'));
    expect(stage).toMatchObject({ of: 'child' });
    expect(stage?.of === 'child' && stage.corrected).toBeUndefined();
  });

  test('corrected age changes nothing for a child born at term', () => {
    fc.assert(
      fc.property(fc.integer({ min: -28, max: 14 }), (days) => {
        const birth = day('2027-02-20').add({ days });
        const { steps } = resolve(born(birth.toString(), '2027-02-20'), birth);
        expect(find(steps, 'dev-9m')?.window?.start.toString()).toBe(birth.add({ months: 8 }).toString());
        expect(find(steps, 'prema-age-corrige')).toBeUndefined();
      }),
    );
  });

  test('twins share one pregnancy and one set of steps for the parents, and have each their own', () => {
    const { steps } = resolve(expecting('2027-02-20', 2), '2026-11-21');
    const keys = (id: string) => steps.filter(({ item }) => item.id === id).map(({ key }) => key);
    expect(keys('gro-epp')).toEqual(['gro-epp:p1']);
    expect(keys('pp-epnp')).toEqual(['pp-epnp:p1-parents']);
    expect(keys('vac-2m-hexa')).toEqual(['vac-2m-hexa:c1', 'vac-2m-hexa:c2']);
    expect(keys('conge-mat-jumeaux')).toHaveLength(1);
    expect(keys('conge-mat-12')).toEqual([]);
  });

  test('the loss of one twin silences that child only', () => {
    const twins = expecting('2027-02-20', 2);
    const told = tellLoss(twins, 'c1', { day: day('2026-11-20'), recordedOn: day('2026-11-21'), choice: 'silence' });
    const { steps, afterLoss } = resolve(told, '2026-11-21');
    expect(steps.some(({ subject }) => subject.of === 'child' && subject.id === 'c1')).toBe(false);
    expect(steps.filter(({ subject }) => subject.id === 'c2').length).toBeGreaterThan(20);
    expect(find(steps, 'gro-epp')).toBeDefined();
    expect(afterLoss.length).toBeGreaterThan(0);
  });

  test.each([
    ['2026-08-01', ['perte-arret'], ['perte-protection', 'perte-conge-mat']],
    ['2026-09-19', ['perte-arret', 'perte-protection'], ['perte-conge-mat']],
    ['2026-10-24', ['perte-conge-mat', 'perte-allocation'], ['perte-arret', 'perte-protection']],
  ])('a loss on %s opens %j and not %j', (on, shown, hidden) => {
    const told = tellLoss(expecting('2027-02-20'), 'c1', { day: day(on), recordedOn: day(on), choice: 'support' });
    const { steps, afterLoss } = resolve(told, on);
    expect(steps).toEqual([]);
    const ids = afterLoss.map(({ item }) => item.id);
    for (const id of shown) expect(ids).toContain(id);
    for (const id of hidden) expect(ids).not.toContain(id);
  });

  test('choosing to erase leaves nothing of the child once the 30 days are over', () => {
    const told = tellLoss(expecting('2027-02-20'), 'c1', {
      day: day('2026-11-20'),
      recordedOn: day('2026-11-21'),
      choice: 'erase',
    });
    const marked = mark(told, 'gro-echo-1:p1', { state: 'done', day: day('2026-08-04') });
    expect(forget(marked, day('2026-12-20'))).toEqual(marked);
    expect(forget(marked, day('2026-12-21'))).toMatchObject({ children: [], pregnancies: [], marks: {} });
  });

  test('adopted at eight months: nothing of what was over before, the leave of adoption, no visit of a midwife', () => {
    const of = family({
      people: [person('adoptive_parent')],
      children: [{ id: 'c1', birth: day('2026-03-10'), arrival: day('2026-11-10') }],
    });
    const { steps } = resolve(of, '2026-11-21');
    expect(find(steps, 'conge-adoption')).toBeDefined();
    expect(find(steps, 'enf-exam-m9')).toBeDefined();
    expect(find(steps, 'vac-2m-hexa')).toBeUndefined();
    expect(find(steps, 'pp-epnp')).toBeUndefined();
    expect(find(steps, 'pp-consult')).toBeUndefined();
  });

  test('school: the year the child turns three, whatever the day', () => {
    for (const birth of ['2026-01-01', '2026-12-31']) {
      const { steps } = resolve(born(birth, birth), '2027-01-10');
      expect(window(find(steps, 'ecole-inscription'))).toBe('2029-01-01/2029-07-01');
      expect(window(find(steps, 'ecole-entree'))).toBe('2029-09-01/2029-09-02');
    }
  });
});

describe('work', () => {
  const both = (birth: string, due = birth) => {
    const of = expecting(due, 1, { people: [person('mother'), person('second_parent')] });
    return { ...of, children: of.children.map((child) => ({ ...child, birth: day(birth) })) };
  };

  test('born three weeks early: the days not taken before are taken after', () => {
    expect(window(find(resolve(both('2027-01-30', '2027-02-20'), '2027-02-01').steps, 'conge-mat-12'))).toBe(
      '2027-01-09/2027-05-01',
    );
  });

  test('born two weeks late: ten weeks remain after the birth', () => {
    expect(window(find(resolve(both('2027-03-06', '2027-02-20'), '2027-03-10').steps, 'conge-mat-12'))).toBe(
      '2027-01-09/2027-05-15',
    );
  });

  test('the extra leave of births of early 2026 runs to 31 March 2027, the others nine months', () => {
    const early = resolve(both('2026-05-02'), '2026-11-21').steps;
    expect(window(find(early, 'conge-supp-naissance-s1-2026'))).toBe('2026-05-02/2027-04-01');
    expect(find(early, 'conge-supp-naissance')).toBeUndefined();
    const late = resolve(both('2026-07-01'), '2026-11-21').steps;
    expect(window(find(late, 'conge-supp-naissance'))).toBe('2026-07-01/2027-04-01');
    expect(find(late, 'conge-supp-naissance-s1-2026')).toBeUndefined();
  });

  test('born in December 2025 when January was expected: the extra leave is open', () => {
    expect(
      find(resolve(both('2025-12-20', '2026-01-10'), '2026-06-01').steps, 'conge-supp-naissance-s1-2026'),
    ).toBeDefined();
  });

  test('a second parent alone sees nothing of what is for the person who gives birth', () => {
    const alone = { ...both('2026-10-01'), people: [person('second_parent')] as const };
    const { steps } = resolve(alone, '2026-11-21');
    expect(steps.some(({ item }) => item.who === 'mother')).toBe(false);
    expect(find(steps, 'conge-pat-21j')?.state).toBe('open');
  });

  test('whoever says nothing of their work sees the rights of employees as a condition', () => {
    const silent = expecting('2027-02-20', 1, { people: [{ id: 'me', role: 'mother' }] });
    expect(find(resolve(silent, '2026-11-21').steps, 'gro-absences-mere')?.ifs).toEqual(['employee']);
  });
});

test('the vaccine of September to January is offered in that season only', () => {
  const inWinter = find(resolve(expecting('2027-02-20'), '2026-11-21').steps, 'gro-vac-vrs');
  expect(window(inWinter)).toBe('2026-12-19/2027-01-16');
  expect(find(resolve(expecting('2027-06-20'), '2026-11-21').steps, 'gro-vac-vrs')).toBeUndefined();
});

test.each([
  ['America/Cayenne', []],
  ['Indian/Mayotte', []],
  ['Indian/Reunion', ['tb_risk']],
])('the BCG, for a home in %s: left open by %j', (timeZone, ifs) => {
  const of = { ...expecting('2026-11-15', 1, { timeZone }) };
  const { steps } = resolve(
    { ...of, children: [{ id: 'c1', pregnancy: 'p1', birth: day('2026-11-12') }] },
    '2026-11-21',
  );
  expect(find(steps, 'vac-bcg')?.ifs).toEqual(ifs);
});

test('a dental appointment done in pregnancy is not offered again after birth', () => {
  const of = expecting('2027-02-20');
  expect(find(resolve(of, '2026-11-21').steps, 'pp-dents')).toBeDefined();
  const done = mark(of, 'gro-dents:p1', { state: 'done', day: day('2026-11-01') });
  expect(find(resolve(done, '2026-11-21').steps, 'pp-dents')).toBeUndefined();
});

test('before conception there is an entrance without any date', () => {
  const { steps } = resolve(family({ project: true }), '2026-11-21');
  expect(steps.length).toBeGreaterThanOrEqual(4);
  expect(steps.every(({ state, window }) => state === 'undated' && window === undefined)).toBe(true);
});

test('a step done before its time is worth a question', () => {
  const echo = find(resolve(expecting('2027-02-20'), '2026-11-21').steps, 'gro-echo-3');
  expect(echo && isEarly(echo, day('2026-12-04'))).toBe(true);
  expect(echo && isEarly(echo, day('2026-12-05'))).toBe(false);
});
