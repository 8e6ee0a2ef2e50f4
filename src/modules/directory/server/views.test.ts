import { describe, expect, it } from 'vitest';
import { near } from '#messages/fr/near.ts';
import { fixedClock } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { type DirectoryContext, directoryContext } from '#testing/directory.ts';
import type { DirectoryRecord } from '../model.ts';
import {
  countReports,
  departementPack,
  directoryRetention,
  listReports,
  markReport,
  nearView,
  placeView,
  reportError,
  saveRecords,
  serviceView,
  stopCalendar,
  structuredPlace,
  structuredService,
} from './index.ts';

const plain = (text: string | undefined): string | undefined => text?.replaceAll('\u00a0', ' ');
const noAddress = async () => [];

const centre: DirectoryRecord = {
  organisation: { ref: 'dep', fields: { name: 'Département' } },
  place: {
    ref: 'centre',
    fields: {
      ...{ name: 'Centre <du> parc', kind: 'pmi', line: '1 rue du Parc', postcode: '35000', insee: '35238' },
      ...{ lat: 48.11, lon: -1.68, precision: 'street', phone: '02 99 00 00 00', hours: 'Mo-Fr 09:00-12:00' },
      closures: [{ from: '2026-12-20', to: '2027-01-03', reason: 'vacances' }],
    },
  },
  services: [
    {
      ref: 'pesee',
      fields: { name: 'Pesée', kind: 'pmi', priorities: [2], costs: ['gratuit'], stage_from: 0, stage_to: 26 },
    },
  ],
};

const bus: DirectoryRecord = {
  tour: { ref: 'bus', fields: { name: 'Baby Bus' } },
  stops: [
    {
      ref: 'a',
      fields: {
        ...{ label: 'Marché; place, nord', insee: '97411', lat: -20.88, lon: 55.45, starts_at: '2026-11-24T09:00' },
        ...{ minutes: 180, rrule: 'FREQ=WEEKLY', except: ['2026-12-01'] },
      },
    },
  ],
  services: ['Micro-crèche', 'Ateliers'].map((name, at) => ({
    ref: `bus-${at}`,
    fields: { name, kind: 'creche' as const },
  })),
};

const filled = async (...records: DirectoryRecord[]): Promise<DirectoryContext> => {
  const context = await directoryContext();
  await saveRecords(context, { source: 'essai', on: '2026-05-12' }, records);
  await context.reindex();
  return context;
};

