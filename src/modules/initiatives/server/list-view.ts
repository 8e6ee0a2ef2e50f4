import { formatNumber } from '#messages/format.ts';
import { findTheme } from '#modules/priorities/index.ts';
import { allPriorities } from '#modules/priorities/server/index.ts';
import { inCommune, nameWithDepartement } from '#modules/territory/index.ts';
import { keepPerVersion } from '#platform/keep.ts';
import type { Context } from '#platform/server/context.ts';
import { callFilters, callTitles } from '../call-family.ts';
import type { Facet, SearchResult } from '../search.ts';
import { type Catalogue, catalogue, type Entry } from './catalogue.ts';
import { type ListAddress, readListAddress } from './list-address.ts';
import { DEFAULT_RADIUS_KM } from './parameters.ts';
import { countOfProjects, projectCard } from './views.ts';

const PER_PAGE = 20;
const LIST = '/initiatives';

/** Everything the page of the list shows, from its address. Plain data. */
export const listView = (context: Context, parameters: URLSearchParams) => {
  const all = catalogue(context);
  return views(all, parameters.toString(), () => viewOf(all, parameters));
};

const viewOf = (all: Catalogue, parameters: URLSearchParams) => {
  const address = readListAddress(all, parameters);
  const result = all.search(address.filters);
  const pages = Math.max(1, Math.ceil(result.found.length / PER_PAGE));
  const page = Math.min(address.page, pages);
  const shown = result.found.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  return {
    summary: summaryOf(result, address),
    withoutPlace: result.withoutPlace,
    /** Where to look when nothing is near enough: the same list without limit of distance. */
    farHref: address.filters.near ? `${LIST}${farther(address)}` : undefined,
    cards: shown.map((one) => projectCard(all.territories, one)),
    total: result.found.length,
    ...{ page, pages },
    /** Address of the same list on its first page: `?q=creche`, or nothing. */
    query: queryWithout(address, 'page'),
    active: activeFilters(all, address),
    form: formOf(all, address, result),
    near: nearView(all, address),
    ignored: address.ignored.map(({ field, message }) => `« ${fieldNames[field] ?? field} » ${message}`),
  };
};

const views = keepPerVersion<Catalogue, ReturnType<typeof viewOf>>(100);

const summaryOf = ({ found }: SearchResult<Entry>, { filters, near }: ListAddress): string => {
  const count = countOfProjects(found.length);
  if (near.state !== 'found' || !filters.near) return count;
  return `${count} ${inCommune(near.commune)} et à moins de ${formatNumber('fr', filters.near.radiusKm)} km à la ronde`;
};

const fieldNames: Readonly<Record<string, string>> = {
  ...{ q: 'Mots', priority: 'Priorité', theme: 'Thème', region: 'Région', departement: 'Département' },
  ...{ call: 'Appel', near: 'Commune', radius: 'Rayon', sort: 'Ordre', page: 'Page' },
};

type Name = keyof ListAddress['texts'];

/** The parameters of the list, without one of them or without one value of it, from the first page. */
const queryWithout = ({ texts }: ListAddress, name: Name, value?: string): string => {
  const kept = Object.entries(texts).flatMap(([key, text]) => {
    if (key === 'page' || (key === name && value === undefined)) return [];
    if (name === 'near' && (key === 'radius' || key === 'sort')) return [];
    // A code alone would be taken for a postcode.
    if (key === 'near')
      return [
        [key, text],
        ['commune', text],
      ];
    if (key !== name) return [[key, text]];
    const rest = text.split(',').filter((one) => one.trim() !== value);
    return rest.length > 0 ? [[key, rest.join(',')]] : [];
  });
  const query = new URLSearchParams(kept).toString();
  return query === '' ? '' : `?${query}`;
};

const farther = (address: ListAddress): string => {
  const query = new URLSearchParams(queryWithout(address, 'radius'));
  query.set('radius', '1000');
  return `?${query}`;
};

