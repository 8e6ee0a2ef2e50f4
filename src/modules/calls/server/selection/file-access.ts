import { isUuid } from '#platform/ids.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { CallState } from '../../call.ts';
import { type Found, isHidden, unanswered } from '../../selection/interests.ts';
import { type JuryState, noJury } from '../../selection/jury.ts';
import { agencyRole } from '../call-view.ts';
import { foundForAll, ownSirens, type Ties } from './found.ts';
import { interestsByCall } from './interest-stream.ts';
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
export const fileAccess = async (context: PersonContext, call: string): Promise<FileAccess> =>
  (await accessesTo(context, [call])).get(call)?.access ?? { open: false, because: 'stranger' };

/** What somebody may open of a call, and what was found there that waits for their answer. */
interface Opened {
  readonly access: FileAccess;
  readonly toAnswer: readonly Found[];
}

/**
 * The same of several calls, in as many questions as of one, with what was found and waits for the actor’s answer. Calls
 * in whose selection they have no part are left out.
 */
export const accessesTo = async (
  context: PersonContext,
  calls: readonly string[],
): Promise<ReadonlyMap<string, Opened>> => {
  const places = await ownPlacesIn(context, calls);
  const interests = await interestsByCall(context, [...places.keys()], context.actor.account);
  const declared = [...places].flatMap(([call, place]) => {
    const interest = interests.get(call);
    return interest?.state.status === 'declared' ? [{ call, place, interest }] : [];
  });
  const own = declared.length > 0 ? await ownSirens(context) : [];
  const found = await foundForAll(
    context,
    declared.map(({ call, place, interest }) => ({
      call,
      ties: tiesWith(context, place, [...interest.sirens, ...own]),
    })),
  );
  return new Map<string, Opened>([
    ...[...places.keys()].map((call) => {
      const because = interests.get(call)?.state.status === 'later' ? 'later' : 'toDeclare';
      return [call, { access: { open: false, because }, toAnswer: [] }] as [string, Opened];
    }),
    ...declared.map(({ call, place, interest: { state } }, at) => {
      const finds = found[at] ?? [];
      const asked = new Set([...Object.keys(state.files), ...finds.map(({ application }) => application)]);
      const hidden = [...asked].filter((id) =>
        isHidden(
          state.files[id],
          finds.find(({ application }) => application === id),
        ),
      );
      const access: FileAccess = { open: true, role: place.role, recused: new Set(hidden), only: place.only };
      return [call, { access, toAnswer: unanswered(state, finds) }] as [string, Opened];
    }),
  ]);
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
export const ownPlaceIn = async (context: PersonContext, id: string): Promise<SelectionPlace | undefined> =>
  (await ownPlacesIn(context, [id])).get(id);

const ownPlacesIn = async (
  context: PersonContext,
  asked: readonly string[],
): Promise<ReadonlyMap<string, SelectionPlace>> => {
  const { db, actor } = context;
  const ids = asked.filter(isUuid);
  if (ids.length === 0) return new Map();
  const calls = await db.selectFrom('call').select(['id', 'state']).where('id', 'in', ids).execute();
  const jurors = await db
    .selectFrom('call_juror')
    .leftJoin('call_jury', 'call_jury.call', 'call_juror.call')
    .select(['call_juror.call', 'id', 'siren', 'represents', 'quality', 'call_jury.state'])
    .where('call_juror.call', 'in', ids)
    .where('email', '=', actor.email)
    .where('left_at', 'is', null)
    .execute();
  const sitsIn = new Map(jurors.map((juror) => [juror.call, juror]));
  const runs = ({ state }: { readonly state: unknown }): boolean =>
    ['approver', 'writer'].includes(agencyRole(context, state as CallState));
  const others = calls.filter((call) => !runs(call) && !sitsIn.has(call.id));
  const opinions = await opinionsIn(
    context,
    others.map(({ id }) => id),
  );
  return new Map(
    calls.flatMap((call): (readonly [string, SelectionPlace])[] => {
      const juror = sitsIn.get(call.id);
      const sits = { juror, operator: juror?.quality === 'operator' };
      if (runs(call)) return [[call.id, { role: 'instructor', ...sits, only: undefined }]];
      if (juror) {
        const { president } = (juror.state ?? noJury) as JuryState;
        return [[call.id, { role: president === juror.id ? 'president' : 'juror', ...sits, only: undefined }]];
      }
      const only = opinions.get(call.id);
      return only ? [[call.id, { role: 'expert', ...sits, only }]] : [];
    }),
  );
};

/** Of some calls, those in which an opinion is asked from the actor, each with the files that they may read whole. */
const opinionsIn = async (
  { db, actor, clock }: PersonContext,
  calls: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  if (calls.length === 0) return new Map();
  const asked = await db
    .selectFrom('call_opinion')
    .select(['call', 'application', 'shown', 'status'])
    .where('call', 'in', [...calls])
    .where('email', '=', actor.email)
    .where('status', 'in', ['asked', 'accepted', 'given'])
    // At the very instant of its end, without waiting for the job that says so.
    .where(({ eb, or }) => or([eb('status', '=', 'given'), eb('due', '>', clock.now())]))
    .execute();
  return new Map(
    [...Map.groupBy(asked, ({ call }) => call)].map(([call, some]) => {
      // The whole file, once they accepted; a sheet or an extract is shown by the page of the opinion, and nowhere else.
      const whole = some.filter(({ shown, status }) => shown === 'whole' && status !== 'asked');
      return [call, new Set(whole.map(({ application }) => application))];
    }),
  );
};

/** By what the actor is looked for in the files. */
export const tiesOf = async (context: PersonContext, place: SelectionPlace, said: readonly string[]): Promise<Ties> =>
  tiesWith(context, place, [...said, ...(await ownSirens(context))]);

const tiesWith = ({ actor }: PersonContext, { juror, operator }: SelectionPlace, sirens: readonly string[]): Ties => ({
  sirens: new Set(
    [juror?.siren, ...(juror?.represents ?? []), ...sirens].filter((siren): siren is string => Boolean(siren)),
  ),
  email: actor.email,
  operatorOf: operator ? juror?.siren : undefined,
});
