import { count, fill, formatNumber } from '#messages/format.ts';
import { near } from '#messages/fr/near.ts';
import { respite as words } from '#messages/fr/respite.ts';
import { type EventRow, findEvents, readEvents } from '#modules/agenda/server/index.ts';
import { dayWords } from '#modules/directory/index.ts';
import { nearView } from '#modules/directory/server/index.ts';
import {
  ageGroups,
  daysOf,
  eventsFor,
  hoursOf,
  kindsFor,
  partInWords,
  placesInWords,
  readNeed,
} from '#modules/respite/index.ts';
import { type FoundPlaces, freePlacesNear, nowAt, type OpenTeam, openTeamsFor } from '#modules/respite/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { unsent } from '#platform/unsent.ts';
import { geocoderOf } from '../autour-de-moi/geocoder.ts';

/** Kilometres at least that one may go for a place that is free: less than an hour by most means. */
const FREE_KM = 30;

/** The most rendez-vous of the agenda in the list: the agenda has them all. */
const EVENTS = 8;

/** One question and one list: what is free on those days, then who answers that need around. */
export const load = async ({ url, locals }) => {
  const { context } = locals;
  const given = url.searchParams;
  const { need, moment } = readNeed(given);
  const asked = new URLSearchParams({
    ...{ commune: given.get('commune') ?? '', code: given.get('code') ?? '', near: given.get('near') ?? '' },
    kind: kindsFor(need?.code).join(','),
    ...('opening' in moment ? { quand: moment.opening } : {}),
  });
  const view = await nearView(context, asked, geocoderOf(locals));
  const { list } = view;
  const today = nowAt(context, view.commune?.code ?? null).toPlainDate();
  const age = ageGroups.find(({ code }) => code === given.get('age'));
  const code = view.commune?.code;
  const looksForCare = need === undefined || need.code === 'garde';
  const teams = code && looksForCare && locals.publicOrigin ? await openTeamsFor(context, code) : [];
  const free =
    list?.centre && looksForCare
      ? await freePlacesNear(context, {
          ...{ spot: list.centre, km: Math.max(FREE_KM, list.km ?? 0), ...daysOf(moment.code, today), age: age?.code },
        })
      : [];
  const kinds = eventsFor(need?.code);
  const days = { ...daysOf(moment.code, today), label: moment.label };
  const hours = hoursOf(moment.code);
  const found =
    list?.centre && kinds.length > 0
      ? findEvents(context, {
          ...{ place: { kind: 'near', spot: list.centre }, km: Math.max(FREE_KM, list.km ?? 0), kinds, limit: EVENTS },
          when: hours ? { ...days, hours } : days,
        })
      : undefined;
  const events = found?.ok
    ? await readEvents(
        context,
        found.value.hits.map(({ occurrence }) => occurrence),
      )
    : [];
  const communeName = (insee: string | null) => context.indexes.get(territoryIndex).commune(insee ?? '')?.name;
  return unsent({
    words,
    near,
    // What was asked, said back: « Sortir avec mon enfant, samedi ».
    asked: `${need?.label ?? words.everything}, ${moment.label.charAt(0).toLowerCase()}${moment.label.slice(1)}.`,
    need: need?.code,
    moment: moment.code,
    age: age?.code,
    typed: view.typed,
    commune: view.commune,
    choices: view.choices.map(({ href, ...choice }) => ({
      ...choice,
      href: `/souffler?${withoutKinds(new URL(href, url).searchParams, given)}`,
    })),
    unknown: view.unknown,
    list: list && {
      free: free.length > 0 ? count('fr', words.results.free, free.length) : undefined,
      cards: [
        ...free.map((found) => cardOf(found, communeName(found.insee), today)),
        ...events.map(eventCard),
        ...teams.map((team) => teamCard(team, code ?? '')),
        ...list.cards,
      ],
      summary: list.summary,
      widened: list.widened,
      allHref: `/autour-de-moi?${asked}`,
    },
  });
};

/** The address of one of several communes of that name: the same question, there. */
const withoutKinds = (chosen: URLSearchParams, given: URLSearchParams): URLSearchParams =>
  new URLSearchParams({
    ...Object.fromEntries(
      ['besoin', 'quand', 'age'].flatMap((name) => (given.get(name) ? [[name, given.get(name)]] : [])),
    ),
    ...{ commune: chosen.get('commune') ?? '', code: chosen.get('code') ?? '' },
  });

/** Free places as a card of the list, whose telephone is one gesture further. */
const cardOf = (found: FoundPlaces, commune: string | undefined, today: Temporal.PlainDate) => {
  const { freePlace } = words;
  const days = today.until(found.day).days;
  const day = days === 0 ? freePlace.today : days === 1 ? freePlace.tomorrow : capital(dayWords(found.day, today));
  return {
    ...{ id: found.id, href: `/lieux/${found.slug}`, title: found.name, isTour: false, checked: undefined },
    context: [found.urgent ? freePlace.urgent : freePlace.context, commune].filter(Boolean).join(' · '),
    distance:
      found.km < 1 ? freePlace.near : fill(freePlace.km, { km: formatNumber('fr', Math.round(found.km * 10) / 10) }),
    detail: [`${placesInWords(found)}.`, found.note].filter(Boolean).join(' '),
    opening: { text: fill(freePlace.when, { day, part: partInWords(found.part) }), now: found.urgent },
  };
};

/** A rendez-vous of the agenda as a card: its page says whether one has to book. */
const eventCard = (event: EventRow) => ({
  ...{ id: `date-${event.id}`, href: event.page, title: event.title, isTour: false, checked: undefined },
  ...{ context: [event.organiser, event.commune].filter(Boolean).join(' · '), distance: undefined },
  detail: [event.where, event.cancelled ? '' : event.places].filter(Boolean).join(' · ') || undefined,
  opening: { text: capital(`${event.dayWords}, ${event.hours}`), now: false },
});

/** Solidarity baby-sitting as a card: it leads to the request. */
const teamCard = ({ registration, name }: OpenTeam, code: string) => ({
  ...{ id: `garde-${registration}`, title: name, isTour: false, checked: undefined, opening: undefined },
  ...{ context: words.sitting.context, distance: undefined, detail: words.sitting.offer },
  href: `/souffler/garde?${new URLSearchParams({ organisme: registration, code })}`,
});

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
