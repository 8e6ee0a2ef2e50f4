import { describe, expect, test } from 'vitest';
import { ifs, when } from '#messages/fr/journey.ts';
import { day, expecting, family, person } from '#testing/families.ts';
import type { Family } from './family.ts';
import { tellLoss } from './remembrance.ts';
import { planReminders } from './reminders.ts';
import { readSchedule } from './server/index.ts';
import { type Stage, stagesOf } from './stage.ts';
import { resolveTimeline, type Step } from './timeline.ts';
import { chooseToday } from './today.ts';
import { sayWhen } from './wording.ts';

/**
 * Whole paths as people would read them, one file each in golden/: a change of content or of a rule shows as a change
 * of text, to be read by somebody who knows the field before it is accepted (`npx vitest run golden -u`).
 */
const schedule = readSchedule('content');

const bornOn = (of: Family, ...births: string[]): Family => ({
  ...of,
  children: of.children.map((child, index) => ({ ...child, birth: day(births[index] ?? births[0] ?? '') })),
});

const lostOn = (of: Family, child: string, on: string, choice: 'silence' | 'support' = 'support'): Family =>
  tellLoss(of, child, { day: day(on), recordedOn: day(on), choice });

const couple = { people: [person('mother'), person('second_parent')] } as const;

const families: [name: string, today: string, Family][] = [
  ['premiere-grossesse', '2026-11-21', expecting('2027-02-20', 1, couple)],
  ['projet-sans-date', '2026-11-21', family({ project: true })],
  ['jumeaux-attendus', '2026-11-21', expecting('2027-03-20', 2, couple)],
  ['ne-a-29-semaines', '2027-01-05', bornOn(expecting('2027-02-20', 1, couple), '2026-11-28')],
  [
    'jumeaux-dits-apres-leur-naissance',
    '2027-01-05',
    family({
      ...couple,
      children: ['c1', 'c2'].map((id) => ({ id, birth: day('2026-11-28'), weeksAtBirth: 34 })),
    }),
  ],
  [
    'mayotte',
    '2026-11-21',
    { ...bornOn(expecting('2026-11-15', 1, couple), '2026-11-12'), timeZone: 'Indian/Mayotte' },
  ],
  ['terme-depasse', '2026-11-21', expecting('2026-11-17')],
  [
    'la-reunion',
    '2026-11-21',
    { ...bornOn(expecting('2026-10-05'), '2026-10-01'), timeZone: 'Indian/Reunion', departement: '974' },
  ],
  [
    'cayenne',
    '2026-11-21',
    { ...bornOn(expecting('2026-11-15'), '2026-11-12'), timeZone: 'America/Cayenne', departement: '973' },
  ],
  ['noumea', '2026-11-21', { ...expecting('2027-06-01'), timeZone: 'Pacific/Noumea', departement: '988' }],
  ['ne-un-29-fevrier', '2028-03-10', bornOn(expecting('2028-03-02', 1, couple), '2028-02-29')],
  ['perte-a-12-semaines', '2026-08-01', lostOn(expecting('2027-02-20'), 'c1', '2026-08-01')],
  ['perte-a-19-semaines', '2026-09-19', lostOn(expecting('2027-02-20', 1, couple), 'c1', '2026-09-19')],
  ['perte-a-24-semaines', '2026-10-24', lostOn(expecting('2027-02-20', 1, couple), 'c1', '2026-10-24')],
  ['perte-d-un-jumeau', '2026-11-21', lostOn(expecting('2027-03-20', 2, couple), 'c1', '2026-11-20', 'silence')],
  [
    'deces-apres-la-naissance',
    '2026-11-21',
    lostOn(bornOn(expecting('2026-09-05', 1, couple), '2026-09-01'), 'c1', '2026-11-18'),
  ],
  [
    'adoption-a-8-mois',
    '2026-11-21',
    family({
      people: [person('adoptive_parent')],
      children: [{ id: 'c1', birth: day('2026-03-10'), arrival: day('2026-11-10') }],
    }),
  ],
  [
    'second-parent-seul',
    '2026-11-21',
    bornOn(expecting('2026-10-05', 1, { people: [person('second_parent')] }), '2026-10-01'),
  ],
  [
    'deuxieme-enfant-et-un-grand',
    '2026-11-21',
    {
      ...expecting('2027-04-10', 1, couple),
      children: [
        { id: 'c1', pregnancy: 'p1' },
        { id: 'grand', birth: day('2024-08-15') },
      ],
    },
  ],
];

describe('the whole path of', () => {
  test.each(families)('%s', async (name, today, of) => {
    await expect(told(name, of, day(today))).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});

const told = (name: string, of: Family, today: Temporal.PlainDate): string => {
  const timeline = resolveTimeline(schedule, of, today);
  const now = today.toPlainDateTime({ hour: 8 });
  const block = (title: string, lines: readonly string[]): string[] =>
    lines.length ? ['', `## ${title}`, ...lines] : [];
  const line = (step: Step): string => {
    const notes = [...step.ifs.map((word) => ifs[word] ?? word), ...(step.toConfirm ? ['à confirmer'] : [])];
    const whom = step.subject.of === 'child' && of.children.length > 1 ? ` [${step.subject.id}]` : '';
    return `- ${step.item.title}${whom}\n    ${sayWhen(step, today, when)}${notes.length ? ` (${notes.join(' ; ')})` : ''}`;
  };
  const where = (...states: Step['state'][]) => timeline.steps.filter(({ state }) => states.includes(state)).map(line);
  return `${[
    `# ${name}, le ${today}`,
    ...stagesOf(of, today).map(said),
    ...block('Aujourd’hui', chooseToday(timeline).map(line)),
    ...block('En ce moment', where('open', 'ending')),
    ...block('Encore possible', where('late')),
    ...block('Quand vous voulez', where('undated')),
    ...block('À venir', where('upcoming')),
    ...block('Passé', where('past', 'done')),
    ...block('Si vous ouvrez la page', timeline.afterLoss.map(line)),
    ...block(
      'Rappels',
      planReminders(timeline, of, now).map(({ step, at }) => `- ${at} ${step.item.title}`),
    ),
  ].join('\n')}\n`;
};

const said = (stage: Stage): string => {
  switch (stage.of) {
    case 'project':
      return 'Un projet d’enfant';
    case 'pregnancy':
      return `${stage.weeks} SA + ${stage.days} j, mois ${stage.month}, J−${stage.daysToDue}`;
    case 'overdue':
      return `Terme dépassé de ${stage.daysOver} j`;
    case 'child':
      return `Enfant ${stage.child.id} : ${stage.age.months} mois et ${stage.age.days} j${stage.corrected ? `, âge corrigé ${stage.corrected.months} mois et ${stage.corrected.days} j` : ''}`;
    case 'arriving':
      return `Enfant ${stage.child.id} attendu par adoption`;
  }
};
