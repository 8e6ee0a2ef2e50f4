import { isUuid } from '#platform/ids.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type ApplicationContent, type ApplicationPart, applicationParts } from '../../application/content.ts';
import type { SnapshotContent } from '../../application/snapshot.ts';
import { type OpinionStatus, readsOpinion } from '../../selection/opinion.ts';
import { type FileAccess, fileAccess } from './file-access.ts';
import './tables.ts';

type OpenAccess = Extract<FileAccess, { readonly open: true }>;

/** The opinions asked on a file, as the actor may read them: who instructs or presides reads what was answered in secret. */
export const opinionsOn = async ({ db }: PersonContext, call: string, application: string, access: OpenAccess) => {
  const rows = await db
    .selectFrom('call_opinion')
    .select(['id', 'email', 'status', 'shown', 'confidential', 'questions', 'answers', 'due', 'reminded_at'])
    .where('call', '=', call)
    .where('application', '=', application)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
  const leads = access.role === 'instructor' || access.role === 'president';
  return rows
    .filter((row) => leads || readsOpinion(row as { confidential: boolean; status: OpinionStatus }, access.role))
    .map(({ questions, answers, ...row }) => ({
      ...row,
      said: readsOpinion(row, access.role)
        ? (questions as string[]).map((question, at) => ({ question, answer: (answers as string[])[at] ?? '' }))
        : [],
    }));
};

/** How many opinions were asked and given on each file that the actor may read. */
export const opinionCounts = async (
  { db }: PersonContext,
  call: string,
  { recused }: OpenAccess,
): Promise<ReadonlyMap<string, { readonly asked: number; readonly given: number }>> => {
  const rows = await db
    .selectFrom('call_opinion')
    .select(['application', 'status'])
    .where('call', '=', call)
    .where('status', 'not in', ['withdrawn', 'refused'])
    .execute();
  const counts = new Map<string, { asked: number; given: number }>();
  for (const { application, status } of rows) {
    if (recused.has(application)) continue;
    const { asked, given } = counts.get(application) ?? { asked: 0, given: 0 };
    counts.set(application, { asked: asked + 1, given: given + (status === 'given' ? 1 : 0) });
  }
  return counts;
};

/**
 * An opinion asked of the actor, by its id: before they declared their interests and accepted, only the call, the day and
 * what would be shown; afterwards what was declared to be shown, and nothing more. Nothing once they are recused.
 */
export const ownOpinion = async (context: PersonContext, id: string) => {
  const { db, actor } = context;
  if (!isUuid(id)) return undefined;
  const row = await db
    .selectFrom('call_opinion')
    .selectAll()
    .where('id', '=', id)
    .where('email', '=', actor.email)
    .executeTakeFirst();
  if (!row || row.status === 'withdrawn') return undefined;
  const access = await fileAccess(context, row.call);
  const hidden = !access.open || access.recused.has(row.application);
  if (access.open && hidden) return undefined;
  const opens = !hidden && (row.status === 'accepted' || row.status === 'given');
  const { call, status, shown, parts, confidential, due } = row;
  return {
    ...{ id, call, status, shown, confidential, due, declared: access.open },
    questions: opens ? (row.questions as string[]) : [],
    answers: opens ? (row.answers as string[]) : [],
    content: opens ? await shownOf(context, row.application, shown, parts) : undefined,
  };
};

/** What an expert is shown of the last deposit of a file. The parts that are not shown are not read out. */
const shownOf = async (
  { db }: PersonContext,
  application: string,
  shown: 'whole' | 'sheet' | 'extract',
  parts: readonly string[],
): Promise<
  | {
      readonly number: number;
      readonly parts: readonly ApplicationPart[];
      readonly content: Partial<ApplicationContent>;
    }
  | undefined
> => {
  const row = await db
    .selectFrom('call_snapshot')
    .innerJoin('call_application', 'call_application.id', 'call_snapshot.application')
    .select(['content', 'call_application.number'])
    .where('application', '=', application)
    .orderBy('call_snapshot.number', 'desc')
    .executeTakeFirst();
  if (!row) return undefined;
  const content = row.content as SnapshotContent;
  const seen = applicationParts.filter(
    (part) => shown === 'whole' || (shown === 'sheet' ? sheet.includes(part) : parts.includes(part)),
  );
  return { number: row.number, parts: seen, content: Object.fromEntries(seen.map((part) => [part, content[part]])) };
};

/** The parts of the summary sheet. */
const sheet: readonly ApplicationPart[] = ['project', 'axes', 'territory', 'audience'];

/** All the opinions asked on the files that whoever instructs or presides may read; nothing for anybody else. */
export const opinionsView = async (context: PersonContext, call: string) => {
  const access = await fileAccess(context, call);
  if (!access.open || (access.role !== 'instructor' && access.role !== 'president')) return { access };
  const { db } = context;
  const files = await db
    .selectFrom('call_application')
    .select(['id', 'number', 'title'])
    .where('call', '=', call)
    .where('status', 'in', ['deposited', 'incomplete', 'admissible', 'evaluating', 'evaluated'])
    .$if(access.recused.size > 0, (query) => query.where('id', 'not in', [...access.recused]))
    .orderBy('number')
    .execute();
  const opinions = await db
    .selectFrom('call_opinion')
    .select(['id', 'application', 'email', 'status', 'shown', 'confidential', 'due', 'reminded_at'])
    .where('call', '=', call)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
  return {
    ...{ access, files },
    opinions: opinions.flatMap((one) => {
      const file = files.find(({ id }) => id === one.application);
      return file ? [{ ...one, number: file.number, title: file.title }] : [];
    }),
  };
};
