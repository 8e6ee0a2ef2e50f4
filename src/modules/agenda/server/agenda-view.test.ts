import { describe, expect, it } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { answerTo } from '#platform/server/http/endpoint.ts';
import { agendaHouse, datesOf, publish } from '#testing/agenda.ts';
import { agendaCalendar, agendaFeed, eventCalendar, followedEvents } from './agenda-files.ts';
import { agendaView } from './agenda-view.ts';
import { moveDate } from './change-date.ts';
import { closeSeries } from './close-series.ts';
import { embedAgendaView } from './embed-agenda.ts';
import { eventsEndpoint } from './events-endpoint.ts';
import { type EventsIndex, eventsIndex } from './events-index.ts';
import { programmeView } from './programme.ts';
import { readDate } from './read-events.ts';
import { structuredEvent } from './structured-event.ts';

const site = 'https://mille-jours.example';

/** An agenda of Rennes and La Réunion, with its index as a process keeps it. */
const agenda = async () => {
  const house = await agendaHouse();
  let index: EventsIndex | undefined;
  const context = {
    ...house.context,
    indexes: {
      ...house.context.indexes,
      get: <T>(definition: { name: string }): T =>
        (definition.name === eventsIndex.name ? index : house.context.indexes.get(definition as never)) as T,
    },
  };
  const reindex = async (): Promise<void> => {
    index = index
      ? await eventsIndex.refresh?.(context.db, index, new Set())
      : await eventsIndex.build(context.db, context.clock);
  };
  const publishAll = async () => {
    const cafe = await publish(house.who, house.organisation, {
      repeat: 'semaine',
      until: '15/12/2026',
      costs: 'gratuit',
    });
    const portage = await publish(house.who, house.organisation, {
      title: 'Atelier <b>portage</b>',
      kind: 'atelier',
      day: '28/11/2026',
      hour: '14h',
      booking: 'libre',
      languages: 'tr',
      access: 'calme',
      age_from: '6',
    });
    const reunion = await publish(house.who, house.organisation, {
      commune: 'Saint-Denis',
      code: '97411',
      day: '22/11/2026',
      hour: '1h',
    });
    await reindex();
    return { cafe, portage, reunion };
  };
  const list = async (query: string) => {
    const view = await agendaView(context, new URLSearchParams(query));
    return view.days.flatMap(({ title, events }) => events.map((event) => `${title} : ${event.title}`));
  };
  return { ...house, context, reindex, publishAll, list };
};

