import { territoryReports } from '#modules/professionals/server/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { tellWriters } from '#platform/server/identity/tell-writers.ts';
import { typedText } from '#platform/text.ts';
import { holderOf } from './keys.ts';
import { readSitting } from './sitting-views.ts';
import './tables.ts';

/** The longest report of a problem, in signs. */
const MOST_REPORT = 1_000;

const reports = territoryReports('sitting_report', '/professionnels/espace/moderation/garde');

/** The reports that wait in the actor’s territories, and how one is said to be dealt with. */
export const { toSettle: sittingReports, settle: settleSittingReport } = reports;

/**
 * One side says that something went wrong: those who run the baby-sitting read it, and whoever answers for the territory too,
 * for it may be about them. `origin`: of the addresses in the messages.
 */
export const reportSitting = (context: Context, token: string, typed: string, origin: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const seen = await readSitting(inside, token);
    const words = typedText(typed);
    if (!seen?.registration) return refuse(noSuchPage);
    if (words === '' || [...words].length > MOST_REPORT) return refuse(noWords);
    const team = await inside.db
      .selectFrom('sitting_team')
      .select(['registration', 'insee'])
      .where('registration', '=', seen.registration)
      .forUpdate()
      .executeTakeFirst();
    if (!team) return refuse(noSuchPage);
    await reports.file(inside, { ...team, words }, origin);
    const request = (await holderOf(inside, token))?.request;
    const from = seen.side === 'parent' ? 'Une famille' : 'Une personne bénévole';
    await tellWriters(inside, team.registration, {
      ...{ subject: 'Un problème vous est signalé', secret: true },
      lines: [`${from} écrit, au sujet de la demande ${(request ?? 'aucune').slice(0, 8)} :`, '', words],
    });
    return ok(undefined);
  });

const noSuchPage: Refusal = { code: 'no_request', message: 'Cette demande n’existe pas, ou plus.' };
const noWords: Refusal = {
  code: 'words_missing',
  field: 'words',
  message: `Dites ce qui s’est passé, en ${MOST_REPORT} signes au plus.`,
};
