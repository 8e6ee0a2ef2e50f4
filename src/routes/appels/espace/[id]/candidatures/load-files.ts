import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { applicationStatuses, formatCents } from '#modules/calls/index.ts';
import { type FileFilters, type FileSort, fileSorts, filesOf, placeOf } from '#modules/calls/server/index.ts';
import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { pageAsked } from '#platform/page-asked.ts';
import { isScope, type Scope } from '#platform/permissions.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { oneLine } from '#platform/text.ts';
import { statusWords } from './words.ts';

/** Files on one page. */
const PAGE = 50;

/** The filters that an address says; what it says wrongly is left out. */
export const readFilters = (asked: URLSearchParams, kind: 'full' | 'intent'): FileFilters => {
  const of = (name: string): string => oneLine(asked.get(name) ?? '').slice(0, 200);
  const cents = (name: string): number | undefined => {
    const plain = of(name).replaceAll(/[\s€]/g, '');
    return /^\d{1,9}$/.test(plain) ? Number(plain) * 100 : undefined;
  };
  return {
    ...{
      kind,
      text: of('q'),
      territory: of('territoire'),
      legalForm: of('statut_porteur'),
      evaluator: of('evaluation'),
    },
    status: applicationStatuses.find((status) => status === of('etat')),
    axis: /^\d{1,2}$/.test(of('axe')) ? Number(of('axe')) : undefined,
    ...{ least: cents('de'), most: cents('a') },
    sort: fileSorts.find((sort) => sort === of('tri')) ?? 'number',
    descending: of('sens') === 'desc',
  };
};

/** The list of the candidatures, or of the letters of intent, of a call, as its page shows it. */
export const loadFiles = async (context: PersonContext, id: string, url: URL, kind: 'full' | 'intent') => {
  const filters = readFilters(url.searchParams, kind);
  const page = pageAsked(url);
  const files = await filesOf(context, id, filters, { take: PAGE, skip: (page - 1) * PAGE });
  if (!files.open) {
    if (files.because === 'stranger') error(404, 'Cet appel n’existe pas, ou n’est pas pour vous.');
    return { ...base(id, kind), because: files.because, list: undefined };
  }
  const { zone, axes, evaluators, call } = files;
  const at = `/appels/espace/${id}/candidatures${kind === 'intent' ? '/lettres' : ''}`;
  const query = new URLSearchParams([...url.searchParams].filter(([name, value]) => name !== 'page' && value !== ''));
  const without = (name: string): string => {
    const rest = new URLSearchParams([...query].filter(([one]) => one !== name));
    return `${at}${rest.size > 0 ? `?${rest}` : ''}`;
  };
  const sortBy = (sort: FileSort): string => {
    const next = new URLSearchParams(query);
    next.set('tri', sort);
    next.set('sens', filters.sort === sort && !filters.descending ? 'desc' : 'asc');
    return `${at}?${next}`;
  };
  const sorted = (sort: FileSort) =>
    filters.sort === sort
      ? ({ sorted: filters.descending ? 'descending' : 'ascending' } as const)
      : ({} as { sorted?: 'ascending' | 'descending' });
  const list = {
    ...{ title: files.title, at, filters, page, query: query.toString() },
    ...{ total: files.total, pages: Math.max(1, Math.ceil(files.total / PAGE)), asked: formatCents(files.asked) },
    ...{ least: euros(filters.least), most: euros(filters.most) },
    rows: files.rows.map((row) => ({
      ...{ id: row.id, href: `/appels/espace/${id}/candidatures/${row.id}`, number: row.number, late: row.late },
      ...{ title: row.title, holder: row.holder, legalForm: row.legal_form, asked: formatCents(row.asked_cents) },
      ...{ axes: row.axes.join(', '), status: statusWords[row.status] },
      deposited: row.deposited_at ? formatDay('fr', dayAt(row.deposited_at, zone).toString()) : '',
    })),
    sorts: fileSorts.map((sort) => ({ sort, sortHref: sortBy(sort), ...sorted(sort) })),
    hrefFor: query.size > 0 ? `${at}?${query}&page=` : `${at}?page=`,
    active: activeFilters(filters, { axes, evaluators, place: (scope) => placeOf(context, scope).name }).map(
      ({ name, label }) => ({ label, removeHref: without(name) }),
    ),
    choices: {
      statuses: files.statuses.map(({ status, files: count }) => ({
        value: status,
        label: `${statusWords[status]} (${count})`,
      })),
      axes: axes.map(({ number, short }) => ({ value: String(number), label: `${number}. ${short}` })),
      legalForms: files.legalForms.map((form) => ({ value: form, label: form })),
      territories: territoriesIn(context, call.territory),
      evaluators: evaluators.map((one) => ({ value: one.id, label: one.name })),
    },
  };
  return { ...base(id, kind), because: undefined, list };
};

const base = (id: string, kind: 'full' | 'intent') => ({
  ...{ id, kind, here: kind === 'full' ? 'Candidatures' : 'Lettres d’intention' },
  trail: [
    { href: `/appels/espace/${id}`, label: 'L’appel' },
    ...(kind === 'intent' ? [{ href: `/appels/espace/${id}/candidatures`, label: 'Candidatures' }] : []),
  ],
});

const euros = (cents: number | undefined): string => (cents === undefined ? '' : String(cents / 100));

/** The filters that hold, by their names in the address. */
const activeFilters = (
  { text, status, axis, territory, legalForm, least, most, evaluator }: FileFilters,
  names: {
    readonly axes: readonly { readonly number: number; readonly short: string }[];
    readonly evaluators: readonly { readonly id: string; readonly name: string }[];
    readonly place: (scope: Scope) => string;
  },
): readonly { readonly name: string; readonly label: string }[] => {
  const one = (name: string, value: unknown, label: string) =>
    value === undefined || value === '' ? [] : [{ name, label }];
  return [
    ...one('q', text, `« ${text} »`),
    ...one('etat', status, status ? statusWords[status] : ''),
    ...one('axe', axis, names.axes.find(({ number }) => number === axis)?.short ?? `axe ${axis}`),
    ...one('territoire', territory, isScope(territory) ? names.place(territory) : territory),
    ...one('statut_porteur', legalForm, legalForm),
    ...one('de', least, `au moins ${formatCents(least ?? 0)}`),
    ...one('a', most, `au plus ${formatCents(most ?? 0)}`),
    ...one('evaluation', evaluator, names.evaluators.find(({ id }) => id === evaluator)?.name ?? 'évaluation'),
  ];
};

/** The départements and intercommunal bodies of the territory of a call, to choose from. */
const territoriesIn = (context: PersonContext, scope: Scope) => {
  const territory = parseTerritory(scope);
  const communes = territory.ok ? context.indexes.get(territoryIndex).communesOf(territory.value) : [];
  const named = (scopes: readonly Scope[], group: string) =>
    [...new Set(scopes)]
      .map((value) => ({ value, group, label: placeOf(context, value).name }))
      .toSorted((one, other) => one.label.localeCompare(other.label, 'fr'));
  return [
    ...named(
      communes.map(({ departement }): Scope => `departement:${departement}`),
      'Départements',
    ),
    ...named(
      communes.flatMap(({ epci }): Scope[] => (epci ? [`epci:${epci}`] : [])),
      'Intercommunalités',
    ),
  ];
};
