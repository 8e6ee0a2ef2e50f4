import type { Context } from '#platform/server/context.ts';
import type { MinutesMember } from '../../selection/minutes.ts';
import type { SessionMember } from '../../selection/session.ts';
import { standingsOf } from './standings.ts';

/** A member of the jury in a session: what they are, and the files that they may not hear about. */
export type Sitting = SessionMember & MinutesMember & { readonly declared: boolean; readonly left: boolean };

/**
 * The jury of a call, with those of `files` from which each is recused. Whoever has not declared their interests is recused
 * from all of them: nothing opens before they answer. Those who left are kept, for the minutes.
 */
export const sittingOf = async (
  context: Pick<Context, 'db'>,
  call: string,
  files: readonly string[],
): Promise<readonly Sitting[]> =>
  (await standingsOf(context, call)).flatMap(
    ({ juror, name, organisation, quality, voice, sits, state, hidden, votes }): Sitting[] => {
      if (juror === undefined || !quality || !voice) return [];
      const declared = state.status === 'declared';
      return [
        {
          ...{ id: juror, name, organisation, quality, voice, declared, left: !sits },
          recused: new Set(declared ? files.filter(hidden) : files),
          votesOn: new Set(declared ? files.filter(votes) : []),
        },
      ];
    },
  );
