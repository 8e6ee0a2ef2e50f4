import type { Context } from '#platform/server/context.ts';
import { type Found, type InterestState, isHidden, noInterest } from '../../selection/interests.ts';
import { type JurorQuality, type JuryMember, type Voice, votesOn } from '../../selection/jury.ts';
import { foundForEach, sirensOf } from './found.ts';
import { juryOf } from './jury.ts';
import './tables.ts';

/** Where somebody of the selection of a call stands: what they declared, and the files that are hidden from them. */
export interface Standing {
  /** Id of the member of the jury; nothing for an organiser’s agent who does not sit. */
  readonly juror: string | undefined;
  /** Id of their declaration, once they answered. */
  readonly interest: string | undefined;
  readonly account: string | undefined;
  readonly name: string;
  readonly organisation: string;
  readonly quality: JurorQuality | undefined;
  readonly voice: Voice | undefined;
  readonly sits: boolean;
  readonly presides: boolean;
  readonly delegate: boolean;
  readonly state: InterestState;
  readonly found: readonly Found[];
  readonly hidden: (application: string) => boolean;
  /** Whether they may vote on a file: a deliberative voice, not recused, whose own organisation does not apply. */
  readonly votes: (application: string) => boolean;
}

/**
 * Everybody of the selection of a call: the members of the jury, those who left included, then the organisers’ agents who
 * declared. For whoever composes the jury, holds the session or writes its minutes: what each page shows of a file to whom
 * is for `fileAccess`.
 */
export const standingsOf = async (context: Pick<Context, 'db'>, call: string): Promise<readonly Standing[]> => {
  const { db } = context;
  const jury = await juryOf(context, call);
  const jurors = await db
    .selectFrom('call_juror')
    .leftJoin('account', (join) =>
      join.onRef('account.email', '=', 'call_juror.email').on('call_juror.email', '!=', ''),
    )
    .select(['call_juror.id', 'call_juror.name', 'call_juror.email', 'organisation', 'siren', 'represents'])
    .select(['quality', 'voice', 'left_at', 'account.id as account'])
    .where('call', '=', call)
    .orderBy('invited_at')
    .orderBy('call_juror.name')
    .orderBy('call_juror.id')
    .execute();
  const interests = await db
    .selectFrom('call_interest')
    .leftJoin('account', 'account.id', 'call_interest.account')
    .select(['call_interest.id', 'account', 'call_interest.name', 'sirens', 'state', 'account.email'])
    .where('call', '=', call)
    .orderBy('call_interest.id')
    .execute();
  const sitting = new Set(jurors.map(({ account }) => account));
  const people = [
    ...jurors.map((juror) => ({ juror, interest: interests.find(({ account }) => account === juror.account) })),
    ...interests.filter(({ account }) => !sitting.has(account)).map((interest) => ({ juror: undefined, interest })),
  ];
  const own = await sirensOf(context, [
    ...new Set(people.flatMap(({ juror, interest }) => juror?.account ?? interest?.account ?? [])),
  ]);
  const found = await foundForEach(
    context,
    call,
    people.map(({ juror, interest }) => ({
      // As in `fileAccess`: what is said of them, what they say, and the organisations that they belong to.
      sirens: new Set(
        [
          ...[juror?.siren, ...(juror?.represents ?? []), ...(interest?.sirens ?? [])],
          ...(own.get(juror?.account ?? interest?.account ?? '') ?? []),
        ].filter(isSaid),
      ),
      email: juror?.email || interest?.email || '',
      operatorOf: juror?.quality === 'operator' ? juror.siren : undefined,
    })),
  );
  return people.map(({ juror, interest }, at): Standing => {
    const state = (interest?.state ?? { ...noInterest, call }) as InterestState;
    const finds = found[at] ?? [];
    const of = new Map(finds.map((one) => [one.application, one]));
    const sirens = new Set([juror?.siren, ...(juror?.represents ?? [])].filter(isSaid));
    const hidden = (application: string): boolean => isHidden(state.files[application], of.get(application));
    const member = jury.members.find(({ id }) => id === juror?.id);
    return {
      ...{ juror: juror?.id, interest: interest?.id, account: juror?.account ?? interest?.account },
      ...{ name: juror?.name ?? interest?.name ?? '', organisation: juror?.organisation ?? '', state, found: finds },
      ...{ quality: juror?.quality, voice: juror?.voice, sits: juror !== undefined && juror.left_at === null },
      ...{ presides: juror !== undefined && jury.president === juror.id, hidden },
      delegate: juror !== undefined && jury.delegate === juror.id,
      votes: (application) => votesOnFile(member, hidden(application), of.get(application)?.grounds ?? [], sirens),
    };
  });
};

const votesOnFile = (
  member: JuryMember | undefined,
  hidden: boolean,
  grounds: Found['grounds'],
  sirens: ReadonlySet<string>,
): boolean =>
  member !== undefined &&
  votesOn(member, { hidden, ownApplies: [...sirens].some((siren) => grounds.includes(`holder:${siren}`)) });

const isSaid = (siren: string | undefined): siren is string => Boolean(siren);
