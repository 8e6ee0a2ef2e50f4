import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { saveRecords } from '#modules/directory/server/index.ts';
import { buildTerritoryIndex } from '#modules/territory/index.ts';
import { createGeocoder, territoryIndex } from '#modules/territory/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { createLogger } from '#platform/server/log.ts';
import { begin, fillAll, professionalsHouse, site } from '#testing/professionals.ts';
import { referenceTerritories } from '#testing/reference-rows.ts';
import { form, stepForms } from '#testing/registration.ts';
import { serverThat } from '#testing/small-server.ts';
import { draftSchema } from '../draft.ts';
import { fillStep } from '../fill-step.ts';
import { summaryOf } from '../summary.ts';
import { lookUpCompany } from './company-lookup.ts';
import { searchCompanies } from './company-search.ts';
import { likelyListings } from './likely-listings.ts';
import { placeOnMap } from './place-on-map.ts';
import { readRegistration } from './registrations.ts';
import { sendRegistration } from './send.ts';

const log = createLogger('silent');
const siret = '123 456 782 00010';
const index = buildTerritoryIndex(referenceTerritories());
/** Patient: a busy machine answers late. Where waiting is what is tested, a shorter time is given. */
const timeout = 60_000;
const port = { log, timeout, index, limits: { form: async () => ({ allowed: true }) as const }, from: '192.0.2.1' };

test('the register of companies is asked for a SIRET alone, and its answer is a proposal', async () => {
  const asked: string[] = [];
  const url = await serverThat((request, response) => {
    asked.push(request.url ?? '');
    const siege = {
      siret: '12345678200010',
      adresse: '12 RUE DES LILAS 35000 RENNES',
      code_postal: '35000',
      commune: '35238',
    };
    response.end(JSON.stringify({ results: [{ nom_complet: 'EXEMPLE', siege }] }));
  });
  expect(await lookUpCompany({ url, log, timeout }, siret)).toEqual({
    state: 'found',
    company: { name: 'Exemple', line: '12 rue des lilas', postcode: '35000', insee: '35238', open: true },
  });
  expect(asked).toEqual(['/search?q=12345678200010&page=1&per_page=1']);
  // A number whose key is wrong is nobody's: nothing leaves the server.
  expect(await lookUpCompany({ url, log, timeout }, '123 456 782 00011')).toEqual({ state: 'unknown' });
  expect(asked).toHaveLength(1);
});

test('the register is asked for a name in a commune, and its answers are chosen among', async () => {
  const asked: URLSearchParams[] = [];
  const url = await serverThat((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://x').searchParams);
    const siege = { siret: '12345678200010', adresse: '12 RUE DES LILAS 35000 RENNES', commune: '35238' };
    const results = [{ nom_complet: 'ASSOCIATION EXEMPLE', siege }];
    response.end(JSON.stringify({ results: asked.length === 1 ? results : [] }));
  });
  const search = (name: string, commune: string, more: Partial<Parameters<typeof searchCompanies>[0]> = {}) =>
    searchCompanies({ ...port, url, ...more }, { name, commune });
  expect(await search(' association  exemple ', 'Rennes')).toEqual({
    state: 'found',
    choices: [expect.objectContaining({ siret: '12345678200010', name: 'Association exemple', postcode: '35000' })],
  });
  expect([asked[0]?.get('q'), asked[0]?.get('code_commune')]).toEqual(['association exemple', '35238']);
  expect(await search('autre', 'Rennes')).toEqual({ state: 'none' });
  // Nothing leaves for two letters, for a commune that is none or several, nor for who asks too often.
  const often = { form: async () => ({ allowed: false, retryAfterSeconds: 60 }) } as const;
  expect([
    await search('ab', 'Rennes'),
    await search('Exemple', 'Atlantide'),
    await search('Exemple', ''),
    await search('Exemple', 'Rennes', { limits: often }),
  ]).toEqual([{ state: 'short' }, { state: 'commune' }, { state: 'commune' }, { state: 'later' }]);
  expect(asked).toHaveLength(2);
});

test.each<[string, RequestListener]>([
  ['fails', (_, response) => response.writeHead(503).end()],
  ['says too many', (_, response) => response.writeHead(429).end('{}')],
  ['answers something else', (_, response) => response.end('<html>')],
  ['answers without end', (_, response) => response.write('x'.repeat(300_000))],
  ['sends elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['never answers', () => {}],
])('a register that %s is silent, and keeps nobody from registering', async (_, answer) => {
  const url = await serverThat(answer);
  expect(await lookUpCompany({ url, log, timeout: 300 }, siret)).toEqual({ state: 'silent' });
  expect(await searchCompanies({ ...port, url, timeout: 300 }, { name: 'Exemple', commune: 'Rennes' })).toEqual({
    state: 'silent',
  });
});

test('what the register says is taken by who accepts it, and never over a place that was told', () => {
  const commune = (_: string, code: string) => ({ text: code ? 'Rennes' : '', code });
  const told = {
    ...{ name: 'Tapé', kind: 'creche', siret, intent: 'take-register', 'register-name': 'Du registre' },
    ...{ 'register-line': '12 rue des lilas', 'register-postcode': '35000', 'register-insee': '35238' },
  };
  const empty = draftSchema.parse({ as: 'structure' });
  const taken = fillStep(empty, 'structure', form(told), commune);
  expect(taken.structure.name).toBe('Du registre');
  expect(taken.places).toMatchObject([
    { line: '12 rue des lilas', postcode: '35000', insee: '35238', commune: 'Rennes' },
  ]);
  const kept = { ...empty, places: [{ ...taken.places[0], line: '1 rue de l’Exemple' }] };
  const again = fillStep(draftSchema.parse(kept), 'structure', form(told), commune);
  expect(again.places[0]?.line).toBe('1 rue de l’Exemple');
  expect(fillStep(empty, 'structure', form({ ...told, intent: 'next' }), commune)).toMatchObject({
    ...{ structure: { name: 'Tapé' }, places: [] },
  });
});

const answering =
  (type: string, citycode = '35238') =>
  (response: { end(text: string): unknown }) =>
    response.end(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            geometry: { type: 'Point', coordinates: [-1.68, 48.11] },
            properties: { label: '1 Rue de l’Exemple 35000 Rennes', type, citycode, postcode: '35000' },
          },
        ],
      }),
    );

