import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { type LineRead, readTerritoryNames } from '../application/territories-named.ts';
import type { CallState } from '../call.ts';
import { callWords } from './call-view.ts';
import { titlesOf } from './title.ts';
import './tables.ts';

/** A published call, or one that was published and then cancelled, as everybody sees it in a list. */
export interface PublicCall {
  readonly call: CallState;
  readonly title: string;
  /** When its page last said something new: its publication, an amendment, the results, or its cancellation. */
  readonly changedAt: Temporal.Instant;
}

/** The calls that were published: the next to close first, then the closed ones, the latest first. At most five hundred. */
export const publishedCalls = async (context: Context): Promise<readonly PublicCall[]> => {
  const now = context.clock.now();
  const rows = await context.db
    .selectFrom('call')
    .select(['state', 'closes_at', 'changed_at'])
    .where('published_at', 'is not', null)
    .orderBy('closes_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute();
  const open = rows.filter(({ closes_at }) => closes_at && Temporal.Instant.compare(closes_at, now) > 0).toReversed();
  const closed = rows.filter((row) => !open.includes(row));
  const ordered = [...open, ...closed];
  const calls = ordered.map(({ state }) => state as CallState);
  const titles = await titlesOf(context, calls);
  return ordered.flatMap(({ changed_at }, at) => {
    const call = calls[at];
    return call ? [{ call, title: titles[at] ?? '', changedAt: changedOf(call, changed_at) }] : [];
  });
};

/** Nothing happens to a call once it is cancelled: its row last changed then. What is written of the selection is no news. */
const changedOf = ({ status, amendments, publishedAt, results }: CallState, row: Temporal.Instant): Temporal.Instant =>
  status === 'cancelled'
    ? row
    : [results?.notifiedAt, amendments.at(-1)?.at, publishedAt]
        .flatMap((at) => (at ? [Temporal.Instant.from(at)] : []))
        .reduce((last, at) => (Temporal.Instant.compare(at, last) > 0 ? at : last), EARLIEST);
const EARLIEST = Temporal.Instant.from('1970-01-01T00:00:00Z');

/** A published call by the name in its address, with all that it says. Nothing for a draft: it does not exist yet. */
export const publicCall = async (context: Context, slug: string) => {
  if (!isSlug(slug)) return undefined;
  const row = await context.db
    .selectFrom('call')
    .select('state')
    .where('slug', '=', slug)
    .where('published_at', 'is not', null)
    .executeTakeFirst();
  return row ? callWords(context, row.state as CallState) : undefined;
};

/** The id of a published call by the name in its address. */
export const callIdOf = async ({ db }: Context, slug: string): Promise<string | undefined> =>
  isSlug(slug)
    ? (
        await db
          .selectFrom('call')
          .select('id')
          .where('slug', '=', slug)
          .where('published_at', 'is not', null)
          .executeTakeFirst()
      )?.id
    : undefined;

/** Whether a text may be the name in the address of a call. At some others PostgreSQL throws. */
const isSlug = (text: string): boolean => /^[a-z\d-]{1,200}$/.test(text);

/** What the name of a place means for a call: a place in it, several, one of elsewhere, or none that is known. */
export const placesMeant = ({ indexes }: Context, { territory }: CallState, typed: string): LineRead | undefined =>
  readTerritoryNames(indexes.get(territoryIndex), territory, [typed])[0];
