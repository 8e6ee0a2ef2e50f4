import { fill, formatNumber } from '#messages/format.ts';
import { agenda as words } from '#messages/fr/agenda.ts';
import {
  type AccessFact,
  type Audience,
  accessFacts,
  audiences,
  type Cost,
  codesOf,
  costs,
  type Language,
  languages,
} from '#modules/directory/index.ts';
import {
  communeAsked,
  inCommune,
  parseTerritory,
  type TerritoryIndex,
  timeZoneOfCommune,
} from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { company, eventKinds, eventModes, MOST_MONTHS } from '../event.ts';
import { ageWords, monthsWords } from '../event-words.ts';
import type { EventCounts } from '../filters.ts';
import { type EventRequest, findEvents } from './find-events.ts';
import { type EventRow, readEvents } from './read-events.ts';

const PER_PAGE = 20;

/**
 * Everything that the page « Agenda » shows, from its address. What cannot be read is left out. Plain data. `keep`: names
 * in the address that every link of the page carries along.
 */
export const agendaView = async (
  context: Context,
  given: URLSearchParams,
  {
    path = '/agenda',
    perPage = PER_PAGE,
    keep = [],
  }: { readonly path?: string; readonly perPage?: number; readonly keep?: readonly string[] } = {},
) => {
  const territories = context.indexes.get(territoryIndex);
  const address = readAddress(territories, given);
  const { texts, asked } = address;
  const found = findEvents(context, { ...address.request, counting: true, limit: perPage });
  const answer = found.ok ? found.value : undefined;
  const events = await readEvents(context, answer?.hits.map(({ occurrence }) => occurrence) ?? []);
  // How far from the seat of a département is nobody's question.
  const kms = new Map(answer?.hasCentre ? answer.hits.map(({ occurrence, km }) => [occurrence, km]) : []);
  const carried = Object.fromEntries(keep.map((name) => [name, given.get(name)?.slice(0, 40) ?? '']));
  const with_ = (changes: Readonly<Record<string, string>>, to = path): string =>
    addressOf({ ...texts, ...carried }, changes, to);
  const commune = asked.state === 'found' ? asked.commune : undefined;
  const where = commune
    ? inCommune({ code: commune.code, name: commune.name })
    : address.near
      ? words.aroundPoint
      : (address.territory?.locative ?? '');
  const total = answer?.total ?? 0;
  return {
    texts,
    typed: commune ? commune.name : (texts.commune ?? ''),
    code: commune?.code ?? '',
    where,
    choices:
      asked.state === 'several'
        ? asked.communes.map(({ code, name, departement }) => ({
            ...{ title: name, detail: territories.departement(departement)?.name ?? '' },
            href: with_({ commune: name, code }),
          }))
        : [],
    unknown: asked.state === 'unknown' ? fill(words.unknownCommune, { words: texts.commune ?? '' }) : undefined,
    /** What was understood of the day, or that it was not. */
    when: answer?.days?.label,
    whenUnknown: texts.quand && !answer?.days ? fill(words.whenUnknown, { words: texts.quand }) : undefined,
    summary:
      total === 0
        ? words.results.none
        : fill(total === 1 ? words.results.one : words.results.many, {
            count: formatNumber('fr', total),
            where,
          }).trim(),
    total,
    days: grouped(events.map((event) => ({ ...cardOf(event), distance: distanceWords(kms.get(event.id)) }))),
    nextHref: answer?.next ? with_({ suite: `${answer.next.start}.${answer.next.occurrence}` }) : undefined,
    firstHref: given.get('suite') ? with_({}) : undefined,
    quick: quickDays.map((label) => ({
      label,
      chosen: texts.quand === label,
      href: with_({ quand: texts.quand === label ? '' : label }),
    })),
    calendarHref: with_({}, '/agenda/calendrier.ics'),
    feedHref: with_({}, '/agenda/flux.xml'),
    printHref: with_({ quand: '' }, '/agenda/programme'),
    options: optionsOf(texts, answer?.counts),
    madeOn: (answer?.today ?? context.clock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate()).toString(),
  };
};

export type AgendaView = Awaited<ReturnType<typeof agendaView>>;

const quickDays = ['ce week-end', 'cette semaine', 'mercredi', 'le mois prochain'] as const;

/** A card of the list. */
export const cardOf = (event: EventRow) => ({
  ...{ id: event.id, href: event.page, title: event.title, kind: event.kind, organiser: event.organiser },
  ...{ day: event.day, dayWords: event.dayWords, hours: event.hours, start: event.start, where: event.where },
  ...{ places: event.cancelled ? '' : event.places, full: event.free === 0, cancelled: event.cancelled },
  ...{ moved: event.moved && !event.cancelled, note: event.note ?? '' },
  tags: [
    ...(event.fields.costs.includes('gratuit') ? ['Gratuit'] : []),
    ...[ageWords(event.fields), event.fields.company === 'sans' ? 'Sans votre enfant' : ''].filter(Boolean),
    ...(event.fields.audiences.includes('peres-et-seconds-parents') ? ['Pères et seconds parents'] : []),
    ...(event.fields.audiences.includes('professionnels') ? ['Professionnels'] : []),
  ],
});

const grouped = <T extends { readonly day: string; readonly dayWords: string }>(cards: readonly T[]) =>
  [...Map.groupBy(cards, ({ day }) => day)].map(([day, events]) => ({
    day,
    title: events[0]?.dayWords ?? day,
    events,
  }));