describe('the page of what is near', () => {
  it('says what it found, in words, and keeps its state in the address', async () => {
    const context = await filled(centre);
    const view = await nearView(
      context,
      new URLSearchParams('code=35238&kind=pmi&quand=saturday&stage=grossesse'),
      noAddress,
    );
    expect(view.commune?.name).toBe('Rennes');
    expect(view.list?.total).toBe(0);
    expect(view.list?.active.map(({ label }) => label)).toEqual([
      'PMI (protection maternelle et infantile)',
      'Pendant la grossesse',
      'Samedi',
    ]);
    expect(view.list?.active[0]?.removeHref).toBe('/autour-de-moi?code=35238&stage=grossesse&quand=saturday');
    expect(view.list?.apiQuery).toBe('commune=35238&kind=pmi&stage=grossesse&open=saturday');
    expect(view.list?.tileQuery).toBe('kind=pmi&stage=grossesse&open=saturday');
    const all = await nearView(context, new URLSearchParams('code=35238'), noAddress);
    expect(all.list?.form?.moments.map(({ label }) => label)).toEqual(['Maintenant (0)', 'Ce soir (0)', 'Samedi (0)']);
    expect(all.list?.form?.priority.options).toEqual([
      { value: '2', label: expect.stringMatching(/^2\. \p{Lu}.* \(1\)$/u) },
    ]);
    expect(plain(all.list?.summary)).toBe('1 réponse à Rennes');
    expect(all.list?.cards[0]).toMatchObject({
      title: 'Centre <du> parc',
      opening: { text: expect.stringContaining('lundi') },
    });
    expect(all.list?.form?.kind.options).toEqual([
      { value: 'pmi', label: 'PMI (protection maternelle et infantile) (1)' },
    ]);
  });

  it('counts what is open at each moment, and takes a day and an hour', async () => {
    const context = await filled(centre, {
      place: {
        ref: 'marche',
        fields: {
          name: 'Marché',
          kind: 'autre',
          insee: '35238',
          lat: 48.1,
          lon: -1.67,
          hours: 'Sa 08:00-13:00,19:00-20:00',
        },
      },
      services: [{ ref: 'marche', fields: { name: 'Marché', kind: 'autre' } }],
    });
    // A Saturday, 11 o'clock in Rennes.
    const list = async (query: string) => (await nearView(context, new URLSearchParams(query), noAddress)).list;
    const all = await list('code=35238');
    expect(all?.form?.moments.map(({ label }) => label)).toEqual(['Maintenant (1)', 'Ce soir (1)', 'Samedi (1)']);
    const narrow = await list('code=35238&kind=pmi&quand=now');
    expect(narrow?.form?.moments.map(({ label }) => label)).toEqual(['Maintenant (0)', 'Ce soir (0)', 'Samedi (0)']);
    const tuesday = await list('code=35238&open=2026-11-24T10:00');
    expect(tuesday?.cards.map(({ title }) => title)).toEqual(['Centre <du> parc']);
    expect(tuesday?.active.map(({ label }) => plain(label))).toEqual(['24 novembre 2026, 10 h']);
    expect(tuesday?.form?.at).toBe('2026-11-24T10:00');
    expect((await list('code=35238&open='))?.total).toBe(2);
    // Too far to be known: left out, and not told as chosen.
    expect(await list('code=35238&open=2036-11-24T10:00')).toMatchObject({ total: 2, active: [] });
    // What could not be understood takes nothing else away.
    const near = await list('code=35051&open=2036-11-24T10:00&radius=5&suite=zzz');
    expect(near?.active.map(({ label }) => plain(label))).toEqual(['5 km']);
    expect(near?.total).toBe(0);
  });

  it('widens, says so, and leaves out what it cannot read', async () => {
    const context = await filled(centre);
    const view = await nearView(
      context,
      new URLSearchParams('code=35051&kind=piscine&radius=abc&priority=99&suite=zzz'),
      noAddress,
    );
    expect(view.list?.total).toBe(1);
    expect(view.list?.active).toEqual([]);
    const far = await nearView(context, new URLSearchParams('code=22278'), noAddress);
    expect(plain(far.list?.widened)).toBe('Il n’y a rien de plus près : nous avons cherché jusqu’à 100 km.');
  });

  it('looks as far for the next page as it did for the first', async () => {
    const at = (ref: string, lon: number): DirectoryRecord => ({
      place: { ref, fields: { name: ref, kind: 'pmi', insee: '35238', lat: 48.11, lon } },
      services: [{ ref, fields: { name: ref, kind: 'pmi' } }],
    });
    const remote: DirectoryRecord = {
      services: [{ ref: 'loin', fields: { name: 'loin', kind: 'a-distance' }, placement: { areas: ['france'] } }],
    };
    const context = await filled(at('a', -1.75), at('b', -1.7), at('c', -1.65), remote);
    const paper = await nearView(context, new URLSearchParams('code=22278'), noAddress, 2);
    expect(plain(paper.list?.firstOnly)).toMatch(/^Seules les 2 réponses les plus proches sont ici/);
    expect((await nearView(context, new URLSearchParams('code=22278'), noAddress, 4)).list?.firstOnly).toBeUndefined();
    const seen: string[] = [];
    for (let query: string | undefined = 'code=22278'; query; ) {
      const { list } = await nearView(context, new URLSearchParams(query), noAddress, 1);
      expect(list?.total).toBe(4);
      expect(list?.widened).toBeDefined();
      seen.push(...(list?.cards ?? []).map(({ title }) => title));
      query = list?.nextHref?.split('?')[1];
    }
    expect(seen).toEqual(['a', 'b', 'c', 'loin']);
  });

  it('shows a bus once, with its next date, and asks which commune is meant', async () => {
    const context = await filled(bus);
    const view = await nearView(context, new URLSearchParams('code=97411'), noAddress);
    expect(view.list?.cards.map(({ title, others, opening }) => [title, others, plain(opening?.text)])).toEqual([
      ['Baby Bus', 'et 1 autre service', 'mardi 24 novembre, 9 h à 12 h'],
    ]);
    // By what it is, and by what is given on board.
    for (const word of ['bus', 'ateliers crèche']) {
      const found = await nearView(context, new URLSearchParams({ code: '97411', q: word }), noAddress);
      expect(found.list?.cards.map(({ title }) => title)).toEqual(['Baby Bus']);
    }
    expect(
      (await nearView(context, new URLSearchParams('commune=saint-denis'), noAddress)).choices.length,
    ).toBeGreaterThan(2);
  });
});

