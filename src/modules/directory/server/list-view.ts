import { fill, formatDay, formatNumber } from '#messages/format.ts';
import { near as words } from '#messages/fr/near.ts';
import { allPriorities, priorityOf } from '#modules/priorities/server/index.ts';
import { inCommune, type Territory, territoryPath } from '#modules/territory/index.ts';
import { type GeocodeAnswer, territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { offerCard } from '../offer-card.ts';
import { hourWords } from '../opening-words.ts';
import type { FacetCounts } from '../search/filters.ts';
import { accessFacts, audiences, costs, kinds, labelOf, languages, modes, stages, type Word } from '../vocabulary.ts';
import { isoOfMoment } from '../week.ts';
import { findOffers, type OffersFound } from './find-offers.ts';
import { addressWith, type ListAddress, moments, readListAddress } from './list-address.ts';
import { cursorOf, toRequest } from './parameters.ts';

const PER_PAGE = 20;

/** Everything that the page « Autour de moi » shows, from its address. Plain data. */
export const nearView = async (
  context: Context,
  given: URLSearchParams,
  geocode: (text: string) => Promise<GeocodeAnswer[]>,
  perPage = PER_PAGE,
) => {
  const territories = context.indexes.get(territoryIndex);
  const address = await readListAddress(territories, given, geocode);
  const { place } = address;
  const found = place.state === 'commune' || place.state === 'point' ? searched(context, address, perPage) : undefined;
  const commune = place.state === 'commune' ? place.commune : undefined;
  const departementOf = (code: string): string => territories.departement(code)?.name ?? '';
  return {
    typed: address.typed,
    commune: commune && {
      ...{ code: commune.code, name: commune.name, departement: departementOf(commune.departement) },
      departementCode: commune.departement,
      path: territoryPath({ kind: 'commune', code: commune.code }),
    },
    choices:
      place.state === 'several'
        ? place.choices.map(({ code, name, departement }) => ({
            ...{ title: name, detail: departementOf(departement) },
            href: addressWith(address, { code, commune: name, near: '' }),
          }))
        : [],
    unknown: place.state === 'unknown' ? fill(words.none.title, { words: address.typed }) : undefined,
    list: found && listOf(found, commune),
    departement: found?.answer.place.commune?.departement,
    hidden: hiddenFields(address),
  };
};

export type NearView = Awaited<ReturnType<typeof nearView>>;

interface Searched {
  /** What was understood of the address. */
  readonly address: ListAddress;
  readonly answer: OffersFound;
  /** How many would be left, were each moment chosen instead of the one that is. */
  readonly moments: Readonly<Record<(typeof moments)[number], number>>;
}

const searched = (context: Context, address: ListAddress, limit: number): Searched | undefined => {
  const usable = toRequest({ ...address.parameters, limit }, context.clock.now());
  // What does not go with the rest is left out, and no longer told as chosen.
  if (!usable.ok) {
    const less = without(address, usable.error.field);
    return less && searched(context, less, limit);
  }
  // A count is of all the pages.
  const { after: ____, ...first } = usable.value;
  const at = (when: (typeof moments)[number]) => ({ ...first.filters, opening: { when } });
  const found = findOffers(context, {
    ...{ ...usable.value, filters: address.when ? at(address.when) : first.filters },
    ...{ by: 'site', countFacets: true },
  });
  if (!found.ok) return undefined;
  const { km } = found.value;
  const count = (when: (typeof moments)[number]): number => {
    const open = findOffers(context, {
      ...{ ...first, filters: at(when), limit: 1, by: 'site' },
      ...(km === undefined ? {} : { km }),
    });
    return open.ok ? open.value.total : 0;
  };
  return {
    ...{ address, answer: found.value },
    moments: { now: count('now'), evening: count('evening'), saturday: count('saturday') },
  };
};

/** The address without one of its parameters; undefined when it has it not. */
const without = (address: ListAddress, name: string | undefined): ListAddress | undefined => {
  if (name === undefined || Reflect.get(address.parameters, name) === undefined) return undefined;
  const kept = <T extends object>(values: T): T =>
    Object.fromEntries(Object.entries(values).filter(([key]) => key !== name)) as T;
  return { ...address, parameters: kept(address.parameters), texts: kept(address.texts) };
};

const listOf = (
  { address, answer: found, moments: open }: Searched,
  commune: { readonly code: Territory['code']; readonly name: string } | undefined,
) => {
  const { total, hits, next, facets, km, widened } = found;
  const where = commune
    ? inCommune({ code: commune.code as never, name: commune.name })
    : address.place.state === 'point' && address.place.label
      ? fill(words.aroundAddress, { address: address.place.label })
      : words.aroundPoint;
  const query = new URLSearchParams(apiTexts(address)).toString();
  return {
    total,
    summary:
      total === 0
        ? words.results.none
        : fill(total === 1 ? words.results.one : words.results.many, { count: formatNumber('fr', total), where }),
    widened: widened && km !== undefined ? fill(words.results.widened, { km }) : undefined,
    cards: hits.map((hit) => offerCard(hit, found.times, words)),
    /** On paper there is no next page: what is left out is said. */
    firstOnly: next ? fill(words.list.firstOnly, { count: formatNumber('fr', hits.length) }) : undefined,
    nextHref: next ? addressWith(address, { suite: cursorOf(address.parameters, next) }) : undefined,
    firstHref: address.parameters.cursor ? addressWith(address, {}) : undefined,
    quick: quickFilters(address),
    active: activeFilters(address),
    form: facets && formOf(address, facets, open),
    centre: found.place.where.kind === 'box' ? undefined : found.place.where.spot,
    km,
    /** Filters of this list, as the API and the tiles take them. */
    apiQuery: query,
    tileQuery: new URLSearchParams(tileTexts(address)).toString(),
    printHref: addressWith(address, {}, '/autour-de-moi/liste'),
    sheetHref: addressWith(address, {}, '/autour-de-moi/fiche'),
    madeOn: isoOfMoment(found.times.now('Europe/Paris')).slice(0, 10),
  };
};

const tileTexts = ({ texts, when }: ListAddress): Record<string, string> => {
  const { commune: _, code: __, near: ___, quand: ____, radius: _____, ...filters } = texts;
  return { ...filters, ...(when ? { open: when } : {}) };
};

const apiTexts = (address: ListAddress): Record<string, string> => {
  const { place, texts, parameters } = address;
  const spot = parameters.near;
  return {
    ...(place.state === 'commune' ? { commune: place.commune.code } : {}),
    ...(place.state === 'point' && spot ? { near: `${spot.lat},${spot.lon}` } : {}),
    ...tileTexts(address),
    ...(texts.radius && parameters.radius !== undefined ? { radius: texts.radius } : {}),
  };
};

const quickFilters = (address: ListAddress) => {
  const { texts, when } = address;
  const toggle = (label: string, name: string, value: string, chosen: boolean) => ({
    ...{ label, chosen },
    href: addressWith(address, { [name]: chosen ? '' : value }),
  });
  const filtered = ['stage', 'kind', 'quand'].some((name) => texts[name]);
  return [
    { label: words.quick.all, chosen: !filtered, href: addressWith(address, { stage: '', kind: '', quand: '' }) },
    toggle(words.quick.pregnancy, 'stage', 'grossesse', texts.stage === 'grossesse'),
    toggle(words.quick.tours, 'kind', 'itinerant', texts.kind === 'itinerant'),
    toggle(words.quick.groups, 'kind', 'groupe-de-parents', texts.kind === 'groupe-de-parents'),
    toggle(words.quick.now, 'quand', 'now', when === 'now'),
  ];
};

const vocabulary: Readonly<Record<string, readonly Word[]>> = {
  ...{ kind: kinds, stage: stages, audience: audiences, mode: modes, language: languages, access: accessFacts },
  ...{ cost: costs },
};

const activeFilters = (address: ListAddress) => {
  const { texts, when, parameters } = address;
  const active: { label: string; removeHref: string }[] = [];
  const add = (name: string, label: string) => active.push({ label, removeHref: addressWith(address, { [name]: '' }) });
  if (parameters.q) add('q', `«\u00a0${parameters.q}\u00a0»`);
  for (const [name, list] of Object.entries(vocabulary)) {
    const text = texts[name];
    if (text && Reflect.get(parameters, name))
      add(
        name,
        text
          .split(',')
          .map((code) => labelOf(list, code))
          .join(', '),
      );
  }
  if (parameters.priority) add('priority', parameters.priority.map((number) => priorityOf(number).title).join(', '));
  if (when) add('quand', words.filters.opening[when]);
  else if (parameters.open?.when === 'local') {
    const { at } = parameters.open;
    const day = formatDay('fr', at.toPlainDate().toString());
    add('open', `${day}, ${hourWords(at.toString(), words.opening)}`);
  }
  if (parameters.radius !== undefined) add('radius', fill(words.filters.radius.option, { km: parameters.radius }));
  return active;
};

/** The choices of the form: only those that would leave something, with how many. */
const formOf = ({ texts, when, parameters }: ListAddress, facets: FacetCounts, open: Searched['moments']) => {
  const options = (list: readonly Word[], counts: Readonly<Record<string, number>>, chosen: string | undefined) =>
    list
      .filter(({ code }) => (counts[code] ?? 0) > 0 || code === chosen)
      .map(({ code, label }) => ({ value: code, label: `${label} (${counts[code] ?? 0})` }));
  const select = (name: string, list: readonly Word[], counts: Readonly<Record<string, number>>) => ({
    ...{ name, chosen: texts[name] ?? '' },
    options: options(list, counts, texts[name]),
  });
  const priorities = allPriorities().map(({ number, title }) => ({
    code: String(number),
    label: `${number}. ${title}`,
  }));
  return {
    words: parameters.q ?? '',
    radius: parameters.radius === undefined ? '' : String(parameters.radius),
    when: when ?? '',
    moments: moments.map((value) => ({ value, label: `${words.filters.opening[value]} (${open[value]})` })),
    at: parameters.open?.when === 'local' ? parameters.open.at.toString().slice(0, 16) : '',
    stage: select('stage', stages, facets.stages),
    kind: select('kind', kinds, facets.kinds),
    audience: select('audience', audiences, facets.audiences),
    mode: select('mode', modes, facets.modes),
    cost: select('cost', costs, facets.costs),
    language: select('language', languages, facets.languages),
    access: select('access', accessFacts, facets.access),
    priority: select('priority', priorities, facets.priorities),
  };
};

/** What the form of filters must carry along: the place. */
const hiddenFields = ({ texts }: ListAddress): { name: string; value: string }[] =>
  ['near'].flatMap((name) => (texts[name] ? [{ name, value: texts[name] }] : []));
