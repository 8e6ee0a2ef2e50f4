import { sql } from 'kysely';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { isHouse } from './house-kind.ts';

/** Maisons shown on one page. */
const MOST = 500;

/**
 * Every Maison of the directory, by département: those that a team runs here lead to its page, under the name of its first
 * site. Without a commune: by what it serves. A sheltered place is in no list.
 */
export const houseList = async (context: Context) => {
  const { rows } = await sql<{ slug: string; name: string; insee: string | null; area: string | null; run: boolean }>`
    select coalesce(house.slug, listing.slug) as slug, coalesce(house.name, listing.name) as name,
      min(listing.insee) as insee, min(listing.area) as area, bool_or(house.id is not null) as run
    from (
      select 'place' as entity, id, slug, name, insee, null as area from place
      where state = 'open' and not confidential and ${isHouse('place')}
      union all
      select 'service', service.id, service.slug, service.name,
        (select insee from offer where offer.service_id = service.id and not gone and insee is not null
          order by offer.id limit 1),
        (select placement.areas[1] from placement where placement.service_id = service.id order by placement.id limit 1)
      from service
      where service.state = 'open' and ${isHouse('service')}
        and not exists (select 1 from placement where placement.service_id = service.id and place_id is not null)
    ) as listing
    left join house_site as site on site.closed_at is null
      and case listing.entity when 'place' then site.place else site.service end = listing.id
    left join house on house.id = site.house and house.status = 'open'
      and exists (select 1 from registration where registration.id = house.registration and registration.status = 'published')
    group by 1, 2 order by 2, 1 limit ${MOST}`.execute(context.db);
  const territories = context.indexes.get(territoryIndex);
  const told = rows.map(({ slug, name, insee, area, run }) => {
    const commune = territories.commune(insee ?? area?.replace(/^commune:/, '') ?? '');
    const code = commune?.departement ?? /^departement:(.+)$/.exec(area ?? '')?.[1] ?? '';
    return { slug, name, run, commune: insee ? (commune?.name ?? '') : '', departement: code };
  });
  return [...Map.groupBy(told, ({ departement }) => departement)]
    .map(([code, houses]) => ({ code, name: territories.departement(code)?.name ?? 'Ailleurs', houses }))
    .sort((one, other) => one.name.localeCompare(other.name, 'fr'));
};
