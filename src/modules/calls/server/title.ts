import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { CallState, WordSection } from '../call.ts';
import { callKinds, kindOf } from '../call-kind.ts';
import { callTitle } from '../frame.ts';
import { firstWords, type Words } from '../section-words.ts';
import { frameOf } from './frames.ts';
import './tables.ts';

/** The title that the frame and the territory give; of a kind without a frame, its own words. */
export const computedTitle = (
  { indexes }: Pick<Context, 'indexes'>,
  { kind, frame, configuration, territory }: Pick<CallState, 'kind' | 'frame' | 'configuration' | 'territory'>,
): string => {
  const parsed = parseTerritory(territory);
  const where = parsed.ok ? indexes.get(territoryIndex).describe(parsed.value) : undefined;
  return configuration
    ? callTitle(frameOf(frame), configuration, where?.locative ?? '')
    : `${callKinds[kind].words} ${where?.locative ?? ''}`.trim();
};

/** The title of a call: that of its organisers, else the computed one. */
export const titleOf = async (context: Pick<Context, 'db' | 'indexes'>, call: CallState): Promise<string> =>
  (await wordsOf(context, call, 'title')).title || computedTitle(context, call);

/** The titles of some calls, in their order, in one question. */
export const titlesOf = async (
  context: Pick<Context, 'db' | 'indexes'>,
  calls: readonly CallState[],
): Promise<readonly string[]> => {
  const ids = calls.flatMap(({ words }) => (words.title ? [words.title.id] : []));
  const rows =
    ids.length === 0
      ? []
      : await context.db.selectFrom('call_words').select(['id', 'content']).where('id', 'in', ids).execute();
  const own = new Map(rows.map(({ id, content }) => [id, (content as Words<'title'>).title]));
  return calls.map((call) => own.get(call.words.title?.id ?? '') || computedTitle(context, call));
};

/** What a part of a call says now. The criteria of the national frame are first those of the calls that it binds. */
export const wordsOf = async <Section extends WordSection>(
  { db }: Pick<Context, 'db'>,
  call: CallState,
  section: Section,
): Promise<Words<Section>> => {
  const written = call.words[section];
  const row = written
    ? await db.selectFrom('call_words').select('content').where('id', '=', written.id).executeTakeFirst()
    : undefined;
  const criteria = kindOf(call.kind).framed ? frameOf(call.frame).criteria : [];
  return (row?.content ?? firstWords(criteria)[section]) as Words<Section>;
};