/** The filters that hold, in words, each with the address of the list without it. */
const activeFilters = ({ territories }: Catalogue, address: ListAddress) => {
  const { filters, near } = address;
  const without = (name: Name, value?: string): string => `${LIST}${queryWithout(address, name, value)}`;
  const chips = (name: Name, values: readonly (string | number)[], label: (value: string) => string) =>
    values.map(String).map((value) => ({ label: label(value), removeHref: without(name, value) }));
  const priority = (value: string) => allPriorities().find(({ number }) => String(number) === value)?.title ?? value;
  return [
    ...(filters.words ? [{ label: `« ${filters.words} »`, removeHref: without('q') }] : []),
    ...chips('priority', filters.priorities, priority),
    ...chips('theme', filters.themes, (slug) => findTheme(allPriorities(), slug)?.theme.title ?? slug),
    ...chips('region', filters.regions, (code) => territories.region(code)?.name ?? code),
    ...chips('departement', filters.departements, (code) => territories.departement(code)?.name ?? code),
    ...chips(
      'call',
      filters.calls,
      (call) => callFilters.filter((one) => one === call).map((one) => callTitles[one].short)[0] ?? call,
    ),
    ...(near.state === 'found' && filters.near
      ? [
          {
            label: `${near.commune.name}, ${formatNumber('fr', filters.near.radiusKm)} km`,
            removeHref: without('near'),
          },
        ]
      : []),
  ];
};

interface Option {
  readonly value: string;
  readonly label: string;
}

/** The fields of the form: what is chosen, and what can be chosen with how many projects each. */
const formOf = ({ territories }: Catalogue, address: ListAddress, { counts }: SearchResult<Entry>) => {
  const { texts, filters } = address;
  const field = (facet: Facet, chosen: string | undefined, values: readonly Option[], several: string) => {
    const offered = values.flatMap(({ value, label }) => {
      const count = counts[facet].get(value) ?? 0;
      return count > 0 || value === chosen ? [{ value, label: `${label} (${count})` }] : [];
    });
    // A link may hold several values where the list of the device takes one: they stay until another is chosen.
    const number = chosen?.split(',').length ?? 0;
    return {
      chosen,
      options: number > 1 && chosen ? [{ value: chosen, label: `${number} ${several}` }, ...offered] : offered,
    };
  };
  const named = (items: readonly { readonly code: string; readonly name: string }[]): Option[] =>
    items.map(({ code, name }) => ({ value: code, label: name }));
  const themes = allPriorities().flatMap((priority) => priority.themes);
  return {
    words: filters.words,
    nearText:
      address.near.state === 'found' ? nameWithDepartement(address.near.commune, territories) : address.nearText,
    nearCode: address.near.state === 'found' ? address.near.commune.code : '',
    radius: String(filters.near?.radiusKm ?? DEFAULT_RADIUS_KM),
    sort: texts.sort ?? '',
    priority: field(
      'priorities',
      texts.priority,
      allPriorities().map(({ number, title }) => ({ value: String(number), label: `${number}. ${title}` })),
      'priorités choisies',
    ),
    theme: field(
      'themes',
      texts.theme,
      themes.map(({ slug, title }) => ({ value: slug, label: title })),
      'thèmes choisis',
    ),
    region: field('regions', texts.region, named(territories.regions), 'régions choisies'),
    departement: field(
      'departements',
      texts.departement?.toUpperCase(),
      named(territories.departements),
      'départements choisis',
    ),
    call: field(
      'calls',
      texts.call,
      callFilters.map((call) => ({ value: call, label: callTitles[call].short })),
      'appels choisis',
    ),
  };
};

/** What to say of the place that was typed, when it is not simply found. */
const nearView = ({ territories }: Catalogue, address: ListAddress) => {
  const { near, nearText } = address;
  if (near.state === 'unknown') return { state: near.state, typed: nearText, choices: [] };
  if (near.state !== 'several') return undefined;
  const base = queryWithout(address, 'near');
  const choices = near.communes.map((commune) => ({
    href: `${LIST}${base === '' ? '?' : `${base}&`}near=${commune.code}&commune=${commune.code}`,
    title: nameWithDepartement(commune, territories),
  }));
  return { state: near.state, typed: nearText, choices };
};
