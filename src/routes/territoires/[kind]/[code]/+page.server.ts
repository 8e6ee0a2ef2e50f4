import { error, redirect } from '@sveltejs/kit';
import { initiativePath } from '#modules/initiatives/index.ts';
import { initiativesOfTerritory } from '#modules/initiatives/server/index.ts';
import {
  formatTerritory,
  kindOfSegment,
  parseTerritory,
  territoryPath,
  territorySheet,
  territoryToShow,
} from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { pageAsked } from '#platform/page-asked.ts';
import { unsent } from '#platform/unsent.ts';

/** The sheet of a territory, and what is done there. A former code leads to the commune of today. */
export const load = ({ params, url, locals: { context } }) => {
  const index = context.indexes.get(territoryIndex);
  const asked = parseTerritory(`${kindOfSegment(params.kind)}:${params.code}`);
  const territory = asked.ok ? territoryToShow(index, asked.value) : undefined;
  if (!territory) error(404, 'Ce territoire n’existe pas.');

  const path = territoryPath(territory);
  if (url.pathname !== path) {
    const former = index.former(params.code);
    redirect(308, former && params.kind === 'communes' ? `${path}?ancienne=${former.code}` : path);
  }

  const words = (url.searchParams.get('nom') ?? '').slice(0, 100);
  const page = pageAsked(url);
  const sheet = territorySheet(index, territory, { today: todayIn(context.clock, 'Europe/Paris'), words, page });
  if (!sheet) error(404, 'Ce territoire n’existe pas.');

  const former = index.former(url.searchParams.get('ancienne') ?? '');
  const initiatives = initiativesOfTerritory(context, territory);
  // The list of projects filters by region and département; of a smaller place all are shown here.
  const filtered = territory.kind === 'region' || territory.kind === 'departement';
  const shown = filtered ? 6 : initiatives.length;
  return unsent({
    path,
    territory: formatTerritory(territory),
    sheet,
    former: former && former.commune === territory.code ? { code: former.code, name: former.name } : undefined,
    initiatives: {
      count: initiatives.length,
      allHref: initiatives.length > shown ? `/initiatives?${territory.kind}=${territory.code}` : undefined,
      rows: initiatives.slice(0, shown).map(({ initiative, place }) => ({
        href: initiativePath(initiative.slug),
        title: initiative.title,
        detail: place?.name,
      })),
    },
  });
};
