import { organiserOf, teamStream } from '#modules/professionals/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { endSittings } from './sittings.ts';
import './tables.ts';

/** The longest that an organisation says of how it knows its volunteers. */
export const MOST_WORDS = 600;

/** How far an organisation answers. */
export const reaches = ['commune', 'epci', 'departement'] as const;
export type Reach = (typeof reaches)[number];

const record = teamStream('sitting-team', 'sitting_team', 'Sitting');

/**
 * An organisation that parents see asks to run baby-sitting for a territory, and says how it knows its volunteers. It opens
 * when a moderator of its territory accepts; asking again, with other words, waits again.
 */
export const askToRun = (
  context: PersonContext,
  registration: string,
  typed: { readonly reach: string; readonly words: string },
): Promise<Result<void, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'sitting.run', { organisation: registration });
    if (!allowed.ok) return refuse([allowed.error]);
    const organiser = await organiserOf(inside, registration);
    if (!organiser) return refuse([notListed]);
    const words = typedText(typed.words);
    const reach = reaches.find((known) => known === typed.reach);
    const refusals: Refusal[] = [
      ...(reach ? [] : [noReach]),
      ...(words === '' || [...words].length > MOST_WORDS ? [noWords] : []),
    ];
    if (!reach || refusals.length > 0) return refuse(refusals);
    const { insee, epci, departement, region } = organiser;
    const code = { commune: insee, epci: epci ?? '', departement }[reach];
    const scope: Scope = code ? `${reach}:${code}` : `commune:${insee}`;
    const row = { scope, words, insee, epci, departement, region, changed_at: inside.clock.now() };
    await inside.db
      .insertInto('sitting_team')
      .values({ registration, status: 'asked', ...row })
      .onConflict((known) => known.column('registration').doUpdateSet(row))
      .execute();
    const asked = await record(inside, registration, 'Asked');
    return asked.ok ? ok(undefined) : refuse([asked.error]);
  });

/**
 * A moderator of its territory opens a team, or closes it; the organisation itself closes its own. What families had asked of
 * a team that closes ends, and they are told. `origin`: of the addresses in the messages.
 */
export const decideTeam = (
  context: PersonContext,
  registration: string,
  decision: 'open' | 'close',
  origin: string,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(registration)
      ? await inside.db
          .selectFrom('sitting_team')
          .select(['status', 'insee'])
          .where('registration', '=', registration)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchTeam);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const moderator = await authorise(inside, 'proposal.decide', { territory: `commune:${row.insee}` }, covers);
    const own =
      decision === 'close' ? await authorise(inside, 'sitting.run', { organisation: registration }) : moderator;
    if (!moderator.ok && !own.ok) return moderator;
    if (row.status === (decision === 'open' ? 'open' : 'closed')) return ok(undefined);
    const step = decision === 'open' ? 'Opened' : 'Closed';
    const done = await record(inside, registration, step);
    if (done.ok && decision === 'close') await endSittings(inside, registration, origin);
    return done.ok ? ok(undefined) : done;
  });

/**
 * Ends the team of an organisation that parents do not see any more, as when it closes its own; `forGood`, what it said and
 * who helped go too. In the current transaction; twice is once.
 */
export const endTeam = async (
  inside: Context,
  registration: string,
  { forGood }: { readonly forGood: boolean },
  origin: string,
): Promise<void> => {
  const row = await inside.db
    .selectFrom('sitting_team')
    .select('status')
    .where('registration', '=', registration)
    .forUpdate()
    .executeTakeFirst();
  if (row && row.status !== 'closed') {
    const done = await record(inside, registration, 'Closed');
    // The row of the team is ours until we commit: nobody else may be at its journal.
    if (!done.ok) throw new Error(done.error.code);
    await endSittings(inside, registration, origin);
  }
  if (!forGood) return;
  await inside.db.deleteFrom('sitting_volunteer').where('registration', '=', registration).execute();
  await inside.db.updateTable('sitting_team').set({ words: '' }).where('registration', '=', registration).execute();
};

const notListed: Refusal = {
  code: 'not_listed',
  message: 'Votre inscription n’est pas en ligne : les parents doivent pouvoir voir qui vous êtes.',
};
const noReach: Refusal = { code: 'reach_missing', field: 'reach', message: 'Choisissez pour quelles familles.' };
const noWords: Refusal = {
  code: 'words_missing',
  field: 'words',
  message: `Dites comment vous connaissez vos bénévoles, en ${MOST_WORDS} signes au plus.`,
};
const noSuchTeam: Refusal = { code: 'no_such_team', message: 'Cet organisme ne propose pas de garde solidaire.' };
