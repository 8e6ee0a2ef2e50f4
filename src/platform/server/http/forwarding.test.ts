import { describe, expect, test } from 'vitest';
import { forwardedRequest } from './forwarding.ts';

const alone = { origin: undefined, trustedProxies: 0 };

describe('who is at the machine itself', () => {
  test.each([
    ['127.0.0.1', { host: 'localhost:3000' }, true],
    ['::1', { host: '[::1]:3000' }, true],
    ['::ffff:127.0.0.1', { host: '127.0.0.1:3000' }, true],
    ['192.0.2.7', { host: 'localhost:3000' }, false],
    ['127.0.0.1', { host: 'mille-jours.example' }, false],
    ['127.0.0.1', { host: 'localhost:3000', 'x-forwarded-for': '192.0.2.7' }, false],
    ['127.0.0.1', { host: 'localhost:3000', via: '1.1 proxy' }, false],
    ['127.0.0.1', { host: 'localhost:3000', 'x-forwarded-port': '443' }, false],
    ['127.0.0.1', { host: 'localhost.evil.example' }, false],
  ])('%s with %o → %s', (address, headers, expected) => {
    expect(forwardedRequest(alone, headers, address).loopback).toBe(expected);
  });

  const here = { host: '127.0.0.1:3000' };
  const origin = 'https://mille-jours.example';
  test('nobody who comes by HTTP/1.0, as a proxy that was only told where to go makes all its visitors do', () => {
    expect(forwardedRequest(alone, here, '127.0.0.1', '1.0').loopback).toBe(false);
  });
  test('nobody, when a public address says that a proxy stands before us and none is believed', () => {
    expect(forwardedRequest({ origin, trustedProxies: 0 }, here, '127.0.0.1').loopback).toBe(false);
    expect(forwardedRequest({ origin, trustedProxies: 1 }, here, '127.0.0.1').loopback).toBe(true);
    expect(forwardedRequest({ origin: 'http://localhost:3000', trustedProxies: 0 }, here, '::1').loopback).toBe(true);
  });
  test('reaches the site under the name of the machine, so that its buttons are not taken for another site’s', () => {
    const seen = forwardedRequest({ origin, trustedProxies: 1 }, here, '127.0.0.1');
    expect([seen.protocol, seen.host]).toEqual(['http', '127.0.0.1:3000']);
  });
});

describe('what a proxy says', () => {
  const headers = {
    host: 'inside:3000',
    'x-forwarded-for': '203.0.113.9, 198.51.100.2',
    'x-forwarded-host': 'mille-jours.example',
    'x-forwarded-proto': 'https',
  };
  test('is ignored without TRUST_PROXY', () => {
    expect(forwardedRequest(alone, headers, '10.0.0.1')).toMatchObject({
      protocol: 'http',
      host: 'inside:3000',
      address: '10.0.0.1',
    });
  });
  test('counts for one proxy: the last address of the list', () => {
    expect(forwardedRequest({ ...alone, trustedProxies: 1 }, headers, '10.0.0.1')).toMatchObject({
      protocol: 'https',
      host: 'mille-jours.example',
      address: '198.51.100.2',
    });
  });
  test('counts for two proxies: the one before', () => {
    expect(forwardedRequest({ ...alone, trustedProxies: 2 }, headers, '10.0.0.1').address).toBe('203.0.113.9');
  });
  test('never replaces the origin that the operator gave', () => {
    const seen = forwardedRequest({ origin: 'https://public.example', trustedProxies: 1 }, headers, '10.0.0.1');
    expect([seen.protocol, seen.host]).toEqual(['https', 'public.example']);
  });
});