const placed = async (who: PersonContext, id: string, url: string) => {
  const index = () => who.indexes.get(territoryIndex);
  await placeOnMap(who, id, createGeocoder({ url, index, log, timeout }));
  const draft = draftSchema.parse(
    (await who.db.selectFrom('registration').select('draft').where('id', '=', id).executeTakeFirstOrThrow()).draft,
  );
  const said = summaryOf(draft, String).find(({ term }) => term === 'Sur la carte')?.detail;
  return { point: draft.places[0]?.point, said };
};

test('an address is placed at its door or in its street, else at its commune, and that is said', async () => {
  const { context, as } = await professionalsHouse();
  const camille = await as('camille@exemple.fr');
  const id = await begin(camille);
  await fillAll(camille, id);
  const asked: string[] = [];
  const serve = (answer: ReturnType<typeof answering>) =>
    serverThat((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://x').searchParams.get('q') ?? '');
      answer(response);
    });
  // Another commune, or only the commune: the answer says no more than we know.
  expect(await placed(camille, id, await serve(answering('housenumber', '29232')))).toMatchObject({
    ...{ point: null, said: 'Au centre de la commune' },
  });
  expect((await placed(camille, id, await serve(answering('municipality')))).point).toBeNull();
  expect(await placed(camille, id, await serve(answering('housenumber')))).toEqual({
    ...{ point: { lat: 48.11, lon: -1.68, precision: 'housenumber' }, said: 'À votre porte' },
  });
  expect(asked.at(-1)).toBe('1 rue de l’Exemple 35000 Rennes');
  // Known already: not asked again, until the address changes.
  await placed(camille, id, await serve(answering('street')));
  expect(asked).toHaveLength(3);
  await sendRegistration(camille, id, site);
  const [offer] = await context.db.selectFrom('offer').select(['lat', 'lon']).execute();
  expect(offer).toEqual({ lat: 48.11, lon: -1.68 });
  await fillAll(camille, id, { lieux: form({ 'places-0-line': '2 rue de l’Exemple' }, stepForms.lieux) });
  expect(await placed(camille, id, await serve(answering('street')))).toMatchObject({ said: 'Dans votre rue' });
});

test('who works at home and a shelter are looked for nowhere, and are at no point', async () => {
  const { as } = await professionalsHouse();
  let asked = 0;
  const url = await serverThat((_, response) => {
    asked += 1;
    answering('housenumber')(response);
  });
  const home = await as('maison@exemple.fr');
  const atHome = await begin(home);
  await fillAll(home, atHome, { vous: form({ atHome: 'oui' }, stepForms.vous) });
  expect(await placed(home, atHome, url)).toEqual({ point: null, said: undefined });
  const refuge = await as('refuge@exemple.fr');
  const sheltered = await begin(refuge);
  await fillAll(refuge, sheltered, { lieux: form({ 'places-0-confidential': 'oui' }, stepForms.lieux) });
  expect(await placed(refuge, sheltered, url)).toEqual({ point: null, said: undefined });
  expect(asked).toBe(0);
});

test('a structure that an import told already is proposed rather than told twice, by its number first', async () => {
  const { context, as } = await professionalsHouse();
  const imported = (ref: string, fields: object) => ({
    place: { ref, fields: { name: 'Crèche Exemple', kind: 'creche' as const, insee: '35238', ...fields } },
    services: [{ ref: `${ref}s`, fields: { name: `Accueil ${ref}`, kind: 'creche' as const } }],
  });
  await saveRecords(context, { source: 'essai', on: '2026-05-12' }, [
    imported('a', { line: '1 rue de l’Exemple', postcode: '35000' }),
    imported('b', { name: 'Autre', siret: '12345678200010' }),
    imported('c', { name: 'Bibliothèque', kind: 'mediatheque' }),
    imported('d', { insee: '29232' }),
    imported('e', { confidential: true, line: '1 rue de l’Exemple', postcode: '35000' }),
  ]);
  const lea = await as('lea@exemple.fr');
  const id = await begin(lea);
  await fillAll(lea, id, {
    vous: form({ as: 'structure' }, stepForms.vous),
    structure: form({ name: 'Crèche Exemple', kind: 'creche', siret }),
    lieux: form({ 'places-0-name': 'Crèche Exemple' }, stepForms.lieux),
  });
  const registration = await readRegistration(
    { ...lea, actor: { ...lea.actor, memberships: [{ organisation: id, role: 'owner' }] } },
    id,
  );
  if (!registration) throw new Error('no registration');
  const found = await likelyListings(context, registration.draft);
  expect(found.map(({ name, reasons }) => [name, reasons[0]])).toEqual([
    ['Autre', 'même SIRET'],
    ['Crèche Exemple', 'même adresse'],
  ]);
  expect(await likelyListings(context, { ...registration.draft, as: 'alone' })).toEqual([]);
});
