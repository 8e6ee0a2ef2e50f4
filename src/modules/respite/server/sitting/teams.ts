import { organiserOf } from '#modules/professionals/server/index.ts';
import { aboveOf, coversIn, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can, type Scope } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

/** Where the team of a registration stands; nothing when it never asked. */
export const teamOf = async ({ db }: Context, registration: string) =>
  isUuid(registration)
    ? db.selectFrom('sitting_team').selectAll().where('registration', '=', registration).executeTakeFirst()
    : undefined;

/** A team as parents read it. */
export interface OpenTeam {
  readonly registration: string;
  readonly name: string;
  readonly words: string;
}

/** The open teams for the families of a commune, the most local first. One whose registration is not published is not there. */
export const openTeamsFor = async (context: Context, insee: string): Promise<readonly OpenTeam[]> => {
  const territory = parseTerritory(`commune:${insee}`);
  if (!territory.ok) return [];
  const above = aboveOf(context.indexes.get(territoryIndex), territory.value);
  const rows = await context.db
    .selectFrom('sitting_team')
    .select(['registration', 'words', 'scope'])
    .where('status', '=', 'open')
    .where('scope', 'in', above as Scope[])
    .orderBy('registration')
    .execute();
  const shown: OpenTeam[] = [];
  for (const { registration, words } of rows.sort((a, b) => above.indexOf(a.scope) - above.indexOf(b.scope))) {
    const organiser = await organiserOf(context, registration);
    if (organiser) shown.push({ registration, name: organiser.name, words });
  }
  return shown;
};

/** The teams that the actor may decide on: those that ask, then those that are open. */
export const teamsToDecide = async (context: PersonContext) => {
  const covers = coversIn(context.indexes.get(territoryIndex));
  const rows = await context.db
    .selectFrom('sitting_team')
    .select(['registration', 'words', 'scope', 'status', 'insee'])
    .where('status', 'in', ['asked', 'open'])
    .orderBy('status')
    .orderBy('changed_at')
    .orderBy('registration')
    .execute();
  const mine = rows.filter(({ insee }) =>
    can(context.actor, 'proposal.decide', { territory: `commune:${insee}` }, covers),
  );
  const named = [];
  for (const row of mine) {
    const organiser = await organiserOf(context, row.registration);
    // One whose organisation is gone is still there to be closed.
    named.push({ ...row, name: organiser?.name ?? 'Un organisme qui n’est plus en ligne' });
  }
  return named;
};

/** Whether a family of a commune may ask this team. */
export const answersIn = ({ indexes }: Context, scope: Scope, insee: string): boolean =>
  coversIn(indexes.get(territoryIndex))(scope, `commune:${insee}`);
