import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { applicationRow, noSuchApplication } from '../application/application-stream.ts';
import { noSuchCall, readCall, roleNow } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import type { FollowStatus } from './decision-tables.ts';
import { fileAccess } from './file-access.ts';

/** Where a recommendation stands, in words (document 004, Landes: each is followed up). */
export const followWords: Readonly<Record<FollowStatus, string>> = {
  open: 'À suivre',
  progress: 'En cours',
  done: 'Faite',
  no: 'Non suivie',
};

/** Writes a recommendation to a project, or to all of them when none is named. It keeps its author and its date. */
export const recommend = (
  context: PersonContext,
  call: string,
  { application, text: typed }: { readonly application: string | undefined; readonly text: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const may = await mayRecommend(inside, call, application);
    if (!may.ok) return may;
    const text = typedText(typed);
    if (text === '') return refuse(nothingSaid);
    if (text.length > 2_000) return refuse(tooLong);
    await inside.db
      .insertInto('call_recommendation')
      .values({
        ...{ call, application: application ?? null, text, author: inside.actor.account, status: 'open' },
        ...{ author_name: inside.actor.name ?? inside.actor.email, written_at: inside.clock.now() },
      })
      .execute();
    return ok(undefined);
  });

/** Notes what became of a recommendation. */
export const followUp = (
  context: PersonContext,
  call: string,
  { id, status, words: typed }: { readonly id: string; readonly status: string; readonly words: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const known = (Object.keys(followWords) as FollowStatus[]).find((code) => code === status);
    const words = typedText(typed);
    if (!known || !isUuid(id)) return refuse(nothingSaid);
    if (words.length > 2_000) return refuse(tooLong);
    const row = await inside.db
      .selectFrom('call_recommendation')
      .select('application')
      .where('id', '=', id)
      .where('call', '=', call)
      .executeTakeFirst();
    if (!row) return refuse(noSuchCall);
    const may = await mayRecommend(inside, call, row.application ?? undefined);
    if (!may.ok) return may;
    await inside.db.updateTable('call_recommendation').set({ status: known }).where('id', '=', id).execute();
    await inside.db
      .insertInto('call_recommendation_step')
      .values({
        recommendation: id,
        status: known,
        words,
        noted_by: inside.actor.account,
        noted_at: inside.clock.now(),
      })
      .execute();
    return ok(undefined);
  });

/** Recommendations of a call to all projects, and to those of `applications`, with what became of each. */
export const recommendationsOf = async ({ db }: Pick<Context, 'db'>, call: string, applications: readonly string[]) => {
  const rows = await db
    .selectFrom('call_recommendation')
    .select(['id', 'application', 'text', 'author_name', 'written_at', 'status'])
    .where('call', '=', call)
    .where(({ eb, or }) =>
      or([
        eb('application', 'is', null),
        ...(applications.length > 0 ? [eb('application', 'in', [...applications])] : []),
      ]),
    )
    .orderBy('written_at')
    .orderBy('id')
    .execute();
  const steps =
    rows.length === 0
      ? []
      : await db
          .selectFrom('call_recommendation_step')
          .select(['recommendation', 'status', 'words', 'noted_at'])
          .where(
            'recommendation',
            'in',
            rows.map(({ id }) => id),
          )
          .orderBy('noted_at')
          .orderBy('id')
          .execute();
  return rows.map((row) => ({ ...row, steps: steps.filter(({ recommendation }) => recommendation === row.id) }));
};

const mayRecommend = async (
  context: PersonContext,
  call: string,
  application: string | undefined,
): Promise<Result<void>> => {
  const state = await readCall(context, call);
  const access = state && (await fileAccess(context, call));
  if (!state || !access?.open) return refuse(noSuchCall);
  const { role } = await roleNow(context, state, call);
  const runs = role === 'approver' || role === 'writer' || access.role === 'president' || access.role === 'juror';
  if (!runs) return refuse(noSuchCall);
  if (application === undefined) return ok(undefined);
  const row = await applicationRow(context, application);
  return row?.call === call && !access.recused.has(application) ? ok(undefined) : noSuchApplication;
};

const nothingSaid: Refusal = { code: 'words_missing', field: 'text', message: 'Écrivez la préconisation.' };
const tooLong: Refusal = { code: 'too_long', field: 'text', message: 'C’est trop long : 2 000 caractères au plus.' };
