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
import { situations } from '../situation.ts';
import { endGroups } from './groups.ts';
import './tables.ts';

/** The longest that an organisation says of who animates. */
export const MOST_WORDS = 600;

/** How far an organisation animates: a group of a commune may have to widen to its intercommunalité. */
export const reaches = ['epci', 'departement'] as const;

const record = teamStream('group-team', 'group_team', 'Group');

/** What an organisation says to animate groups, as it was sent. */
export interface TypedTeam {
  readonly reach: string;
  readonly births: boolean;
  readonly situations: readonly string[];
  readonly words: string;
}

/**
 * An organisation that parents see asks to animate groups in a territory. It opens when a moderator of its territory
 * accepts; asking again, with other words, waits again, and its groups wait with it.
 */
export const askToAnimate = (
  context: PersonContext,
  registration: string,
  typed: TypedTeam,
): Promise<Result<void, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'group.animate', { organisation: registration });
    if (!allowed.ok) return refuse([allowed.error]);
    const organiser = await organiserOf(inside, registration);
    if (!organiser) return refuse([notListed]);
    const words = typedText(typed.words);
    const reach = reaches.find((known) => known === typed.reach);
    const own = situations.map(({ code }) => code).filter((code) => typed.situations.includes(code));
    const refusals: Refusal[] = [
      ...(reach ? [] : [noReach]),
      ...(typed.births || own.length > 0 ? [] : [noGroup]),
      ...(words === '' || [...words].length > MOST_WORDS ? [noWords] : []),
    ];
    if (!reach || refusals.length > 0) return refuse(refusals);
    const { insee, epci, departement, region } = organiser;
    const scope: Scope =
      reach === 'departement' ? `departement:${departement}` : epci ? `epci:${epci}` : `commune:${insee}`;
    const where = { scope, insee, epci, departement, region };
    const row = { ...where, births: typed.births, situations: own, words, changed_at: inside.clock.now() };
    await inside.db
      .insertInto('group_team')
      .values({ registration, status: 'asked', ...row })
      .onConflict((known) => known.column('registration').doUpdateSet(row))
      .execute();
    const asked = await record(inside, registration, 'Asked');
    return asked.ok ? ok(undefined) : refuse([asked.error]);
  });

/**
 * A moderator of its territory opens a team, or closes it; the organisation itself closes its own. The families of a team
 * that closes wait again, and are told. `origin`: of the addresses in the messages.
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
          .selectFrom('group_team')
          .select(['status', 'insee', 'births'])
          .where('registration', '=', registration)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchTeam);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const moderator = await authorise(inside, 'proposal.decide', { territory: `commune:${row.insee}` }, covers);
    const own =
      decision === 'close' ? await authorise(inside, 'group.animate', { organisation: registration }) : moderator;
    if (!moderator.ok && !own.ok) return moderator;
    if (row.status === (decision === 'open' ? 'open' : 'closed')) return ok(undefined);
    const step = decision === 'open' ? 'Opened' : 'Closed';
    const done = await record(inside, registration, step);
    // It may have asked again without groups of the same month.
    if (done.ok && (decision === 'close' || !row.births))
      await endGroups(inside, registration, own.ok ? 'team' : 'moderator', origin);
    return done.ok ? ok(undefined) : done;
  });

/**
 * Ends the team of an organisation that parents do not see any more, as when it closes its own; `forGood`, what it said goes
 * too. In the current transaction; twice is once.
 */
export const endTeam = async (
  inside: Context,
  registration: string,
  { forGood }: { readonly forGood: boolean },
  origin: string,
): Promise<void> => {
  const row = await inside.db
    .selectFrom('group_team')
    .select('status')
    .where('registration', '=', registration)
    .forUpdate()
    .executeTakeFirst();
  if (row && row.status !== 'closed') {
    const done = await record(inside, registration, 'Closed');
    // The row of the team is ours until we commit: nobody else may be at its journal.
    if (!done.ok) throw new Error(done.error.code);
    await endGroups(inside, registration, 'team', origin);
  }
  if (forGood)
    await inside.db.updateTable('group_team').set({ words: '' }).where('registration', '=', registration).execute();
};

const notListed: Refusal = {
  code: 'not_listed',
  message: 'Votre inscription n’est pas en ligne : les parents doivent pouvoir voir qui vous êtes.',
};
const noReach: Refusal = { code: 'reach_missing', field: 'reach', message: 'Choisissez pour quelles familles.' };
const noGroup: Refusal = {
  code: 'group_missing',
  field: 'groups',
  message: 'Choisissez au moins une sorte de groupe.',
};
const noWords: Refusal = {
  code: 'words_missing',
  field: 'words',
  message: `Dites qui anime et comment, en ${MOST_WORDS} signes au plus.`,
};
const noSuchTeam: Refusal = { code: 'no_such_team', message: 'Cet organisme n’anime pas de groupe.' };
