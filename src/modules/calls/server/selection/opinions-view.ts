import { isUuid } from '#platform/ids.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type ApplicationPart, applicationParts } from '../../application/content.ts';
import { type ReadablePart, readable } from '../../application/readable.ts';
import type { SnapshotContent } from '../../application/snapshot.ts';
import { type OpinionStatus, type OpinionView, readsOpinion } from '../../selection/opinion.ts';
import { namesIn } from '../application/names.ts';
import { readCall } from '../call-stream.ts';
import { zoneOf } from '../call-view.ts';
import { frameOf } from '../frames.ts';
import { wordsOf } from '../title.ts';
import { type FileAccess, fileAccess } from './file-access.ts';
import './tables.ts';

type OpenAccess = Extract<FileAccess, { readonly open: true }>;

/** The opinions asked on a file, as the actor may read them: who instructs or presides reads what was answered in secret. */
export const opinionsOn = async (context: PersonContext, call: string, application: string, access: OpenAccess) => {
  const { db } = context;
  const zone = await zoneOfCall(context, call);
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
    .map(({ questions, answers, due, ...row }) => ({
      ...row,
      lastDay: lastDay(due, zone),
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
    ...{ id, call, status, shown, confidential, declared: access.open },
    lastDay: lastDay(due, await zoneOfCall(context, call)),
    questions: opens ? (row.questions as string[]) : [],
    answers: opens ? (row.answers as string[]) : [],
    content: opens ? await shownOf(context, call, row.application, shown, parts) : undefined,
  };
};

/** The opinions of a call asked of the actor, by their last day. */
export const ownOpinions = async (context: PersonContext, call: string) => {
  const { db, actor } = context;
  if (!isUuid(call)) return [];
  const rows = await db
    .selectFrom('call_opinion')
    .select(['id', 'status', 'due', 'application'])
    .where('call', '=', call)
    .where('email', '=', actor.email)
    .where('status', '!=', 'withdrawn')
    .orderBy('due')
    .orderBy('id')
    .execute();
  const access = rows.length > 0 ? await fileAccess(context, call) : undefined;
  const zone = await zoneOfCall(context, call);
  return rows
    .filter(({ application }) => !access?.open || !access.recused.has(application))
    .map(({ id, status, due }) => ({ id, status, lastDay: lastDay(due, zone) }));
};

/** The last day of an opinion, where the call is: its instant is the end of that day. */
const lastDay = (due: Temporal.Instant, zone: string): string =>
  due.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate().toString();

const zoneOfCall = async (context: PersonContext, id: string): Promise<string> => {
  const call = await readCall(context, id);
  return call ? (call.calendar?.zone ?? zoneOf(context, call.territory)) : 'Europe/Paris';
};

/** What an expert is shown of the last deposit of a file. The parts that are not shown are not read out. */
const shownOf = async (
  context: PersonContext,
  id: string,
  application: string,
  shown: OpinionView,
  parts: readonly string[],
): Promise<{ readonly number: number; readonly read: readonly ReadablePart[] } | undefined> => {
  const row = await context.db
    .selectFrom('call_snapshot')
    .innerJoin('call_application', 'call_application.id', 'call_snapshot.application')
    .select(['content', 'call_application.number'])
    .where('application', '=', application)
    .orderBy('call_snapshot.number', 'desc')
    .executeTakeFirst();
  const call = await readCall(context, id);
  if (!row || !call) return undefined;
  const { attachments, form: _, ...content } = row.content as SnapshotContent;
  const names = namesIn(context, { frame: frameOf(call.frame), form: await wordsOf(context, call, 'form') });
  const seen: readonly string[] =
    shown === 'whole' ? [...applicationParts, 'attachments'] : shown === 'sheet' ? sheet : parts;
  return { number: row.number, read: readable(content, attachments, names).filter(({ part }) => seen.includes(part)) };
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
  const zone = await zoneOfCall(context, call);
  return {
    ...{ access, files },
    opinions: opinions.flatMap(({ due, ...one }) => {
      const file = files.find(({ id }) => id === one.application);
      return file ? [{ ...one, lastDay: lastDay(due, zone), number: file.number, title: file.title }] : [];
    }),
  };
};