describe('what has no place to be told', () => {
  it('is only said to come to you when it does', async () => {
    const served = (ref: string, fields: object, more = {}): DirectoryRecord => ({
      services: [{ ref, fields: { name: ref, kind: 'autre', ...fields }, placement: { areas: ['departement:35'] } }],
      ...more,
    });
    const context = await filled(
      served('ligne', { modes: ['telephone'] }),
      served('visites', { kind: 'a-domicile' }),
      served('cours', { kind: 'a-distance' }),
      // Nothing says how: nothing is guessed.
      served('groupe', {}),
      served('maison', { modes: ['sur-place'] }),
      served('bus', {}, { tour: { ref: 'bus', fields: { name: 'Bus' } } }),
      {
        place: { ref: 'abri', fields: { name: 'Abri', kind: 'autre', insee: '35238', confidential: true } },
        services: [{ ref: 'abri', fields: { name: 'abri', kind: 'autre' } }],
      },
    );
    const { list } = await nearView(context, new URLSearchParams('code=35238'), noAddress);
    expect(
      Object.fromEntries((list?.cards ?? []).map(({ title, context: told }) => [title, told.split(' · ')[1]])),
    ).toEqual({
      ...{ ligne: 'Sans vous déplacer', visites: 'Sans vous déplacer', cours: 'Sans vous déplacer' },
      ...{ groupe: 'Adresse à demander', maison: 'Adresse à demander' },
      ...{ bus: 'Arrêts à demander', abri: 'Adresse à demander' },
    });
    expect(list?.cards.every(({ distance }) => distance === undefined)).toBe(true);
    expect(list?.form?.mode.options.map(({ label }) => label)).toEqual([
      ...['Sur place (2)', 'À domicile (1)', 'Près de chez vous, en tournée (1)', 'Par téléphone (1)'],
    ]);
  });
});

