import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { localOverview } from '#modules/directory/server/index.ts';
import { initiativePath } from '#modules/initiatives/index.ts';
import { initiativesOfTerritory } from '#modules/initiatives/server/index.ts';
import { networkPath, networksAround } from '#modules/networks/server/index.ts';
import { isPriorityNumber } from '#modules/priorities/index.ts';
import { allPriorities } from '#modules/priorities/server/index.ts';
import {
  ARRIVAL_DAYS,
  arrivalsIn,
  LISTED_AT_ONCE,
  type Listed,
  listedIn,
} from '#modules/professionals/server/index.ts';
import {
  aboveOf,
  formatTerritory,
  nameWithDepartement,
  parseTerritory,
  type TerritoryIndex,
  territoryPath,
} from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { dayAt, todayIn } from '#platform/clock.ts';
import { pageAsked } from '#platform/page-asked.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { territoryAsked } from './territory-asked.ts';

/** Projects shown: the others are on the public page. */
const PROJECTS = 6;

/** A territory for its professionals: who does what, what is missing, who arrived, the networks and the projects. */
export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const index = context.indexes.get(territoryIndex);
  const territory = territoryAsked(index, params);
  const told = index.describe(territory);
  const overview = localOverview(context, territory);
  if (!told || !overview) error(404, 'Ce territoire n’existe pas.');
  const asked = Number(url.searchParams.get('priorite') ?? '');
  const priority = isPriorityNumber(asked) ? asked : undefined;
  const page = pageAsked(url);
  const { total, listed } = await listedIn(context, territory, { priority, page });
  const priorities = allPriorities();
  const path = `/professionnels${territoryPath(territory)}`;
  const line = lineOf(index);
  const networks = await networksAround(context, territory);
  const projects = initiativesOfTerritory(context, territory);
  return {
    ...{ here: told.name, path, name: told.name, locative: told.locative, total: overview.total, priority, page },
    today: formatDay('fr', todayIn(context.clock, 'Europe/Paris').toString()),
    around: aboveOf(index, territory)
      .slice(1)
      .flatMap((scope) => {
        const above = parseTerritory(scope);
        const name = above.ok ? index.describe(above.value)?.name : undefined;
        return above.ok && name ? [{ href: `/professionnels${territoryPath(above.value)}`, name }] : [];
      }),
    priorities: overview.priorities.map(({ priority: number, total: count, first }) => ({
      ...{ number, count, first, title: priorities[number - 1]?.title ?? '' },
      more: count - first.length,
    })),
    missingKinds: overview.missingKinds,
    arrivalDays: ARRIVAL_DAYS,
    arrivals: (await arrivalsIn(context, territory)).map((one) => ({
      ...line(one),
      since: formatDay('fr', dayAt(one.since, 'Europe/Paris').toString()),
    })),
    registered: {
      total,
      pages: Math.ceil(total / LISTED_AT_ONCE),
      lines: listed.map((one) => ({
        ...line(one),
        words: one.contributions.find((contribution) => contribution.priority === priority)?.words,
      })),
    },
    networks: networks.map(({ id, name, territory: scope, members }) => {
      const place = parseTerritory(scope);
      return {
        ...{ href: networkPath(id), title: name },
        detail: `${(place.ok && index.describe(place.value)?.name) || ''} · ${members} ${members > 1 ? 'membres' : 'membre'}`,
      };
    }),
    territory: formatTerritory(territory),
    projects: {
      count: projects.length,
      href: territoryPath(territory),
      rows: projects.slice(0, PROJECTS).map(({ initiative, place }) => ({
        ...{ href: initiativePath(initiative.slug), title: initiative.title, detail: place?.name },
      })),
    },
  };
};

/** Somebody in a list: what they are and where, never more than they publish. */
const lineOf =
  (index: TerritoryIndex) =>
  ({ id, name, what, insee }: Listed) => {
    const commune = index.commune(insee ?? '');
    return { id, name, what: [what, commune && nameWithDepartement(commune, index)].filter(Boolean).join(' · ') };
  };