describe('the page of the agenda', () => {
  it('answers to a place, a day in words and a need', async () => {
    const { publishAll, list, context } = await agenda();
    await publishAll();
    const rennes = 'commune=Rennes&code=35238';
    // Which dates are past is said by the clock that the index is given, never by that of the machine or of the database.
    const later = await eventsIndex.build(context.db, fixedClock('2031-01-01T10:00:00Z'));
    expect([...later.series.values()].map(({ starts }) => starts.length)).toEqual([0, 0, 0]);
    expect(await list(`${rennes}&quand=ce week-end`)).toEqual([]);
    expect(await list(`${rennes}&quand=samedi prochain`)).toEqual(['samedi 28 novembre : Atelier <b>portage</b>']);
    expect(await list(`${rennes}&quand=mardi matin`)).toEqual(['mardi 24 novembre : Café des parents']);
    expect(await list(`${rennes}&quand=mardi soir`)).toEqual([]);
    expect(await list(`${rennes}&q=portages`)).toEqual(['samedi 28 novembre : Atelier <b>portage</b>']);
    expect(await list(`${rennes}&kind=cafe&quand=décembre`)).toHaveLength(3);
    // It is already Saturday night in Paris: « demain » is Sunday there, and « ce week-end » that of the place.
    expect(await list('commune=Saint-Denis&code=97411&quand=ce week-end')).toEqual([
      'dimanche 22 novembre : Café des parents',
    ]);
    const unread = await agendaView(context, new URLSearchParams(`${rennes}&quand=quand je peux&commune=Renn`));
    expect(unread.whenUnknown).toContain('« quand je peux » n’a pas été compris');
    expect(unread.total).toBe(5);
  });

  it('says how many places are left, and continues where a page ended', async () => {
    const { publishAll, context } = await agenda();
    await publishAll();
    const first = await agendaView(context, new URLSearchParams('code=35238&commune=Rennes'), { perPage: 2 });
    expect(first.days[0]?.events[0]?.places).toBe('Il reste 4 places');
    const next = new URL(first.nextHref ?? '', site).searchParams;
    const second = await agendaView(context, next);
    expect(second.days.flatMap(({ events }) => events)).toHaveLength(3);
    expect(second.nextHref).toBeUndefined();
    // The choices say how many dates each would leave, whatever page is read; ages that an address asks for are among them.
    const { options, total } = await agendaView(
      context,
      new URLSearchParams('code=35238&commune=Rennes&language=tr&access=calme&age=7&company=avec'),
    );
    expect(total).toBe(1);
    expect(options).toMatchObject({
      language: [{ value: 'tr', label: 'turc (1)' }],
      access: [{ value: 'calme', label: 'Espace calme (1)' }],
      company: [{ value: 'avec', label: 'Avec votre enfant (1)' }],
    });
    expect(options.age.map(({ label }) => label)).toContain('7\u00a0mois');
    expect((await agendaView(context, new URLSearchParams('code=35238&commune=Rennes&age=3&language=tr'))).total).toBe(
      0,
    );
  });

  it('follows what changes: a date that moved, a series that closed', async () => {
    const { publishAll, list, context, who, reindex } = await agenda();
    const { cafe, portage } = await publishAll();
    const [date = 0] = await datesOf(context, cafe);
    await moveDate(who, date, { day: '25/11/2026', hour: '18h', words: 'Changement de salle' });
    await closeSeries(who, portage);
    await reindex();
    expect(await list('commune=Rennes&code=35238&quand=mercredi soir')).toEqual([
      'mercredi 25 novembre : Café des parents',
    ]);
    expect(await list('commune=Rennes&code=35238&q=portage')).toEqual([]);
  });
});

