const fallback = '/mon-compte';

/**
 * Where to go next, if it is a place of this site; else the account's page. So a link to our sign-in page can send nobody
 * to another site. What a browser would read as another site (`//a.example`, `/\a.example`, a line break) is refused.
 */
export const localPath = (asked: string | null | undefined): string => {
  if (!asked || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked)) return fallback;
  const origin = 'http://localhost';
  if (!URL.canParse(asked, origin)) return fallback;
  const url = new URL(asked, origin);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === origin && !path.startsWith('//') && path.length <= 2_000 ? path : fallback;
};
