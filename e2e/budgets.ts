/** One budget of JavaScript per kind of page. Every page of the site has its line here. */
export const budgets: readonly { readonly address: string; readonly kB: number }[] = [
  { address: '/', kB: 45 },
  { address: '/aide', kB: 45 },
  { address: '/mon-parcours', kB: 45 },
  { address: '/autour-de-moi', kB: 45 },
  { address: '/s-informer', kB: 45 },
  { address: '/initiatives', kB: 45 },
  { address: '/priorites', kB: 45 },
  { address: '/priorites/3', kB: 45 },
  { address: '/territoires', kB: 45 },
  { address: '/territoires/regions/53', kB: 45 },
  { address: '/territoires/communes/35238', kB: 45 },
  { address: '/api', kB: 45 },
  { address: '/contact', kB: 45 },
  { address: '/accessibilite', kB: 45 },
  { address: '/exploitation', kB: 45 },
];
