import fc from 'fast-check';
import type { Child, Dating, Family, Person, Role } from '#modules/journey/index.ts';

/** A day, from `2027-02-20`. */
export const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** A person of a family, an employee unless said. */
export const person = (role: Role, work: Person['work'] = 'employee'): Person => ({ id: role, role, work });

/** A family for tests: a mother alone, in Paris, with what is given. */
export const family = (given: Partial<Family> = {}): Family => ({
  timeZone: 'Europe/Paris',
  people: [person('mother')],
  project: false,
  pregnancies: [],
  children: [],
  olderChildren: 0,
  answers: {},
  marks: {},
  silences: [],
  ...given,
});

/** A family that expects: `due` and how many. */
export const expecting = (due: string, howMany = 1, given: Partial<Family> = {}): Family =>
  family({
    pregnancies: [{ id: 'p1', dating: { by: 'due', day: day(due) } }],
    children: Array.from({ length: howMany }, (_, index): Child => ({ id: `c${index + 1}`, pregnancy: 'p1' })),
    ...given,
  });

const days = fc
  .integer({ min: 0, max: 2_600 })
  .map((after) => Temporal.PlainDate.from('2023-01-01').add({ days: after }));

const dating: fc.Arbitrary<Dating> = fc.oneof(
  fc.record({ by: fc.constantFrom('due', 'conception', 'period'), day: days }),
  fc.record({
    by: fc.constant('ultrasound' as const),
    day: days,
    weeks: fc.integer({ min: 6, max: 20 }),
    days: fc.integer({ min: 0, max: 6 }),
  }),
);

const people: fc.Arbitrary<Family['people']> = fc.constantFrom<Family['people'][]>(
  [person('mother')],
  [person('mother', 'none'), person('second_parent')],
  [person('second_parent', 'independent')],
  [person('mother', 'independent'), person('second_parent', 'agent')],
  [person('adoptive_parent')],
);

/** Any legal family: pregnancies with one to three children, expected, born early or late, some of them lost, others adopted. */
export const anyFamily: fc.Arbitrary<Family> = fc
  .record({
    people,
    project: fc.boolean(),
    olderChildren: fc.integer({ min: 0, max: 3 }),
    departement: fc.constantFrom('75', '973', '976', '974', '988'),
    zone: fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'Pacific/Noumea', 'Pacific/Tahiti'),
    births: fc.array(
      fc.record({
        dating,
        howMany: fc.integer({ min: 1, max: 3 }),
        /** Days from the expected day to birth; absent when not born. */
        bornAfter: fc.option(fc.integer({ min: -119, max: 14 }), { nil: undefined }),
        lost: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
        hospitalised: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
    arrivals: fc.array(fc.record({ birth: days, after: fc.integer({ min: 0, max: 700 }) }), { maxLength: 1 }),
  })
  .map(({ births, arrivals, zone, ...rest }) => {
    const pregnancies = births.map(({ dating }, index) => ({ id: `p${index}`, dating }));
    const born = births.flatMap(({ dating, howMany, bornAfter, lost, hospitalised }, index) =>
      Array.from({ length: howMany }, (_, child): Child => {
        const due = dueOf(dating);
        const birth = bornAfter === undefined ? undefined : due.add({ days: bornAfter });
        const lossDay = birth?.add({ days: 3 }) ?? due.subtract({ days: 100 });
        return {
          id: `p${index}c${child}`,
          pregnancy: `p${index}`,
          ...(birth ? { birth, hospitalised } : {}),
          ...(lost.includes(child) ? { loss: { day: lossDay, recordedOn: lossDay, choice: 'support' } } : {}),
        };
      }),
    );
    const arrived = arrivals.map(
      ({ birth, after }, index): Child => ({ id: `a${index}`, birth, arrival: birth.add({ days: after }) }),
    );
    return family({ ...rest, timeZone: zone, pregnancies, children: [...born, ...arrived] });
  });

/** Any day of the years those families live in. */
export const anyDay = days;

/** Written apart from the rule that it helps to test. */
const dueOf = (given: Dating): Temporal.PlainDate => {
  if (given.by === 'ultrasound') return given.day.add({ days: 287 - given.weeks * 7 - given.days });
  return given.day.add({ days: given.by === 'due' ? 0 : given.by === 'conception' ? 273 : 287 });
};
