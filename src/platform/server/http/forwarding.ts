import type { IncomingHttpHeaders } from 'node:http';

export interface Forwarding {
  /** Public origin, when the operator gave it. */
  readonly origin: string | undefined;
  /** How many proxies stand before us and are believed. */
  readonly trustedProxies: number;
}

/** How a request really came, whatever it says of itself. */
export interface SeenRequest {
  readonly protocol: 'http' | 'https';
  readonly host: string;
  /** Address of the client; of the last proxy that is not believed. */
  readonly address: string;
  /** True only for somebody at the machine itself, with no proxy on the way. */
  readonly loopback: boolean;
}

/**
 * Works out protocol, host and client address. Forwarded headers count only for the number of proxies that the operator
 * declared. Somebody at the machine itself keeps the name that they typed, whatever the public origin.
 */
export const forwardedRequest = (
  { origin, trustedProxies }: Forwarding,
  headers: IncomingHttpHeaders,
  remoteAddress: string | undefined,
  httpVersion = '1.1',
): SeenRequest => {
  const direct = plainAddress(remoteAddress ?? '');
  const chain = list(headers['x-forwarded-for']);
  const address = trustedProxies > 0 ? plainAddress(chain.at(-trustedProxies) ?? chain[0] ?? direct) : direct;
  const ownHost = headers.host ?? 'localhost';
  const host = trustedProxies > 0 ? (list(headers['x-forwarded-host']).at(-1) ?? ownHost) : ownHost;
  const protocol = trustedProxies > 0 && list(headers['x-forwarded-proto']).at(-1) === 'https' ? 'https' : 'http';
  const given = origin ? new URL(origin) : undefined;
  const behindUnknownProxy = given !== undefined && !isLoopbackHost(given.host) && trustedProxies === 0;
  if (
    !behindUnknownProxy &&
    httpVersion !== '1.0' &&
    isLoopback(direct) &&
    isLoopbackHost(ownHost) &&
    isBare(headers)
  ) {
    return { protocol: 'http', host: ownHost, address, loopback: true };
  }
  return {
    protocol: given ? (given.protocol === 'https:' ? 'https' : 'http') : protocol,
    host: given ? given.host : /^[\w.:[\]-]{1,255}$/.test(host) ? host : 'localhost',
    address,
    loopback: false,
  };
};

/**
 * A web page opened on the machine may reach us under another name (DNS rebinding): only the machine's own names count.
 */
const isLoopbackHost = (host: string): boolean =>
  /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?$/i.test(host);

/** No proxy left its mark: one on the same machine would otherwise open to all what is for the machine only. */
const isBare = (headers: IncomingHttpHeaders): boolean =>
  !Object.keys(headers).some((name) =>
    /^x-forwarded-|^(forwarded|via|x-real-ip|x-client-ip|cf-connecting-ip)$/.test(name),
  );

const list = (header: string | string[] | undefined): string[] =>
  (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

const isLoopback = (address: string): boolean => address === '::1' || /^127\./.test(address);
