/**
 * Headers of every answer, files included. SvelteKit replaces the policy on the pages it renders with the full one
 * (vite.config.ts); this one is for the rest. `same-origin` and not `no-referrer`, which makes browsers send
 * `Origin: null` with plain forms, and those would then be refused.
 */
const nosniff = ['x-content-type-options', 'nosniff'] as const;

const builtPart = [nosniff, ['content-security-policy', "frame-ancestors 'none'"]] as const;

const common: readonly (readonly [string, string])[] = [
  nosniff,
  ['referrer-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), payment=(), usb=(), browsing-topics=(), geolocation=(self)'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['x-permitted-cross-domain-policies', 'none'],
];

const closedFrame: readonly (readonly [string, string])[] = [
  ['content-security-policy', "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"],
  ['x-frame-options', 'DENY'],
];

const secure: readonly (readonly [string, string])[] = [['strict-transport-security', 'max-age=31536000']];

/**
 * The headers for the address of a request, as it came. The frames made for other sites are the only pages that others
 * may frame.
 */
export const securityHeaders = (
  address: string,
  protocol: 'http' | 'https',
): readonly (readonly [string, string])[] => {
  const path = pathOf(address);
  return [
    // What is no document has nothing to permit: these words weighed more than many of our scripts, and there are many.
    ...(isBuiltPart(path) ? builtPart : common),
    ...(isOpenFrame(path) || isBuiltPart(path) ? [] : closedFrame),
    // The public API is made to be read by other sites, and the badges to be shown on them.
    ['cross-origin-resource-policy', isForOthers.test(path) ? 'cross-origin' : 'same-origin'],
    // An open frame has an origin of its own, and so reads our scripts, styles and fonts as another site would.
    ...(/^\/(_app|integrer)\//.test(path) ? ([['access-control-allow-origin', '*']] as const) : []),
    ...(protocol === 'https' ? secure : []),
  ];
};

const isForOthers = /^\/(api\/v1|_app|integrer)\/|^\/label\/[^/]+\/badge\.(svg|png)$/;

/** The path that the application will see, `..` resolved: `/integrer/cadre/../../contact` is the contact page. */
const pathOf = (address: string): string => {
  const url = address.startsWith('/') ? `http://localhost${address}` : '';
  return URL.canParse(url) ? new URL(url).pathname : '/';
};

/** Scripts, styles and fonts of the build. */
const isBuiltPart = (path: string): boolean => /^\/_app\/immutable\/[^%]+\.(js|css|woff2)$/.test(path);

/** Whether a path is a frame made for other sites, in any language: `/integrer/cadre/…`, `/ar/integrer/cadre/…`. */
export const isOpenFrame = (path: string): boolean => /^(\/[a-z]{2})?\/integrer\/cadre\//.test(path);

/**
 * The policy of a page, changed for a frame that any site may show. `sandbox` without `allow-same-origin` gives the
 * document an origin of its own: the browser itself refuses it cookies and storage, whatever our code would try.
 */
export const openFramePolicy = (policy: string): string =>
  `${policy.replace("frame-ancestors 'none'", 'frame-ancestors *')}; sandbox allow-scripts allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox`;

/** The policy of a page, opened to what other servers give to its scripts: a base map, when the operator chose one. */
export const policyWithServers = (policy: string, origins: readonly string[]): string =>
  policy.replace("connect-src 'self'", ["connect-src 'self'", ...origins].join(' '));
