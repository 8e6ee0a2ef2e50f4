import { answeringIn, organiserOf } from '#modules/professionals/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { seatOf } from './keys.ts';
import { noSeat } from './wishes.ts';
import './tables.ts';

/** The longest that is said with a report. */
export const MOST_REPORT = 1_000;

/** The most reports of one group that wait: one more says nothing new. */
const MOST_WAITING = 20;

/** The most colleagues told of one report. */
const MOST_TOLD = 10;

/**
 * A member reports its group to the organisation that answers for the territory, in one tap: words are welcome and never
 * asked for. `origin`: of the addresses in the messages.
 */
export const reportGroup = (context: Context, token: string, typed: string, origin: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const id = await seatOf(inside, token);
    const team =
      id &&
      (await inside.db
        .selectFrom('group_seat as seat')
        .innerJoin('birth_group as meeting', 'meeting.id', 'seat.group_id')
        .innerJoin('group_team as team', 'team.registration', 'meeting.registration')
        .select(['team.registration', 'team.insee'])
        .where('seat.id', '=', id)
        .where('seat.status', '=', 'member')
        .forUpdate('team')
        .executeTakeFirst());
    if (!team) return refuse(noSeat);
    const words = typedText(typed);
    if ([...words].length > MOST_REPORT) return refuse(tooLong);
    const waiting = await inside.db
      .selectFrom('group_report')
      .select('id')
      .where('registration', '=', team.registration)
      .where('settled_at', 'is', null)
      .execute();
    if (waiting.length >= MOST_WAITING) return ok(undefined);
    await inside.db
      .insertInto('group_report')
      .values({ id: crypto.randomUUID(), ...team, words, reported_at: inside.clock.now(), settled_at: null })
      .execute();
    const answering = await answeringIn(inside, team.insee);
    for (const to of answering?.emails.slice(0, MOST_TOLD) ?? []) {
      const page = `${origin}/professionnels/espace/moderation/groupes`;
      await inside.mail.post({ to, subject: 'Un signalement vous attend', text: `Bonjour,\n\nIl est ici :\n${page}` });
    }
    return ok(undefined);
  });

/** The reports that wait in the actor’s territories, the oldest first. */
export const reportsToSettle = async (context: PersonContext) => {
  const covers = coversIn(context.indexes.get(territoryIndex));
  const rows = await context.db
    .selectFrom('group_report')
    .selectAll()
    .where('settled_at', 'is', null)
    .orderBy('reported_at')
    .orderBy('id')
    .execute();
  const mine = rows.filter(({ insee }) =>
    can(context.actor, 'report.decide', { territory: `commune:${insee}` }, covers),
  );
  const named = [];
  for (const { id, registration, words, reported_at } of mine) {
    const organiser = await organiserOf(context, registration);
    named.push({ id, registration, words, reportedAt: reported_at, name: organiser?.name ?? 'Un organisme' });
  }
  return named;
};

/** Says that a report was dealt with. Refuses another territory’s. */
export const settleReport = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(id)
      ? await inside.db.selectFrom('group_report').select('insee').where('id', '=', id).forUpdate().executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchReport);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'report.decide', { territory: `commune:${row.insee}` }, covers);
    if (!allowed.ok) return allowed;
    await inside.db.updateTable('group_report').set({ settled_at: inside.clock.now() }).where('id', '=', id).execute();
    return ok(undefined);
  });

const tooLong: Refusal = { code: 'too_long', field: 'words', message: `En ${MOST_REPORT} signes au plus.` };
const noSuchReport: Refusal = { code: 'no_such_report', message: 'Ce signalement n’existe pas, ou plus.' };