describe('the page of a place', () => {
  it('tells everything with its source and its day', async () => {
    const context = await filled(centre);
    const place = await placeView(context, 'centre-du-parc');
    expect(place).toMatchObject({ title: 'Centre <du> parc', phone: '02 99 00 00 00', organisation: 'Département' });
    expect(place?.closures.map(plain)).toEqual(['Du 20 décembre 2026 au 3 janvier 2027 (vacances)']);
    expect(place?.sources.map(plain)).toEqual([expect.stringMatching(/^nom, .*téléphone.* : Essai, 12 mai 2026$/)]);
    expect(place?.services[0]?.next[0]).toMatchObject({ day: 'lundi 23 novembre' });
    expect(plain(place?.services[0]?.usual[0]?.hours)).toBe('de 9 h à 12 h');
    expect(place && structuredPlace(place, 'https://x.example/')).not.toContain('<du>');
  });

  it('says of its hours what is true of them every week, and no more', async () => {
    const open = (ref: string, hours: string, more = {}): DirectoryRecord => ({
      place: { ref, fields: { name: ref, kind: 'pmi', insee: '35238', lat: 48.11, lon: -1.68, hours, ...more } },
      services: [{ ref, fields: { name: ref, kind: 'pmi' } }],
    });
    const context = await filled(
      open('nuit', '24/7'),
      open('impaires', 'week 1-53/2 Tu 09:00-12:00; Mo 14:00-16:00'),
      open('samedi', 'Mo-Fr 09:00-12:00; Sa[1] 10:00-11:00; SH off'),
      open('iles', 'Mo-Fr 09:00-12:00; SH off', { insee: '97105' }),
      open('mots', 'sur rendez-vous'),
    );
    const told = async (slug: string) => {
      const [service] = (await placeView(context, slug))?.services ?? [];
      const usual = service?.usual
        .filter(({ hours }) => hours !== 'Fermé')
        .map(({ day, hours }) => `${day} ${plain(hours)}`);
      return { opening: service?.opening?.text, next: service?.next.length, usual };
    };
    expect(await told('nuit')).toEqual({ opening: 'Ouvert jour et nuit', next: 0, usual: [] });
    expect((await told('impaires')).usual).toEqual(['lundi de 14 h à 16 h', 'mardi certaines semaines, de 9 h à 12 h']);
    expect((await told('samedi')).usual).toEqual([
      ...['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'].map((day) => `${day} de 9 h à 12 h`),
      'samedi certaines semaines, de 10 h à 11 h',
    ]);
    // No school holidays are published for this island: closed all week would be a lie.
    expect(await told('iles')).toEqual({ opening: near.opening.unsure, next: 0, usual: [] });
    expect(await told('mots')).toEqual({ opening: undefined, next: 0, usual: [] });
    const night = await placeView(context, 'nuit');
    expect(night && structuredPlace(night, 'https://x.example/')).toContain('"opens":"00:00","closes":"23:59"');
    const words = await placeView(context, 'mots');
    expect(words && structuredPlace(words, 'https://x.example/')).not.toContain('pening');
  });

  it('tells a closure by the clock of the place, and how to get in with all that is known of it', async () => {
    const context = await filled({
      place: {
        ref: 'ile',
        fields: {
          ...{ name: 'Île', kind: 'pmi', insee: '97209', closures: [{ from: '2026-11-20', to: '2026-11-20' }] },
          ...{ access: ['ascenseur', 'poussette'], access_note: 'Sonnez deux fois.' },
        },
      },
      services: [{ ref: 'ile', fields: { name: 'Île', kind: 'pmi' } }],
    });
    // Still the 20th in Martinique, already the 21st in Paris.
    const late = { ...context, clock: fixedClock('2026-11-21T03:00:00Z') };
    const place = await placeView(late, 'ile');
    expect(place?.closures.map(plain)).toEqual(['Le 20 novembre 2026']);
    expect(place?.kindName).toBe('PMI (protection maternelle et infantile)');
    expect(place?.access.map(plain)).toEqual([expect.stringMatching(/, /), 'Sonnez deux fois.']);
  });

  it('says once the hours that all its services have', async () => {
    const [pesee] = centre.services;
    if (!pesee) throw new Error('a service is expected');
    const two = [pesee, { ref: 'ecoute', fields: { name: 'Écoute', kind: 'pmi' as const } }];
    const context = await filled(
      { ...centre, services: two },
      {
        place: { ref: 'deux', fields: { name: 'Deux', kind: 'pmi', insee: '35238', hours: 'Mo 09:00-12:00' } },
        services: [
          { ref: 'a', fields: { name: 'a', kind: 'pmi' } },
          { ref: 'b', fields: { name: 'b', kind: 'pmi' }, placement: { hours: 'Tu 09:00-12:00' } },
        ],
      },
    );
    expect((await placeView(context, 'centre-du-parc'))?.sameHours?.next[0]).toMatchObject({
      day: 'lundi 23 novembre',
    });
    expect((await placeView(context, 'deux'))?.sameHours).toBeUndefined();

    const later = JSON.stringify({ hours: { source: 'essai', on: '2026-06-12' } });
    await context.db.updateTable('placement').set({ provenance: later }).where('hours', 'is not', null).execute();
    const sources = (await placeView(context, 'deux'))?.sources.map(plain);
    expect(sources).toEqual([expect.stringContaining(' : Essai, 12 mai 2026'), 'horaires : Essai, 12 juin 2026']);
  });

  it('is not there for a confidential place, whatever its services say', async () => {
    const hidden: DirectoryRecord = {
      ...centre,
      place: { ref: 'h', fields: { ...centre.place?.fields, confidential: true } as never },
    };
    const context = await filled(hidden);
    expect(await placeView(context, 'centre-du-parc')).toBeUndefined();
    const service = await serviceView(context, 'pesee');
    expect(service).toMatchObject({ confidential: true, places: [], areas: ['En Ille-et-Vilaine'] });
    expect(JSON.stringify(service)).not.toMatch(/rue du Parc|Rennes|48\.1|Centre/);
  });
});

