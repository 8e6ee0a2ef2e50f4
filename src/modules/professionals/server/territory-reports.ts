import { sql } from 'kysely';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { answeringIn } from './answering.ts';
import { organiserOf } from './organiser.ts';

/** What somebody reports of what an organisation runs. Of who reports, nothing is kept. */
export interface TerritoryReportTable {
  id: string;
  registration: string;
  insee: string;
  words: string;
  reported_at: Temporal.Instant;
  settled_at: Temporal.Instant | null;
}

/** The most reports of one organisation that wait: one more says nothing new. */
const MOST_WAITING = 20;

/** The most colleagues told of one report. */
const MOST_TOLD = 10;

/**
 * The reports of one kind of work, kept in `table` and answered by the organisation entrusted with the territory, on the
 * page `page`.
 */
export const territoryReports = (table: string, page: string) => ({
  /**
   * Writes a report down and tells those who answer there, in the current transaction, the row of the organisation locked by
   * the caller. `origin`: of the address in the message.
   */
  file: async (
    inside: Context,
    { registration, insee, words }: Pick<TerritoryReportTable, 'registration' | 'insee' | 'words'>,
    origin: string,
  ): Promise<void> => {
    const waiting = await sql<{ count: number }>`
      select count(*)::integer as count from ${sql.table(table)}
      where registration = ${registration} and settled_at is null`.execute(inside.db);
    if ((waiting.rows[0]?.count ?? 0) >= MOST_WAITING) return;
    await sql`
      insert into ${sql.table(table)} (id, registration, insee, words, reported_at)
      values (${crypto.randomUUID()}, ${registration}, ${insee}, ${words}, ${inside.clock.now()})`.execute(inside.db);
    const answering = await answeringIn(inside, insee);
    for (const to of answering?.emails.slice(0, MOST_TOLD) ?? [])
      await inside.mail.post({
        ...{ to, subject: 'Un signalement vous attend' },
        text: `Bonjour,\n\nIl est ici :\n${origin}${page}`,
      });
  },

  /** The reports that wait in the actor’s territories, the oldest first. */
  toSettle: async (context: PersonContext) => {
    const covers = coversIn(context.indexes.get(territoryIndex));
    const { rows } = await sql<TerritoryReportTable>`
      select * from ${sql.table(table)} where settled_at is null order by reported_at, id`.execute(context.db);
    const mine = rows.filter(({ insee }) =>
      can(context.actor, 'report.decide', { territory: `commune:${insee}` }, covers),
    );
    const named = [];
    for (const { id, registration, words, reported_at } of mine) {
      const organiser = await organiserOf(context, registration);
      named.push({ id, registration, words, reportedAt: reported_at, name: organiser?.name ?? 'Un organisme' });
    }
    return named;
  },

  /** Says that a report was dealt with. Refuses another territory’s. */
  settle: (context: PersonContext, id: string): Promise<Result<void>> =>
    inTransaction(context, async (inside) => {
      const { rows } = await sql<{ insee: string }>`
        select insee from ${sql.table(table)} where id = ${isUuid(id) ? id : null}::uuid for update`.execute(inside.db);
      const [row] = rows;
      if (!row) return refuse(noSuchReport);
      const covers = coversIn(inside.indexes.get(territoryIndex));
      const allowed = await authorise(inside, 'report.decide', { territory: `commune:${row.insee}` }, covers);
      if (!allowed.ok) return allowed;
      await sql`update ${sql.table(table)} set settled_at = ${inside.clock.now()} where id = ${id}`.execute(inside.db);
      return ok(undefined);
    }),
});

const noSuchReport: Refusal = { code: 'no_such_report', message: 'Ce signalement n’existe pas, ou plus.' };
