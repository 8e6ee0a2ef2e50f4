import { LISTED_AT_ONCE, type Listed, listedIn, listedOf } from '#modules/professionals/server/index.ts';
import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { append, readStream } from '#platform/server/journal/journal.ts';
import { holdsAddress, oneLine } from '#platform/text.ts';
import { ownHouse } from './houses.ts';
import './counter-tables.ts';

/** A partner that a Maison names: people are sent to it and, when it is registered here, it may book rooms. */
export interface Partner {
  readonly id: string;
  readonly name: string;
  readonly registration: string | null;
}

/** Partners at one time. More would be a directory, and there is one. */
const MOST_PARTNERS = 40;

/** The partners of a Maison, by name. `ended`: those of before too, whose figures stay. */
export const partnersOf = (
  { db }: Pick<Context, 'db'>,
  house: string,
  { ended = false }: { readonly ended?: boolean } = {},
): Promise<Partner[]> =>
  db
    .selectFrom('house_partner')
    .select(['id', 'name', 'registration'])
    .where('house', '=', house)
    .$if(!ended, (query) => query.where('ended_at', 'is', null))
    .orderBy('name')
    .orderBy('id')
    .execute();

/** Pages of registrations read for the list: the last changed of a département. The others are named by hand. */
const PAGES = 6;

/** Who is registered in the département of a Maison and could be its partner, by name. */
export const nearbyStructures = async (
  context: Context,
  house: { readonly insee: string; readonly registration: string },
): Promise<readonly Listed[]> => {
  const departement = context.indexes.get(territoryIndex).commune(house.insee)?.departement;
  const territory = parseTerritory(`departement:${departement}`);
  if (!territory.ok) return [];
  const found: Listed[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const { listed } = await listedIn(context, territory.value, { page });
    found.push(...listed);
    if (listed.length < LISTED_AT_ONCE) break;
  }
  return found.filter(({ id }) => id !== house.registration).sort((a, b) => a.name.localeCompare(b.name, 'fr'));
};

/**
 * Names a partner. `registration`: one that is published here, whose name it takes, and which may from now on book the
 * rooms of the Maison; empty for any other. The same twice is once.
 */
export const addPartner = (
  context: PersonContext,
  registration: string,
  asked: { readonly name: string; readonly registration: string },
): Promise<Result<void>> =>
  changePartners(context, registration, async (inside, house) => {
    const [listed] = asked.registration === '' ? [] : await listedOf(inside, [asked.registration]);
    if (asked.registration !== '' && (!listed || asked.registration === registration)) return refuse(notListed);
    const name = listed?.name ?? oneLine(asked.name);
    if (name === '' || name.length > 90 || holdsAddress(name)) return refuse(badName);
    const partners = await partnersOf(inside, house);
    if (partners.some((one) => one.name === name && one.registration === (listed?.id ?? null))) return ok(undefined);
    if (partners.length >= MOST_PARTNERS) return refuse(tooMany);
    const { id } = await inside.db
      .insertInto('house_partner')
      .values({ house, name, registration: listed?.id ?? null, ended_at: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await note(inside, house, { type: 'PartnerNamed-V1', data: { partner: id, registration: listed?.id ?? '' } });
    return ok(undefined);
  });

/** Ends with a partner: it books no more. What was counted stays, and so does what it had booked. */
export const endPartner = (context: PersonContext, registration: string, partner: string): Promise<Result<void>> =>
  changePartners(context, registration, async (inside, house) => {
    const ended = isUuid(partner)
      ? await inside.db
          .updateTable('house_partner')
          .set({ ended_at: inside.clock.now() })
          .where('id', '=', partner)
          .where('house', '=', house)
          .where('ended_at', 'is', null)
          .returning('id')
          .executeTakeFirst()
      : undefined;
    if (ended) await note(inside, house, { type: 'PartnerEnded-V1', data: { partner } });
    return ok(undefined);
  });

/** Who writes for the Maison, with its row locked: one change of its partners at a time. */
const changePartners = (
  context: PersonContext,
  registration: string,
  act: (inside: PersonContext, house: string) => Promise<Result<void>>,
): Promise<Result<void>> =>
  inTransaction(context, async (transaction) => {
    const inside = { ...transaction, actor: context.actor };
    const allowed = await authorise(inside, 'house.run', { organisation: registration });
    if (!allowed.ok) return allowed;
    const house = await ownHouse(inside, registration);
    if (!house) return refuse(notAllowed);
    await inside.db.selectFrom('house').select('id').where('id', '=', house.id).forUpdate().execute();
    return act(inside, house.id);
  });

const note = async (
  context: Context,
  house: string,
  event: { readonly type: string; readonly data: Readonly<Record<string, string>> },
): Promise<void> => {
  const stream = `house-partners/${house}`;
  const written = await append(context, stream, (await readStream(context.db, stream)).length, [event]);
  if (!written.ok) throw new Error(written.error.code);
};

const badName: Refusal = {
  code: 'bad_partner_name',
  field: 'partner_name',
  message: 'Donnez le nom de la structure, en 90 signes au plus, sans adresse.',
};
const notListed: Refusal = {
  code: 'partner_not_listed',
  field: 'partner',
  message: 'Cette inscription n’est pas, ou plus, en ligne.',
};
const tooMany: Refusal = { code: 'too_many_partners', field: 'partner_name', message: 'Quarante partenaires au plus.' };
