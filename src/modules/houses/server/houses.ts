import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { HouseStatus } from '../house.ts';
import './tables.ts';

/** A Maison as its tables say it. */
export interface House {
  readonly id: string;
  readonly registration: string;
  readonly slug: string;
  readonly name: string;
  readonly words: string;
  readonly status: HouseStatus;
  readonly insee: string;
}

/** Where a Maison receives. `place`, `service`: ids of the directory, exactly one. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly insee: string;
  readonly timeZone: string;
  readonly place: number | null;
  readonly service: number | null;
}

const columns = ['id', 'registration', 'slug', 'name', 'words', 'status', 'insee'] as const;

/** The Maison of a registration, whatever its status. */
export const houseOf = async ({ db }: Pick<Context, 'db'>, registration: string): Promise<House | undefined> =>
  isUuid(registration)
    ? db.selectFrom('house').select(columns).where('registration', '=', registration).executeTakeFirst()
    : undefined;

/** The open Maison of this name, while parents see the registration that runs it. */
export const openHouse = ({ db }: Pick<Context, 'db'>, slug: string): Promise<House | undefined> =>
  whichIsOpen(db, slug).executeTakeFirst();

/** `openHouse`, as a part of a question. */
export const whichIsOpen = (db: Database, slug: string) =>
  db
    .selectFrom('house')
    .select(columns)
    .where('slug', '=', slug)
    .where('status', '=', 'open')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('registration')
          .select('id')
          .whereRef('registration.id', '=', 'house.registration')
          .where('registration.status', '=', 'published'),
      ),
    );

/**
 * The open Maison of a registration with its sites, for its team. `run`: to change it; `welcome`: to work at its counter.
 * Nothing for anybody else.
 */
export const ownHouse = async (
  context: PersonContext,
  registration: string,
  may: 'run' | 'welcome' = 'run',
): Promise<(House & { readonly sites: readonly Site[] }) | undefined> => {
  if (!can(context.actor, may === 'run' ? 'house.run' : 'house.welcome', { organisation: registration }))
    return undefined;
  const house = await houseOf(context, registration);
  return house?.status === 'open' ? { ...house, sites: await sitesOf(context, house.id) } : undefined;
};

/** The sites of a Maison that are still open, in its order. */
export const sitesOf = ({ db }: Pick<Context, 'db'>, house: string): Promise<Site[]> =>
  db
    .selectFrom('house_site')
    .select(['id', 'name', 'insee', 'time_zone as timeZone', 'place', 'service'])
    .where('house', '=', house)
    .where('closed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute();