describe('the page of a service', () => {
  it('says when a line answers, and who to write to', async () => {
    const context = await filled({
      services: [
        {
          ref: 'ligne',
          fields: { name: 'Ligne', kind: 'a-distance', modes: ['telephone'], email: 'ligne@essai.example' },
          placement: { areas: ['region:53'], hours: 'Mo-Fr 09:00-18:00' },
        },
      ],
    });
    const service = await serviceView(context, 'ligne');
    expect(service?.email).toBe('ligne@essai.example');
    expect(plain(service?.openings?.opening?.text)).toBe('Ouvre lundi à 9 h');
    expect(plain(service?.openings?.usual[0]?.hours)).toBe('de 9 h à 18 h');
    expect(service?.sources.map(plain)).toEqual([expect.stringMatching(/horaires, territoires : Essai, 12 mai 2026$/)]);
  });

  it('says when each of its places opens next; and who told the dates of its stops, and when', async () => {
    const context = await filled(centre, bus);
    const service = await serviceView(context, 'pesee');
    expect(service?.places.map(({ detail }) => plain(detail))).toEqual(['Rennes · Ouvre lundi à 9 h']);
    expect(service?.openings).toBeUndefined();
    const onBoard = await serviceView(context, 'ateliers');
    expect(onBoard?.sources.map(plain)).toEqual([expect.stringMatching(/dates.* : Essai, 12 mai 2026$/)]);
  });
});

describe('what search engines read', () => {
  const read = (text: string): Record<string, unknown> => JSON.parse(text);

  it('of a place: where it is, only when that is known', async () => {
    const context = await filled(centre);
    const place = await placeView(context, 'centre-du-parc');
    if (!place) throw new Error('the place is expected');
    expect(read(structuredPlace(place, 'https://x.example/lieux/a'))).toMatchObject({
      ...{ '@context': 'https://schema.org', '@type': 'CivicStructure', name: 'Centre <du> parc' },
      ...{ url: 'https://x.example/lieux/a', telephone: '02 99 00 00 00' },
      address: { streetAddress: '1 rue du Parc', addressLocality: 'Rennes', addressCountry: 'FR' },
      geo: { latitude: 48.11, longitude: -1.68 },
    });
    expect(read(structuredPlace(place, 'https://x.example/')).address).toMatchObject({ postalCode: '35000' });
    expect(read(structuredPlace(place, 'https://x.example/')).openingHoursSpecification).toEqual(
      ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((day) => ({
        ...{ '@type': 'OpeningHoursSpecification', dayOfWeek: `https://schema.org/${day}` },
        ...{ opens: '09:00', closes: '12:00' },
      })),
    );
    expect(read(structuredPlace({ ...place, approximate: true }, 'https://x.example/'))).not.toHaveProperty('geo');
  });

  it('of a service: who gives it, where, and nothing that closes the element', async () => {
    const context = await filled({
      organisation: { ref: 'o', fields: { name: 'Association </script><b>' } },
      services: [
        {
          ref: 'ecoute',
          fields: {
            ...{ name: 'Écoute', kind: 'a-distance', phone: '0800 00 00 00', modes: ['telephone'] },
            summary: 'Pour parler, « sans rendez-vous ».',
          },
          placement: { areas: ['departement:35'] },
        },
      ],
    });
    const service = await serviceView(context, 'ecoute');
    if (!service) throw new Error('the service is expected');
    const text = structuredService(service, 'https://x.example/services/ecoute');
    expect(text).not.toContain('<');
    expect(read(text)).toEqual({
      ...{ '@context': 'https://schema.org', '@type': 'Service', name: 'Écoute' },
      ...{ url: 'https://x.example/services/ecoute', description: 'Pour parler, « sans rendez-vous ».' },
      provider: { '@type': 'Organization', name: 'Association </script><b>' },
      areaServed: ['Ille-et-Vilaine'],
      availableChannel: { '@type': 'ServiceChannel', servicePhone: '0800 00 00 00' },
    });
  });
});

