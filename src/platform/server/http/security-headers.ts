/**
 * Headers of every answer, files included. SvelteKit replaces the policy on the pages it renders with the full one
 * (vite.config.ts); this one is for the rest. `same-origin` and not `no-referrer`, which makes browsers send
 * `Origin: null` with plain forms, and those would then be refused.
 */
const common: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
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

/** The headers for one address. The frames made for other sites are the only pages that others may frame. */
export const securityHeaders = (url: string, protocol: 'http' | 'https'): readonly (readonly [string, string])[] => [
  ...common,
  ...(url.startsWith('/integrer/cadre/') ? [] : closedFrame),
  // The public API is made to be read by other sites.
  ['cross-origin-resource-policy', url.startsWith('/api/v1/') ? 'cross-origin' : 'same-origin'],
  ...(protocol === 'https' ? secure : []),
];
