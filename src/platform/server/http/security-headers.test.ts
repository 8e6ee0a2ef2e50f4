import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { policyWithServers, securityHeaders } from './security-headers.ts';

const of = (address: string) => Object.fromEntries(securityHeaders(address, 'http'));

test.each([
  ['/', false],
  ['/integrer', false],
  ['/integrer/cadre/depistage', true],
  ['/ar/integrer/cadre/depistage?taille=1', true],
  ['/integrer/cadre/../../exploitation', false],
  ['/integrer/cadre/%2e%2e/%2E%2E/contact', false],
  ['//ailleurs.example/integrer/cadre/depistage', false],
  ['http://ailleurs.example/integrer/cadre/depistage', false],
  ['//[', false],
])('%s may be framed by another site: %s', (address, open) => {
  expect(of(address)['x-frame-options']).toBe(open ? undefined : 'DENY');
});

test('only the API, our scripts and the frames may be read from another site', () => {
  expect(of('/api/v1/communes?q=a')['cross-origin-resource-policy']).toBe('cross-origin');
  expect(of('/_app/../contact')['cross-origin-resource-policy']).toBe('same-origin');
  expect(of('/label/23456789abcdefgh/badge.png')['cross-origin-resource-policy']).toBe('cross-origin');
  expect(of('/label/23456789abcdefgh')['cross-origin-resource-policy']).toBe('same-origin');
  expect(of('/_app/../contact')['access-control-allow-origin']).toBeUndefined();
});

test('a base map from elsewhere opens its own servers to scripts, and nothing more', () => {
  const policy = "default-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
  expect(policyWithServers(policy, ['https://a.example', 'https://b.example'])).toBe(
    "default-src 'self'; img-src 'self' data:; connect-src 'self' https://a.example https://b.example; frame-ancestors 'none'",
  );
  expect(policyWithServers(policy, [])).toBe(policy);
});

test('a script of the build carries the shortest policy, what only looks like one the whole', () => {
  expect(of('/_app/immutable/page-path.js?v=1')).toEqual({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "frame-ancestors 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
  });
  expect(of('/_app/immutable/../../contact/x.js')['x-frame-options']).toBe('DENY');
  expect(of('/_app/immutable/..%2f..%2fcontact.js')['x-frame-options']).toBe('DENY');
});

test('no page asks browsers for no-referrer: they would send its forms from nowhere, and those would be refused', () => {
  const routes = path.join(import.meta.dirname, '../../../routes');
  const files = globSync('**/*.server.ts', { cwd: routes });
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => readFileSync(path.join(routes, file), 'utf8').includes("'no-referrer'"))).toEqual([]);
});
