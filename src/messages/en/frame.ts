import type { Messages } from '../server/catalogue.ts';

export const frame: Messages['frame'] = {
  siteName: 'Mille jours',
  home: 'Mille jours, home page',
  skipToContent: 'Skip to content',
  skipToFoot: 'Skip to footer',
  sections: 'Sections',
  path: 'My path',
  near: 'Near me',
  read: 'Learn more',
  help: 'Help',
  languages: 'Languages',
  language: 'Language',
  quickExit: 'Leave quickly',
  foot: {
    label: 'Footer',
    accessibility: 'Accessibility: not audited',
    privacy: 'Privacy',
    legal: 'Legal notice',
    about: 'About',
    contact: 'Write to us',
    siteMap: 'Site map',
    api: 'Open data',
    notOfficial: 'This is not an official French government website.',
  },
  translationNotice:
    'No professional translator has reviewed this page yet. If something is unclear, the French page is the reference.',
  inFrench: 'in French',
};
