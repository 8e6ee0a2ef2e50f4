import { territoryReports } from '#modules/professionals/server/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { typedText } from '#platform/text.ts';
import { seatOf } from './keys.ts';
import { noSeat } from './wishes.ts';
import './tables.ts';

/** The longest that is said with a report. */
export const MOST_REPORT = 1_000;

const reports = territoryReports('group_report', '/professionnels/espace/moderation/groupes');

/** The reports that wait in the actor’s territories, and how one is said to be dealt with. */
export const { toSettle: reportsToSettle, settle: settleReport } = reports;

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
    await reports.file(inside, { ...team, words }, origin);
    return ok(undefined);
  });

const tooLong: Refusal = { code: 'too_long', field: 'words', message: `En ${MOST_REPORT} signes au plus.` };
