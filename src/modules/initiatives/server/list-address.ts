import { type CommuneAsked, communeAsked } from '#modules/territory/index.ts';
import type { InitiativeFilters } from '../search.ts';
import type { Catalogue } from './catalogue.ts';
import { pageParameters, resolveFilters, type SearchParameters, searchParameters } from './parameters.ts';

const schema = searchParameters.extend({ page: pageParameters.page });

type Name = keyof typeof schema.shape;
const names = Object.keys(schema.shape) as Name[];

/** What the address of the list asks for, as far as it can be understood. */
export interface ListAddress {
  /** One text for each parameter that holds, lists joined by commas: what links to the same list carry. */
  readonly texts: Readonly<Partial<Record<Name, string>>>;
  readonly filters: InitiativeFilters;
  readonly page: number;
  /** The place as typed. */
  readonly nearText: string;
  readonly near: CommuneAsked;
  /** Parameters that were set aside, because a page never refuses a link that somebody followed. */
  readonly ignored: readonly { readonly field: string; readonly message: string }[];
}

/**
 * Reads the address of the list page. More lenient than the API: fields left empty by the form are absent, a field
 * given several times is a list, the place may be a name, and what cannot be understood is set aside and reported.
 * `commune` is the code that goes with the typed place when it was chosen among propositions.
 */
export const readListAddress = (catalogue: Catalogue, parameters: URLSearchParams): ListAddress => {
  const nearText = (parameters.get('near') ?? '').trim().slice(0, 100);
  const near = communeAsked(catalogue.territories, nearText, parameters.get('commune') ?? '');
  const { texts, values, ignored } = readEach(parameters, near);

  const filters = resolveFilters(catalogue, values);
  if (!filters.ok) {
    // A radius or an order that waits for a place: without one, they mean nothing yet.
    const { radius: _radius, sort: _sort, ...rest } = values;
    const { radius: _radiusText, sort: _sortText, ...restTexts } = texts;
    const without = resolveFilters(catalogue, rest);
    if (!without.ok) throw new Error(`cannot read the list without ${without.error.field}`);
    return { texts: restTexts, filters: without.value, page: values.page ?? 1, nearText, near, ignored };
  }
  return { texts, filters: filters.value, page: values.page ?? 1, nearText, near, ignored };
};

const readEach = (parameters: URLSearchParams, near: CommuneAsked) => {
  const texts: Partial<Record<Name, string>> = {};
  const ignored: { field: string; message: string }[] = [];
  const given: Partial<Record<Name, unknown>> = {};
  for (const name of names) {
    const typed = name === 'near' ? (near.state === 'found' ? near.commune.code : '') : joined(parameters, name);
    if (typed === '') continue;
    const parsed = schema.shape[name].safeParse(typed);
    if (parsed.success) {
      texts[name] = typed;
      given[name] = parsed.data;
    } else ignored.push({ field: name, message: parsed.error.issues[0]?.message ?? '' });
  }
  // Each value was made by the schema of its own name.
  return { texts, ignored, values: given as SearchParameters & { page?: number } };
};

const joined = (parameters: URLSearchParams, name: string): string =>
  parameters
    .getAll(name)
    .map((value) => value.trim())
    .filter(Boolean)
    .join(',');
