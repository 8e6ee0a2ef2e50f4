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

const forwardingHeaders = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'via', 'x-real-ip'];

/**
 * Works out protocol, host and client address. Forwarded headers count only for the number of proxies that the operator
 * declared. `loopback` also asks for a loopback Host, so that a web page opened on the machine cannot reach it under
 * another name (DNS rebinding), and for no forwarding header, so that a proxy on the same machine does not open it to all.
 */
export const forwardedRequest = (
  { origin, trustedProxies }: Forwarding,
  headers: IncomingHttpHeaders,
  remoteAddress: string | undefined,
): SeenRequest => {
  const direct = plainAddress(remoteAddress ?? '');
  const chain = list(headers['x-forwarded-for']);
  const address = trustedProxies > 0 ? plainAddress(chain.at(-trustedProxies) ?? chain[0] ?? direct) : direct;
  const ownHost = headers.host ?? 'localhost';
  const host = trustedProxies > 0 ? (list(headers['x-forwarded-host']).at(-1) ?? ownHost) : ownHost;
  const protocol = trustedProxies > 0 && list(headers['x-forwarded-proto']).at(-1) === 'https' ? 'https' : 'http';
  const given = origin ? new URL(origin) : undefined;
  return {
    protocol: given ? (given.protocol === 'https:' ? 'https' : 'http') : protocol,
    host: given ? given.host : /^[\w.:[\]-]{1,255}$/.test(host) ? host : 'localhost',
    address,
    loopback:
      isLoopback(direct) &&
      /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(ownHost) &&
      forwardingHeaders.every((name) => headers[name] === undefined),
  };
};

const list = (header: string | string[] | undefined): string[] =>
  (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

const isLoopback = (address: string): boolean => address === '::1' || /^127\./.test(address);
