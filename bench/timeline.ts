import type { Family } from '../src/modules/journey/index.ts';
import { resolveTimeline } from '../src/modules/journey/index.ts';
import { readSchedule } from '../src/modules/journey/server/index.ts';
import { type Measure, percentile, shown, timeEach } from './bench.ts';

/** A toddler born early, and twins on the way: every part of the engine works. */
const family = (): Family => ({
  timeZone: 'Indian/Reunion',
  people: [
    { id: 'a', role: 'mother', work: 'employee' },
    { id: 'b', role: 'second_parent', work: 'independent' },
  ],
  project: false,
  pregnancies: [
    { id: 'p1', dating: { by: 'ultrasound', day: Temporal.PlainDate.from('2024-05-02'), weeks: 12, days: 3 } },
    { id: 'p2', dating: { by: 'due', day: Temporal.PlainDate.from('2027-02-20') } },
  ],
  children: [
    { id: 'c1', pregnancy: 'p1', birth: Temporal.PlainDate.from('2024-09-20') },
    { id: 'c2', pregnancy: 'p2' },
    { id: 'c3', pregnancy: 'p2' },
  ],
  olderChildren: 0,
  answers: {},
  marks: {},
  silences: [],
});

/** The timeline of a family of three children, from nothing, as a page does it at each opening. */
export default async (): Promise<Measure> => {
  const schedule = readSchedule('content');
  const three = family();
  const start = Temporal.PlainDate.from('2026-01-01');
  const days = Array.from({ length: 400 }, (_, day) => start.add({ days: day }));
  const resolve = (round: number): unknown =>
    resolveTimeline(schedule, three, days[round % days.length] ?? start).steps.length;
  const native = timeEach(resolve, 2_000, 400);
  const rows = [
    { label: 'trois enfants, médiane', value: shown(percentile(native, 0.5), 'ms'), aim: '2 ms' },
    { label: 'trois enfants, p95', value: shown(percentile(native, 0.95), 'ms') },
  ];
  return {
    name: 'Frise d’une famille',
    method: `${schedule.length} repères, un enfant né à 31 semaines et des jumeaux attendus ; 2 000 calculs complets sur 400 jours différents, après 400 de mise en route.`,
    rows,
  };
};
