import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { CallState } from '../../call.ts';
import { readCall } from '../call-stream.ts';
import { readTexts } from '../rows.ts';
import { applicationRow, memberRole } from './application-stream.ts';

/** What happened to a call since people answered it. `at`: ISO instant of an amendment. */
export interface CallNews {
  readonly cancelled: string | undefined;
  readonly amendments: readonly { readonly text: string; readonly at: string }[];
  readonly zone: string;
}

/** The news of some calls, in one question: why they were cancelled, and what their amendments say. */
export const newsOf = async (
  context: Pick<PersonContext, 'db'>,
  calls: readonly CallState[],
): Promise<readonly CallNews[]> => {
  const texts = await readTexts(
    context,
    calls.flatMap(({ reason, amendments }) => [...(reason ? [reason] : []), ...amendments.map(({ text }) => text)]),
  );
  return calls.map(({ status, reason, amendments, calendar }) => ({
    cancelled: status === 'cancelled' ? (texts.get(reason ?? '') ?? '') : undefined,
    // Cancelled, what changed before no longer matters.
    amendments:
      status === 'cancelled'
        ? []
        : amendments.map(({ text, at }) => ({ text: texts.get(text) ?? '', at })).toReversed(),
    zone: calendar?.zone ?? 'Europe/Paris',
  }));
};

/**
 * The news of the call of one application, for its members: nothing for anybody else. Amendments interest until the
 * selection begins: afterwards the file stands as it was deposited.
 */
export const callNews = async (context: PersonContext, application: string): Promise<CallNews | undefined> => {
  const row = (await memberRole(context, application)) && (await applicationRow(context, application));
  const call = row && (await readCall(context, row.call));
  const [news] = call ? await newsOf(context, [call]) : [];
  return news && call?.status !== 'published' ? { ...news, amendments: [] } : news;
};
