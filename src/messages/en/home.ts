import type { Messages } from '../server/catalogue.ts';

export const home: Messages['home'] = {
  title: 'Mille jours, from pregnancy to age 3',
  description:
    'The first 1,000 days of a child’s life in France: what matters at each stage, who can help near you, and help right now.',
  lead: 'One step at a time, never without help.',
  doors: {
    path: { title: 'My path', text: 'The key moments, for you and your child.' },
    near: { title: 'Near me', text: 'What exists close to your home.' },
    help: { title: 'Help right now', text: 'Danger, an emergency, or simply too much tonight.' },
  },
  promise: 'No account needed. What you write stays on your device.',
  read: {
    title: 'Learn more',
    priorities: { title: 'The ten priorities of the first 1,000 days', text: 'What each one changes for families' },
    projects: { title: 'Local projects', text: 'Parent groups, places, buses, workshops' },
    what: { title: 'What are the first 1,000 days?', text: 'From pregnancy until the child is 3' },
  },
  pro: {
    title: 'You support families',
    projects: { title: 'Find inspiration in projects', text: 'By place, by priority, by words' },
    territories: { title: 'See a territory', text: 'Regions, départements, groups of communes, communes' },
    data: { title: 'Reuse the data', text: 'Open interface, no registration' },
  },
};