const distanceWords = (km: number | undefined): string =>
  km === undefined || km < 1 ? '' : `à ${formatNumber('fr', Math.round(km))}\u00a0km`;

type Words = readonly { readonly code: string; readonly label: string }[];

/** The choices of the form: only those that would leave something, with how many dates. */
const optionsOf = (texts: AddressTexts, counts: EventCounts | undefined) => {
  const options = (list: Words, counted: ReadonlyMap<string, number> | undefined, chosen: string | undefined) =>
    list
      .filter(({ code }) => (counted?.get(code) ?? 0) > 0 || code === chosen)
      .map(({ code, label }) => ({ value: code, label: `${label} (${counted?.get(code) ?? 0})` }));
  return {
    kind: options(eventKinds, counts?.kinds, texts.kind),
    audience: options(audiences, counts?.audiences, texts.audience),
    language: options(languages, counts?.languages, texts.language),
    access: options(accessFacts, counts?.access, texts.access),
    cost: options(costs, counts?.costs, texts.cost),
    company: options(
      company.filter(({ code }) => code !== 'au-choix'),
      counts?.company,
      texts.company,
    ),
    age: [...new Set([...agesAsked, ...(isAge(texts.age) ? [Number(texts.age)] : [])])]
      .sort((one, other) => one - other)
      .map((age) => ({ value: String(age), label: age === 0 ? words.age.newborn : monthsWords(age) })),
  };
};

/** Ages that the form proposes, in months. */
const agesAsked = [0, 3, 6, 9, 12, 18, 24, 36] as const;

const isAge = (text: string | undefined): text is string => /^\d{1,2}$/.test(text ?? '') && Number(text) <= MOST_MONTHS;

const names = [
  'territoire',
  'commune',
  'code',
  'near',
  'quand',
  'q',
  'kind',
  'mode',
  'audience',
  'language',
  'access',
  'cost',
  'company',
  'age',
  'radius',
  'organisme',
] as const;
type AddressTexts = Partial<Record<(typeof names)[number], string>>;

/** The address of the agenda, in what a search understands. Also that of its calendar, feed, frame and programme. */
export const readAddress = (territories: TerritoryIndex, given: URLSearchParams) => {
  const texts: AddressTexts = {};
  for (const name of names) {
    const text = given.get(name)?.trim().slice(0, 120);
    if (text) texts[name] = text;
  }
  const asked = communeAsked(territories, texts.commune ?? '', texts.code ?? '');
  const near = pointIn(texts.near);
  const whole = parseTerritory(texts.territoire ?? '');
  const territory = whole.ok && texts.commune === undefined && !near ? territories.describe(whole.value) : undefined;
  const some = <T extends string>(text: string | undefined, codes: readonly T[]): T[] =>
    codes.filter((code) => text?.split(',').includes(code));
  const chosen = {
    kinds: some(texts.kind, codesOf(eventKinds)),
    modes: some(texts.mode, codesOf(eventModes)),
    audiences: some<Audience>(texts.audience, codesOf(audiences)),
    languages: some<Language>(texts.language, codesOf(languages)),
    access: some<AccessFact>(texts.access, codesOf(accessFacts)),
    costs: some<Cost>(texts.cost, codesOf(costs)),
  };
  const [start, occurrence] = (given.get('suite') ?? '').split('.').map(Number);
  const radius = Number(texts.radius);
  const request: Omit<EventRequest, 'limit'> = {
    ...Object.fromEntries(Object.entries(chosen).filter(([, codes]) => codes.length > 0)),
    ...(asked.state === 'found'
      ? { place: { kind: 'territory', territory: { kind: 'commune', code: asked.commune.code } } as const }
      : near
        ? { place: { kind: 'near', spot: near } as const }
        : whole.ok && territory
          ? { place: { kind: 'territory', territory: whole.value } as const }
          : {}),
    ...(radius >= 1 && radius <= 100 ? { km: radius } : { km: DEFAULT_KM }),
    ...(texts.q ? { q: texts.q } : {}),
    ...(texts.quand ? { when: texts.quand } : {}),
    ...(texts.company === 'avec' || texts.company === 'sans' ? { company: texts.company } : {}),
    ...(isAge(texts.age) ? { age: Number(texts.age) } : {}),
    ...(texts.organisme ? { organisation: texts.organisme } : {}),
    ...(Number.isSafeInteger(start) && Number.isSafeInteger(occurrence)
      ? { after: { start: start ?? 0, occurrence: occurrence ?? 0 } }
      : {}),
  };
  const [first] = whole.ok && territory ? territories.communesOf(whole.value) : [];
  const commune = asked.state === 'found' ? asked.commune : first;
  const zone = commune ? timeZoneOfCommune(commune) : 'Europe/Paris';
  return { texts, asked, near, territory, request, zone };
};

/** How far around is looked when nothing is said: a group is worth a longer way than a baker’s. */
const DEFAULT_KM = 20;

const pointIn = (text: string | undefined): { lat: number; lon: number } | undefined => {
  const [, lat, lon] = /^(-?\d{1,2}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)$/.exec(text ?? '') ?? [];
  return lat === undefined || lon === undefined || Math.abs(Number(lat)) > 90 || Math.abs(Number(lon)) > 180
    ? undefined
    : { lat: Number(lat), lon: Number(lon) };
};

const addressOf = (
  texts: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string>>,
  path: string,
): string => {
  const kept = Object.entries({ ...texts, ...changes }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(kept).toString();
  return query ? `${path}?${query}` : path;
};
