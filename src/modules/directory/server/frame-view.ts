import { fill } from '#messages/format.ts';
import { near as words } from '#messages/fr/near.ts';
import { inCommune, parseTerritory, type Territory } from '#modules/territory/index.ts';
import { type GeocodeAnswer, territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { readFrameTheme } from '../frame-theme.ts';
import { offerCard } from '../offer-card.ts';
import { drawPlan } from '../plan.ts';
import { kinds, labelOf, stages, type Word } from '../vocabulary.ts';
import { isoOfMoment } from '../week.ts';
import { findOffers, type OffersFound } from './find-offers.ts';
import { addressWith, type ListAddress, readListAddress } from './list-address.ts';
import { cursorOf, toRequest } from './parameters.ts';

/** Address of the frame. */
export const FRAME = '/integrer/cadre/lieux';
const lengths = ['5', '10', '20'];

/**
 * The list and the map of the frame that other sites show. The address says all of it: the place (`code`, `commune`,
 * `near`, or a whole territory in `territoire`), the filters of the list, and how it looks (`theme`, `couleur`, `taille`,
 * `nombre`, `carte=non`, `recherche=non`). What cannot be read is left out.
 */
export const frameView = async (
  context: Context,
  given: URLSearchParams,
  geocode: (text: string) => Promise<GeocodeAnswer[]>,
) => {
  const territories = context.indexes.get(territoryIndex);
  const territory = parseTerritory(given.get('territoire') ?? '');
  const described = territory.ok ? territories.describe(territory.value) : undefined;
  const fixed = territory.ok && described && given.get('commune') === null ? territory.value : undefined;
  const address = await readListAddress(territories, given, geocode);
  const perPage = Number(lengths.find((length) => length === given.get('nombre')) ?? 10);
  const kept = Object.fromEntries(
    ['territoire', 'theme', 'couleur', 'taille', 'nombre', 'carte', 'recherche']
      .map((name) => [name, given.get(name)?.slice(0, 40) ?? ''] as const)
      .filter(([, value]) => value !== ''),
  );
  const suite = given.get('suite')?.slice(0, 100);
  const parameters = parametersOf(address, fixed, suite);
  const found = searched(context, address, parameters, perPage);
  const cards =
    found?.hits.map((hit) =>
      // How far from the seat of a département is nobody's question.
      offerCard(found.place.hasCentre ? hit : { ...hit, metres: undefined }, found.times, words),
    ) ?? [];
  const spots = cards.flatMap(({ lat, lon }, rank) =>
    lat === undefined || lon === undefined ? [] : [{ lat, lon, rank: rank + 1 }],
  );
  const here = (changes: Readonly<Record<string, string>>): string =>
    addressWith(address, { ...kept, ...changes }, FRAME);
  const { place } = address;
  const where = fixed
    ? (described?.locative ?? '')
    : place.state === 'commune'
      ? inCommune({ code: place.commune.code, name: place.commune.name })
      : place.state === 'point' && place.label
        ? fill(words.aroundAddress, { address: place.label })
        : place.state === 'point'
          ? words.aroundPoint
          : '';
  return {
    theme: readFrameTheme(given),
    where,
    cards,
    summary: found && summaryOf(found, where),
    widened: found?.widened && found.km !== undefined ? fill(words.results.widened, { km: found.km }) : undefined,
    plan: given.get('carte') === 'non' ? undefined : drawPlan(spots, territories.communes),
    nextHref: found?.next ? here({ suite: cursorOf(parameters, found.next) }) : undefined,
    firstHref: suite ? here({}) : undefined,
    search:
      given.get('recherche') === 'non'
        ? undefined
        : {
            typed: address.typed,
            words: address.parameters.q ?? '',
            kind: select(kinds, address.texts.kind),
            stage: select(stages, address.texts.stage),
            hidden: hiddenFields(address, kept, fixed !== undefined),
            asksPlace: fixed === undefined,
          },
    choices:
      place.state === 'several' && !fixed
        ? place.choices.map(({ code, name, departement }) => ({
            ...{ title: name, detail: territories.departement(departement)?.name ?? '' },
            href: here({ code, commune: name, near: '' }),
          }))
        : [],
    unknown: place.state === 'unknown' && !fixed ? fill(words.none.title, { words: address.typed }) : undefined,
    siteHref:
      fixed && fixed.kind !== 'commune' ? '/autour-de-moi' : addressWith(address, fixed ? { code: fixed.code } : {}),
    madeOn: found && isoOfMoment(found.times.now('Europe/Paris')).slice(0, 10),
  };
};

export type FrameView = Awaited<ReturnType<typeof frameView>>;

/** The parameters of the search: a territory takes the place of a commune. */
const parametersOf = (
  { parameters }: ListAddress,
  fixed: Territory | undefined,
  suite: string | undefined,
): ListAddress['parameters'] => {
  if (!fixed) return parameters;
  const { commune: _, near: __, radius: ___, ...filters } = parameters;
  return { ...filters, territory: fixed, ...(suite ? { cursor: suite } : {}) };
};

const searched = (
  context: Context,
  { when }: ListAddress,
  parameters: ListAddress['parameters'],
  limit: number,
): OffersFound | undefined => {
  if (!parameters.commune && !parameters.near && !parameters.territory) return undefined;
  const request = toRequest({ ...parameters, limit }, context.clock.now());
  const { cursor: _, radius: __, open: ___, ...plain } = parameters;
  const usable = request.ok ? request : toRequest({ ...plain, limit }, context.clock.now());
  if (!usable.ok) return undefined;
  const opening = when ? { opening: { when } } : {};
  const filters = { ...usable.value.filters, ...opening };
  const found = findOffers(context, { ...usable.value, filters, by: 'site' });
  return found.ok ? found.value : undefined;
};

const summaryOf = ({ total, place }: OffersFound, where: string): string => {
  if (total === 0) return words.results.none;
  if (total === 1) return fill(words.results.one, { count: 1, where });
  const sentence = place.hasCentre ? words.results.many : '{count} réponses {where}';
  return fill(sentence, { count: total.toLocaleString('fr-FR'), where });
};

const select = (list: readonly Word[], chosen: string | undefined) => ({
  chosen: chosen ?? '',
  options: [
    // Several chosen by the site that shows the frame: one line that keeps them all.
    ...(chosen?.includes(',')
      ? [
          {
            value: chosen,
            label: chosen
              .split(',')
              .map((code) => labelOf(list, code))
              .join(', '),
          },
        ]
      : []),
    ...list.map(({ code, label }) => ({ value: code, label })),
  ],
});

/** What the form must carry along: how it looks, and the filters that it does not show. */
const hiddenFields = (
  { texts }: ListAddress,
  kept: Readonly<Record<string, string>>,
  isFixed: boolean,
): { name: string; value: string }[] => {
  const shown = isFixed ? ['q', 'kind', 'stage'] : ['q', 'kind', 'stage', 'commune', 'code', 'near'];
  return Object.entries({ ...texts, ...kept })
    .filter(([name]) => !shown.includes(name))
    .map(([name, value]) => ({ name, value }));
};
