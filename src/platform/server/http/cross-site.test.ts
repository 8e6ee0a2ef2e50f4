import { expect, test } from 'vitest';
import { crossSiteRefusal, isOneClick } from './cross-site.ts';

const own = { protocol: 'https', host: 'mille-jours.example' } as const;
const form = 'application/x-www-form-urlencoded';
const refused = (method: string, headers: Record<string, string>, path = '/contact') =>
  crossSiteRefusal({ method, path, headers, own });

test.each([
  ['a form of ours', 'POST', { origin: 'https://mille-jours.example', 'content-type': form }, false],
  ['a form of another site', 'POST', { origin: 'https://ailleurs.example', 'content-type': form }, true],
  ['our site without its lock', 'POST', { origin: 'http://mille-jours.example', 'content-type': form }, true],
  ['a form that hides where it is', 'POST', { origin: 'null', 'content-type': `${form};charset=utf-8` }, true],
  ['a form that says nothing of where it is', 'POST', { 'content-type': 'multipart/form-data; boundary=x' }, true],
  ['an empty sending of another site', 'DELETE', { origin: 'https://ailleurs.example' }, true],
  ['a program, as the browser asked us first', 'POST', { 'content-type': 'application/json' }, false],
  ['a reading', 'GET', { origin: 'https://ailleurs.example' }, false],
])('%s', (_what, method, headers, expected) => {
  expect(refused(method, headers as Record<string, string>) !== undefined).toBe(expected);
});

test.each([
  ['POST', `/professionnels/a-jour/${'a'.repeat(43)}/desabonnement`, true],
  ['GET', `/professionnels/a-jour/${'a'.repeat(43)}/desabonnement`, false],
  ['POST', `/professionnels/a-jour/${'a'.repeat(42)}/desabonnement`, false],
  ['POST', `/professionnels/a-jour/${'a'.repeat(43)}`, false],
  ['POST', `/mon-compte/donnees?/${'a'.repeat(43)}/desabonnement`, false],
  ['POST', `/mon-compte?suite=/x/${'a'.repeat(43)}/desabonnement`, false],
])('%s %s comes from a mail programme: %s', (method, path, expected) => {
  expect(isOneClick(method, path)).toBe(expected);
  expect(refused(method, { 'content-type': form }, path) === undefined).toBe(expected || method === 'GET');
});

test('a person reads why and what to do; a program reads a problem', () => {
  const page = refused('POST', { 'content-type': form });
  expect(page?.contentType).toMatch(/^text\/html/);
  expect(page?.body).toMatch(/<html lang="fr">[\s\S]*<h1>[\s\S]*href="\/aide"/);
  const problem = refused('POST', { 'content-type': form }, '/api/v1/communes');
  expect(problem?.contentType).toMatch(/^application\/problem\+json/);
  expect(JSON.parse(problem?.body ?? '')).toMatchObject({ status: 403, code: 'cross_site' });
});
