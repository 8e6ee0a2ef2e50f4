import { fill } from '#messages/format.ts';
import { tours as words } from '#messages/fr/tours.ts';
import { tourPath } from '#modules/directory/index.ts';
import { type Commune, communeAsked, inCommune, nameWithDepartement } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { stopsNear } from './followers.ts';
import { comingVisits, daysAhead, type VisitTold } from './public-views.ts';
import { readChanges } from './read-tours.ts';

/** The most visits, and vehicles, of the page. */
const most = { visits: 30, vehicles: 100 } as const;

/** What comes near a commune, as the address asks (`commune`, `code`); without one, every vehicle. */
export const nearToursView = async (context: Context, given: URLSearchParams) => {
  const territories = context.indexes.get(territoryIndex);
  const typed = (given.get('commune') ?? '').trim().slice(0, 100);
  const asked = communeAsked(territories, typed, given.get('code') ?? '');
  const commune = asked.state === 'found' ? asked.commune : undefined;
  return {
    typed: commune ? nameWithDepartement(commune, territories) : typed,
    code: commune?.code ?? '',
    where: commune && inCommune(commune),
    choices:
      asked.state === 'several'
        ? asked.communes.map((one) => ({
            href: `/bus?${new URLSearchParams({ commune: one.name, code: one.code })}`,
            title: nameWithDepartement(one, territories),
          }))
        : [],
    unknown: asked.state === 'unknown' ? fill(words.unknownCommune, { words: typed }) : undefined,
    visits: commune ? await visitsNear(context, commune) : [],
    vehicles: await vehicles(context),
  };
};

const visitsNear = async (context: Context, commune: Commune): Promise<(VisitTold & { tour: string })[]> => {
  const stops = await stopsNear(context, commune);
  const since = context.clock.now().toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 2 });
  const tours = Map.groupBy(stops, ({ tour }) => tour);
  const changes = await readChanges(context, { tours: [...tours.keys()], since });
  return [...tours]
    .flatMap(([id, own]) => {
      const tour = { id, name: own[0]?.tourName ?? '' };
      return comingVisits(context, { tour, stops: own, changes }, daysAhead.vehicle).map((visit) => ({
        ...visit,
        tour: tour.name,
      }));
    })
    .sort((one, other) => Temporal.Instant.compare(one.at, other.at))
    .slice(0, most.visits)
    .map(({ key, stop, on, day, hours, label, where, href, state, changed, isToday, tour }) => ({
      ...{ key, stop, on, day, hours, label, where, href, state, changed, isToday, tour },
    }));
};

const vehicles = async ({ db }: Context) => {
  const rows = await db
    .selectFrom('tour')
    .leftJoin('organisation', 'organisation.id', 'tour.organisation_id')
    .select(['tour.id', 'tour.name', 'organisation.name as organisation'])
    .where('tour.state', '=', 'open')
    .orderBy('tour.name')
    .orderBy('tour.id')
    .limit(most.vehicles)
    .execute();
  return rows.map(({ id, name, organisation }) => ({
    ...{ href: tourPath({ id, name }), title: name, detail: organisation ?? undefined },
  }));
};
