import { expect, test } from 'vitest';
import {
  departementPack,
  exportEndpoint,
  frameView,
  makeExports,
  nearView,
  offersCsvEndpoint,
  offersEndpoint,
  offersGeojsonEndpoint,
  placeView,
  serviceView,
  structuredPlace,
  structuredService,
} from '#modules/directory/server/index.ts';
import { answerTo } from '#platform/server/http/endpoint.ts';
import type { DirectoryContext } from '#testing/directory.ts';
import { professionalsHouse, register, site } from '#testing/professionals.ts';
import { form, stepForms } from '#testing/registration.ts';
import { labelView } from './label.ts';

/** Everything that the outside may read of a listing, each as one text. */
const surfaces: Readonly<Record<string, (context: DirectoryContext, token: string) => Promise<string>>> = {
  'the page of the place': async (context) => {
    const { slug } = await context.db.selectFrom('place').select('slug').executeTakeFirstOrThrow();
    const view = await placeView(context, slug);
    return view ? JSON.stringify(view) + structuredPlace(view, site) : '';
  },
  'the page of the service': async (context) => {
    const { slug } = await context.db.selectFrom('service').select('slug').executeTakeFirstOrThrow();
    const view = await serviceView(context, slug);
    return view ? JSON.stringify(view) + structuredService(view, site) : '';
  },
  'the list near me': async (context) =>
    JSON.stringify(await nearView(context, new URLSearchParams('code=35238'), async () => [])),
  'the frame for other sites': async (context) =>
    JSON.stringify(await frameView(context, new URLSearchParams('territoire=commune:35238'), async () => [])),
  'the API': async (context) => {
    const url = new URL('http://localhost/api/v1/offers?commune=35238');
    const answers = [
      answerTo(offersEndpoint, context, url, new Request(url)),
      answerTo(offersGeojsonEndpoint, context, url, new Request(url)),
      answerTo(offersCsvEndpoint, context, url, new Request(url)),
    ];
    const texts = answers.map(async (answer) => (await answer).text());
    return (await Promise.all(texts)).join('\n');
  },
  'the open files': async (context) => {
    await makeExports(context, site);
    const names = [
      ...['data-inclusion/structures', 'data-inclusion/services'],
      ...['organizations', 'services', 'locations', 'service_at_locations'].map((name) => `hsds/${name}`),
    ];
    const texts = names.map(async (name) => {
      const url = new URL(`http://localhost/api/v1/exports/${name}.json`);
      const endpoint = exportEndpoint(url.pathname as '/api/v1/exports');
      const response = await answerTo(endpoint, context, url, new Request(url));
      expect(response.status, name).toBe(200);
      return response.text();
    });
    return (await Promise.all(texts)).join('\n');
  },
  'the copy kept offline': async (context) => (await departementPack(context, '35', null)).text(),
  'the page of the attestation': async (context, token) => JSON.stringify(await labelView(context, token)),
};

/** The contacts of a registration, each with what is looked for and how it is told to be public. */
const contacts = {
  phone: { typed: '02 99 11 22 33', traces: /299112233|02.?99.?11.?22.?33/, shown: 'phone-public' },
  email: { typed: 'contact.unique@exemple.fr', traces: /contact\.unique/, shown: 'email-public' },
  website: { typed: 'https://site-unique.example', traces: /site-unique/, shown: 'website-public' },
} as const;

type Contact = keyof typeof contacts;
const names = Object.keys(contacts) as Contact[];

/** Where a contact that is public must be seen; nowhere else must it be hidden, and one that is not public is seen nowhere. */
const showing: Readonly<Record<string, readonly Contact[]>> = {
  'the page of the place': ['phone', 'email', 'website'],
  'the page of the service': ['phone', 'website'],
  'the open files': ['phone', 'email', 'website'],
};

const published = async (shown: readonly Contact[], changed: Parameters<typeof register>[1] = {}) => {
  const { context, as } = await professionalsHouse();
  const said = new FormData();
  for (const name of names) {
    said.set(name, contacts[name].typed);
    if (shown.includes(name)) said.set(contacts[name].shown, 'on');
  }
  await register(await as('odile@connexion.example'), { public: said, ...changed });
  await context.reindex();
  const { token } = await context.db.selectFrom('attestation').select('token').executeTakeFirstOrThrow();
  const texts = Object.entries(surfaces).map(async ([surface, read]) => [surface, await read(context, token)] as const);
  return Object.fromEntries(await Promise.all(texts));
};

/** Each contact once public and once not. */
test.each([[['phone', 'website']], [['email']]] as [Contact[]][])(
  'with %j public: each surface shows those, and no other',
  async (shown) => {
    const texts = await published(shown);
    expect(texts['the page of the place']).toContain('Camille Exemple');
    for (const [surface, text] of Object.entries(texts)) {
      expect([surface, text.length > 50]).toEqual([surface, true]);
      // The address of the account is nobody’s business, whatever is public.
      expect([surface, text.includes('connexion.example')]).toEqual([surface, false]);
      for (const name of names) {
        const seen = contacts[name].traces.test(text);
        if (!shown.includes(name)) expect([surface, name, seen]).toEqual([surface, name, false]);
        if (shown.includes(name) && showing[surface]?.includes(name)) {
          expect([surface, name, seen]).toEqual([surface, name, true]);
        }
      }
    }
  },
  // The files of the whole directory are written each time.
  90_000,
);

test('the street of who works at home is told nowhere, nor where a shelter is', async () => {
  const street = /rue de l.Exemple/;
  const home = await published([], { vous: form({ atHome: 'on' }, stepForms.vous) });
  for (const [surface, text] of Object.entries(home)) expect([surface, street.test(text)]).toEqual([surface, false]);
  const shelter = await published([], { lieux: form({ 'places-0-confidential': 'on' }, stepForms.lieux) });
  for (const surface of ['the page of the service', 'the API', 'the open files', 'the copy kept offline']) {
    expect([surface, street.test(shelter[surface] ?? '')]).toEqual([surface, false]);
  }
}, 90_000);
