import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { isHidden } from '../../selection/interests.ts';
import { type JuryState, noJury } from '../../selection/jury.ts';
import { readCall } from '../call-stream.ts';
import { roleFor } from '../call-view.ts';
import { foundFor, ownSirens, type Ties } from './found.ts';
import { interestOf } from './interest-stream.ts';
import '../tables.ts';
import './tables.ts';

/** What somebody is to the files of a call once their interests are declared. */
export type FileRole = 'instructor' | 'president' | 'juror' | 'expert';

/** What somebody may open of the files of a call. Every reading of what is not public goes through it (I-6). */
export type FileAccess =
  | { readonly open: false; readonly because: 'stranger' | 'toDeclare' | 'later' }
  | {
      readonly open: true;
      readonly role: FileRole;
      /** Ids of the applications that they are recused from: hidden everywhere, counts included. */
      readonly recused: ReadonlySet<string>;
      /** Ids of the only ones that they may read; undefined: all of the call. */
      readonly only: ReadonlySet<string> | undefined;
    };

/**
 * What the actor may open of the files of a call: nothing before they declared their interests; then all but the files
 * that they are recused from, or in which one of their organisations was found and that they did not answer for.
 */
export const fileAccess = async (context: PersonContext, call: string): Promise<FileAccess> => {
  const place = await placeIn(context, call);
  if (!place) return { open: false, because: 'stranger' };
  const interest = await interestOf(context, call, context.actor.account);
  if (interest?.state.status !== 'declared')
    return { open: false, because: interest?.state.status === 'later' ? 'later' : 'toDeclare' };
  const found = await foundFor(context, call, await tiesOf(context, place, interest.sirens));
  const { files } = interest.state;
  const asked = new Set([...Object.keys(files), ...found.map(({ application }) => application)]);
  const hidden = [...asked].filter((id) =>
    isHidden(
      files[id],
      found.find(({ application }) => application === id),
    ),
  );
  return { open: true, role: place.role, recused: new Set(hidden), only: place.only };
};

/** What somebody is to the selection of a call, whatever they declared. */
export interface SelectionPlace {
  readonly role: FileRole;
  /** Of a member of the jury. */
  readonly juror: { readonly id: string; readonly siren: string; readonly represents: readonly string[] } | undefined;
  readonly operator: boolean;
  readonly only: ReadonlySet<string> | undefined;
}

/**
 * The place of the actor in the selection of a call: an organiser’s agent who writes the call, a member of the jury by
 * the mailbox that was invited, or somebody whose opinion is asked. Nothing for anybody else.
 */
export const placeIn = async (context: PersonContext, id: string): Promise<SelectionPlace | undefined> => {
  const { db, actor } = context;
  const call = await readCall(context, id);
  if (!call) return undefined;
  const role = await roleFor(context, id, call);
  const juror = await db
    .selectFrom('call_juror')
    .leftJoin('call_jury', 'call_jury.call', 'call_juror.call')
    .select(['id', 'siren', 'represents', 'quality', 'call_jury.state'])
    .where('call_juror.call', '=', id)
    .where('email', '=', actor.email)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  const jury = (juror?.state ?? noJury) as JuryState;
  const sits = { juror, operator: juror?.quality === 'operator' };
  if (role === 'approver' || role === 'writer') return { role: 'instructor', ...sits, only: undefined };
  if (juror) return { role: jury.president === juror.id ? 'president' : 'juror', ...sits, only: undefined };
  const asked = await db
    .selectFrom('call_opinion')
    .select(['application', 'shown', 'status'])
    .where('call', '=', id)
    .where('email', '=', actor.email)
    .where('status', 'in', ['asked', 'accepted', 'given'])
    // At the very instant of its end, without waiting for the job that says so.
    .where(({ eb, or }) => or([eb('status', '=', 'given'), eb('due', '>', context.clock.now())]))
    .execute();
  if (asked.length === 0) return undefined;
  // The whole file, once they accepted; a sheet or an extract is shown by the page of the opinion, and nowhere else.
  const whole = asked.filter(({ shown, status }) => shown === 'whole' && status !== 'asked');
  return { role: 'expert', ...sits, only: new Set(whole.map(({ application }) => application)) };
};

/** By what the actor is looked for in the files. */
export const tiesOf = async (
  context: PersonContext,
  { juror, operator }: SelectionPlace,
  said: readonly string[],
): Promise<Ties> => ({
  sirens: new Set(
    [juror?.siren, ...(juror?.represents ?? []), ...said, ...(await ownSirens(context))].filter(
      (siren): siren is string => Boolean(siren),
    ),
  ),
  email: context.actor.email,
  operatorOf: operator ? juror?.siren : undefined,
});