describe('a stop in an agenda', () => {
  it('keeps the hour of its place when the clocks change and the year turns, here and in the Pacific', async () => {
    const weekly = (ref: string, insee: string, starts_at: string) => ({
      ref,
      fields: { label: ref, insee, starts_at, minutes: 90, rrule: 'FREQ=WEEKLY', except: [], besides: [] },
    });
    const context = await filled({
      tour: { ref: 'bus', fields: { name: 'Bus' } },
      stops: [weekly('rennes', '35238', '2026-12-31T09:00'), weekly('noumea', '98818', '2027-01-02T08:00')],
      services: [{ ref: 'bus', fields: { name: 'Bus', kind: 'itinerant' } }],
    });
    const stops = await context.db.selectFrom('offer').select(['id', 'time_zone']).where('gone', '=', false).execute();
    const calendars = new Map<string, string>();
    for (const { id, time_zone } of stops) calendars.set(time_zone, (await stopCalendar(context, id)) ?? '');
    const rennes = calendars.get('Europe/Paris') ?? '';
    expect(rennes).toContain('DTSTART:20261231T080000Z\r\nDTEND:20261231T093000Z');
    expect(rennes).toContain('DTSTART:20270401T070000Z');
    expect(calendars.get('Pacific/Noumea')).toContain('DTSTART:20270101T210000Z\r\nDTEND:20270101T223000Z');
  });

  it('gives each visit in UTC, without those that are cancelled', async () => {
    const context = await filled(bus);
    const stop = await context.db.selectFrom('offer').select('id').orderBy('id').executeTakeFirstOrThrow();
    const calendar = (await stopCalendar(context, stop.id)) ?? '';
    expect(calendar).toContain('DTSTART:20261124T050000Z\r\nDTEND:20261124T080000Z');
    expect(calendar).not.toContain('20261201T');
    expect(calendar).toContain('SUMMARY:Baby Bus : Marché\\; place\\, nord');
    for (const line of calendar.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(await stopCalendar(context, 999_999)).toBeUndefined();
  });
});

describe('an error reported', () => {
  it('is written down and changes nothing; an empty or endless message is refused', async () => {
    const context = await filled(centre);
    const before = await context.db.selectFrom('offer').selectAll().execute();
    const report = { subject: 'place', slug: 'centre-du-parc', message: ' Le numéro a changé. ', reply: '' } as const;
    expect(await reportError(context, report)).toEqual({ ok: true, value: undefined });
    expect(
      await context.db.selectFrom('directory_report').select(['subject', 'message', 'reply_to']).execute(),
    ).toEqual([{ subject: 'place', message: 'Le numéro a changé.', reply_to: null }]);
    expect(await context.db.selectFrom('offer').selectAll().execute()).toEqual(before);
    for (const [message, reply] of [
      ['', ''],
      ['a'.repeat(2_001), ''],
      ['Bonjour', 'pas une adresse'],
    ]) {
      expect((await reportError(context, { ...report, message: message ?? '', reply: reply ?? '' })).ok).toBe(false);
    }
  });
});

describe('a stop visited morning and afternoon', () => {
  it('is one stop on the page, with the next dates in order, and one calendar', async () => {
    const visit = (ref: string, starts_at: string, more = {}) => ({
      ref,
      fields: {
        ...{ label: 'Place de la mairie', insee: '35238', line: 'Place de la Mairie', starts_at, minutes: 180 },
        ...{ rrule: 'FREQ=WEEKLY', ...more },
      },
    });
    const context = await filled({
      tour: { ref: 'bus', fields: { name: 'Bus' } },
      stops: [
        visit('a', '2026-11-24T13:30', { note: 'Derrière la mairie' }),
        visit('a#2', '2026-11-24T09:30', { note: 'Derrière la mairie' }),
        visit('b', '2026-11-25T09:30', { label: 'Marché' }),
      ],
      services: [{ ref: 'bus', fields: { name: 'Bus', kind: 'itinerant' } }],
    });
    const service = await serviceView(context, 'bus');
    expect(service?.stops.map(({ label, next }) => [label, next.map(({ at }) => at)])).toEqual([
      ['Place de la mairie', ['2026-11-24T09:30', '2026-11-24T13:30', '2026-12-01T09:30', '2026-12-01T13:30']],
      ['Marché', ['2026-11-25T09:30', '2026-12-02T09:30', '2026-12-09T09:30', '2026-12-16T09:30']],
    ]);
    expect(service?.stops.map(({ notes }) => notes)).toEqual([['Derrière la mairie'], []]);
    const calendar = await stopCalendar(context, service?.stops[0]?.id ?? 0);
    expect(calendar?.match(/DTSTART:\d+T\d+/g)?.slice(0, 3)).toEqual([
      ...['DTSTART:20261124T083000', 'DTSTART:20261124T123000', 'DTSTART:20261201T083000'],
    ]);
    expect(calendar).not.toContain('Marché');
  });
});

describe('the reports that an operator reads', () => {
  const reports = async () => {
    const clock = fixedClock('2026-11-21T10:00:00Z');
    const context = { ...(await filled(centre)), clock };
    const report = async (subject: 'place' | 'service' | 'missing', slug: string, message: string) => {
      clock.moveTo(clock.now().add({ minutes: 1 }).toString());
      await reportError(context, { subject, slug, message, reply: '' });
    };
    await report('place', 'centre-du-parc', 'Le numéro a changé.');
    await report('service', 'pesee', 'Plus de pesée le mardi.');
    await report('missing', '', 'Il manque la ludothèque.');
    return { context, clock };
  };
  const messages = async ({ db }: Context, closed: boolean) =>
    (await listReports(db, { closed })).map(({ message }) => message);

  it('come the latest first, with what each is about', async () => {
    const { context } = await reports();
    expect(await listReports(context.db, { closed: false })).toMatchObject([
      { subject: 'missing', name: undefined, message: 'Il manque la ludothèque.' },
      { subject: 'service', name: 'Pesée', slug: 'pesee' },
      { subject: 'place', name: 'Centre <du> parc', slug: 'centre-du-parc' },
    ]);
    const [first, second] = await listReports(context.db, { closed: false, limit: 2 });
    if (!first || !second) throw new Error('two reports are expected');
    expect(await listReports(context.db, { closed: false, after: second })).toMatchObject([{ subject: 'place' }]);
  });

  it('are closed, and opened again', async () => {
    const { context } = await reports();
    const [latest] = await listReports(context.db, { closed: false });
    expect(await markReport(context, latest?.id ?? '', true)).toBe(true);
    expect(await countReports(context.db)).toBe(2);
    expect(await messages(context, true)).toEqual(['Il manque la ludothèque.']);
    expect(await markReport(context, latest?.id ?? '', false)).toBe(true);
    expect(await countReports(context.db)).toBe(3);
    expect(await markReport(context, crypto.randomUUID(), true)).toBe(false);
  });

  it('are erased thirty days after they were dealt with, and after a year in any case', async () => {
    const { context, clock } = await reports();
    const [latest] = await listReports(context.db, { closed: false });
    await markReport(context, latest?.id ?? '', true);
    clock.moveTo('2026-12-21T09:00:00Z');
    await applyRetention(context, directoryRetention);
    expect(await messages(context, true)).toHaveLength(1);
    clock.moveTo('2026-12-21T11:00:00Z');
    await applyRetention(context, directoryRetention);
    expect(await messages(context, true)).toEqual([]);
    expect(await messages(context, false)).toHaveLength(2);
    clock.moveTo('2027-11-22T11:00:00Z');
    await applyRetention(context, directoryRetention);
    expect(await messages(context, false)).toEqual([]);
  });
});

describe('a département to keep', () => {
  it('is made once for each version of the index, and only for what exists', async () => {
    const context = await filled(centre);
    const first = await departementPack(context, '35', null);
    expect(first.status).toBe(200);
    expect((await departementPack(context, '35', first.headers.get('etag'))).status).toBe(304);
    expect((await departementPack(context, '99', null)).status).toBe(404);
    expect((await departementPack(context, '%', null)).status).toBe(404);
  });
});