describe('what others read of the agenda', () => {
  it('the frame of a département, in the colours of another site, page after page; its code is written from its lists', async () => {
    const { publishAll, context } = await agenda();
    await publishAll();
    const made = embedAgendaView(
      context,
      new URLSearchParams('quoi=agenda&departement=35&commune=&kind=cafe&audience="><b>&couleur=1a5f7a&hauteur=600'),
      site,
    );
    expect(made.preview).toBe('/integrer/cadre/agenda?territoire=departement%3A35&kind=cafe&couleur=1a5f7a');
    expect(made.frame).toContain(`src="${site}${made.preview.replaceAll('&', '&amp;')}"`);
    expect(made.element).toContain('<mille-jours-cadre page="agenda"');
    const frame = (address: string) =>
      agendaView(context, new URL(address, site).searchParams, {
        ...{ path: '/integrer/cadre/agenda', perPage: 3, keep: ['couleur'] },
      });
    const first = await frame(made.preview);
    expect([first.where, first.total]).toEqual(['en Ille-et-Vilaine', 4]);
    expect(first.days[0]?.events[0]?.distance).toBe('');
    expect(first.nextHref).toContain('couleur=1a5f7a');
    expect((await frame(first.nextHref ?? '')).days).toHaveLength(1);
    // The day of a territory is that of its own clock: on Saturday evening in Paris, it is Sunday there already.
    const late = { ...context, clock: fixedClock('2026-11-21T20:30:00Z') };
    const today = new URLSearchParams('territoire=departement:974&quand=aujourd’hui');
    expect(await agendaView(late, today)).toMatchObject({ total: 1 });
    const asked = (query: string) => embedAgendaView(context, new URLSearchParams(query), site);
    expect(asked('commune=saint-denis').choices.length).toBeGreaterThan(1);
    expect(asked('commune=zzzz').remarks[0]).toContain('Aucune commune ne répond');
  });

  it('the calendar says nothing in its titles, unless asked', async () => {
    const { publishAll, context } = await agenda();
    await publishAll();
    const events = await followedEvents(context, new URLSearchParams('commune=Rennes&code=35238'));
    const discreet = agendaCalendar(context, events, site, false);
    expect(discreet.match(/SUMMARY:.*/g)).toEqual(Array(5).fill('SUMMARY:Rendez-vous'));
    expect(discreet).not.toMatch(/caf|portage/i);
    expect(discreet).toContain('DTSTART:20261124T083000Z');
    expect(agendaCalendar(context, events, site, true)).toContain('SUMMARY:Café des parents');
    const feed = agendaFeed(context, events, site, `${site}/agenda/flux.xml?a=1&b=2`);
    expect(feed).toContain('Atelier &lt;b&gt;portage&lt;/b&gt;');
    expect(feed.match(/<entry>/g)).toHaveLength(5);
  });

  it('one date: for a calendar, and for search engines', async () => {
    const { publishAll, context } = await agenda();
    const { portage } = await publishAll();
    const [id = 0] = await datesOf(context, portage);
    const { slug } = await context.db
      .selectFrom('event_series')
      .select('slug')
      .where('id', '=', portage)
      .executeTakeFirstOrThrow();
    expect(await readDate(context, slug, 'x')).toBeUndefined();
    expect(await readDate(context, 'autre', String(id))).toBeUndefined();
    const event = await readDate(context, slug, String(id));
    if (!event) throw new Error('no event');
    expect(eventCalendar(context, event, site, false)).not.toContain('portage');
    const structured = structuredEvent(event, site);
    expect(structured).not.toContain('<');
    expect(JSON.parse(structured)).toMatchObject({
      '@type': 'Event',
      startDate: '2026-11-28T14:00:00+01:00',
      endDate: '2026-11-28T15:30:00+01:00',
      eventStatus: 'https://schema.org/EventScheduled',
      organizer: { name: 'Camille Exemple' },
    });
  });

  it('the programme of a month is one sheet', async () => {
    const { publishAll, context } = await agenda();
    await publishAll();
    const view = await programmeView(context, new URLSearchParams('commune=Rennes&code=35238&mois=2026-12&format=a3'));
    expect(view).toMatchObject({ month: 'décembre 2026', where: 'Rennes', format: 'a3', rest: 0 });
    expect(view.days.map(({ title }) => title)).toEqual([
      'mardi 1er décembre',
      'mardi 8 décembre',
      'mardi 15 décembre',
    ]);
    expect((await programmeView(context, new URLSearchParams('mois=2026-13'))).month).toBe('novembre 2026');
  });

  it('the API answers, and refuses by the parameter', async () => {
    const { publishAll, context } = await agenda();
    await publishAll();
    const get = async (query: string) => {
      const answer = await answerTo(eventsEndpoint, context, new URL(`${site}/api/v1/events?${query}`));
      return { status: answer.status, body: await answer.json() };
    };
    expect(await get('commune=35238&when=mardi&cost=gratuit')).toMatchObject({
      status: 200,
      body: { total: 1, events: [{ title: 'Café des parents', start: '2026-11-24T09:30', free: 4, distance_km: 0 }] },
    });
    expect(await get('commune=35238&language=tr,ar&access=calme')).toMatchObject({
      body: { total: 1, events: [{ languages: ['tr'], access: ['calme'] }] },
    });
    for (const [query, field] of [
      ['language=klingon', 'language'],
      ['access=helico', 'access'],
      ['when=un jour', 'when'],
      ['commune=99999', 'commune'],
      ['territory=planete:1', 'territory'],
      ['kind=fete', 'kind'],
      ['limit=1000', 'limit'],
      ['near=ici', 'near'],
      ['autre=1', 'autre'],
    ]) {
      expect(await get(query ?? '')).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    }
  });
});
