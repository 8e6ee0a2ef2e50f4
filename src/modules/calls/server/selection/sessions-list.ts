import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { totalAmount } from '../../selection/allocation.ts';
import type { SessionItem, SessionState, SessionStatus, Vote } from '../../selection/session.ts';
import { readTexts } from '../rows.ts';
import { fileAccess } from './file-access.ts';
import { sessionRole, textsOf } from './sessions.ts';
import './decision-tables.ts';

/** A point of a session, or a session of which the actor may hear about no point. */
export interface SessionLine {
  readonly at: Temporal.Instant;
  readonly place: string;
  readonly status: SessionStatus;
  readonly point:
    | {
        readonly number: number;
        readonly title: string;
        readonly status: SessionItem['status'];
        readonly outcome: SessionItem['outcome'];
        readonly words: string;
        readonly cents: number;
        readonly votes: Readonly<Record<Vote, number>> | undefined;
      }
    | undefined;
}

/** The sessions of a call point after point, without those from which the actor is recused. Nothing for who does not sit. */
export const sessionLines = async (
  context: PersonContext,
  call: string,
): Promise<readonly SessionLine[] | undefined> => {
  const access = await fileAccess(context, call);
  if (!access.open || sessionRole(access) === 'other') return undefined;
  const rows = await context.db
    .selectFrom('call_session')
    .select(['at', 'status', 'state'])
    .where('call', '=', call)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const sessions = rows.map(({ state, ...row }) => {
    const { items, ...session } = state as SessionState;
    return { ...row, session: { ...session, items: items.filter((item) => !access.recused.has(item.application)) } };
  });
  const texts = await readTexts(
    context,
    sessions.flatMap(({ session }) => textsOf(session)),
  );
  const named = sessions.flatMap(({ session }) => session.items.map(({ application }) => application));
  const files = new Map(
    (named.length === 0
      ? []
      : await context.db
          .selectFrom('call_application')
          .select(['id', 'number', 'title'])
          .where('id', 'in', named)
          .execute()
    ).map((file) => [file.id, file]),
  );
  return sessions.flatMap(({ at, status, session }): SessionLine[] => {
    const line = { at, status, place: session.place ? (texts.get(session.place) ?? '') : '' };
    if (session.items.length === 0) return [{ ...line, point: undefined }];
    return session.items.map(({ application, status: stands, outcome }) => ({
      ...line,
      point: {
        ...{ number: files.get(application)?.number ?? 0, title: files.get(application)?.title ?? '', outcome },
        ...{ status: stands, words: outcome?.words ? (texts.get(outcome.words) ?? '') : '' },
        cents: outcome ? totalAmount(outcome.amounts) : 0,
        votes: outcome?.votes ? countOf(Object.values(outcome.votes)) : undefined,
      },
    }));
  });
};

const countOf = (cast: readonly Vote[]): Readonly<Record<Vote, number>> => ({
  for: cast.filter((vote) => vote === 'for').length,
  against: cast.filter((vote) => vote === 'against').length,
  abstains: cast.filter((vote) => vote === 'abstains').length,
});
