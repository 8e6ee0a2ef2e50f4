import { aboveOf, coversIn, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { AgencyKind, Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import { type CallEvent, type CallRole, type CallState, noCall } from '../call.ts';
import { kindOf } from '../call-kind.ts';
import { type CallOrder, type CallSetting, decideCall, publicationDeparts } from '../decide-call.ts';
import type { SelectionFacts } from '../decide-selection.ts';
import { evolveCall } from '../evolve-call.ts';
import { declaredIn } from './declarations.ts';
import { currentFrame, frameOf } from './frames.ts';
import './tables.ts';

/** A call is a stream; its row holds the same state, and what lists search by. */
export const callStream: StreamDefinition<CallState, CallEvent> = {
  name: 'call',
  initial: noCall,
  evolve: evolveCall,
  project: async ({ db, clock }, id, state) => {
    const { slug, kind, frame, territory, agencies, status, calendar, publishedAt } = state;
    const row = {
      ...{ kind, edition: frame.edition, territory, agencies, status, changed_at: clock.now() },
      opens_at: calendar ? Temporal.Instant.from(calendar.opensAt) : null,
      closes_at: calendar ? Temporal.Instant.from(calendar.closesAt) : null,
      published_at: publishedAt ? Temporal.Instant.from(publishedAt) : null,
      state: JSON.stringify(state),
    };
    await db
      .insertInto('call')
      .values({ id, slug, ...row })
      // Not the slug: to write a column that is a key locks the row against the words that two people are writing.
      .onConflict((known) => known.column('id').doUpdateSet(row))
      .execute();
  },
};

/** Where and by whom a call is run: what decides who may do what. */
type Place = Pick<CallState, 'agencies' | 'territory'>;

/** What the actor is to a call now, asked inside the transaction that acts; and for whom they may approve. */
export const roleNow = async (
  context: PersonContext,
  { agencies, territory }: Place,
  id: string,
): Promise<{ readonly role: CallRole; readonly approvesFor: readonly AgencyKind[] }> => {
  const covers = coversIn(context.indexes.get(territoryIndex));
  const may = async (action: 'call.approve' | 'call.write'): Promise<AgencyKind[]> => {
    const allowed: AgencyKind[] = [];
    for (const agency of agencies) {
      if ((await authorise(context, action, { agency, territory }, covers)).ok) allowed.push(agency);
    }
    return allowed;
  };
  const approvesFor = await may('call.approve');
  if (approvesFor.length > 0) return { role: 'approver', approvesFor };
  if ((await may('call.write')).length > 0) return { role: 'writer', approvesFor: await may('call.write') };
  return { role: (await isPartner(context, id)) ? 'partner' : 'other', approvesFor: [] };
};

/** Whether the actor’s mailbox was invited to write this call. */
export const isPartner = async ({ db, actor }: Context, call: string): Promise<boolean> =>
  actor.kind === 'person' &&
  (await db
    .selectFrom('call_partner')
    .select('id')
    .where('call', '=', call)
    .where('email', '=', actor.email)
    .executeTakeFirst()) !== undefined;

/** Of the actors whom the national frame recommends, those of whom nobody was invited to a call that it binds. */
export const leftOutOf = async (
  { db }: Pick<Context, 'db'>,
  call: string,
  { kind, frame }: Pick<CallState, 'kind' | 'frame'>,
): Promise<readonly string[]> => {
  if (!kindOf(kind).framed) return [];
  const invited = await db.selectFrom('call_partner').select('kind').where('call', '=', call).execute();
  return frameOf(frame)
    .partners.map(({ code }) => code)
    .filter((code) => !invited.some((one) => one.kind === code));
};

/** The region that a territory lies in. */
export const regionOf = ({ indexes }: Pick<Context, 'indexes'>, scope: Scope): string | undefined => {
  const territory = parseTerritory(scope);
  const above = territory.ok ? aboveOf(indexes.get(territoryIndex), territory.value) : [];
  return above.find((one) => one.startsWith('region:'))?.slice('region:'.length);
};

/** What a call would leave aside of what is recommended if it were published now: the rules, and the actors who are not invited. */
export const publicationLeaves = async (context: Context, id: string, call: CallState) => {
  const leftOut = await leftOutOf(context, id, call);
  const region = regionOf(context, call.territory);
  const { jointPossible } = region ? await declaredIn(context, frameOf(call.frame), region) : { jointPossible: false };
  return { rules: publicationDeparts(call, { jointPossible, leftOut }), leftOut };
};

/** One command on one call, in the transaction of the caller. `place` is said only to open one, `selection` to end one. */
export const commandCall = async (
  context: PersonContext,
  id: string,
  order: CallOrder,
  place?: Place,
  selection?: SelectionFacts,
): Promise<Result<CallState>> => {
  const known = place ? undefined : await readCall(context, id);
  const where = place ?? known;
  if (!where) return refuse(noSuchCall);
  const frame = known ? frameOf(known.frame) : currentFrame();
  const region = regionOf(context, where.territory);
  const { declared, jointPossible } = region
    ? await declaredIn(context, frame, region)
    : { declared: [], jointPossible: false };
  const covers = coversIn(context.indexes.get(territoryIndex));
  const index = context.indexes.get(territoryIndex);
  const setting: CallSetting = {
    ...{ frame, declared, jointPossible, now: context.clock.now(), ...(await roleNow(context, where, id)) },
    ...(selection ? { selection } : {}),
    leftOut: known && order.command === 'publish' ? await leftOutOf(context, id, known) : [],
    inside: (scope) => {
      const territory = parseTerritory(scope);
      return territory.ok && index.describe(territory.value) !== undefined && covers(where.territory, scope);
    },
  };
  return withStream(context, callStream, id, (state) => decideCall(state, order, setting));
};

/** A call as it stands. */
export const readCall = async ({ db }: Pick<Context, 'db'>, id: string): Promise<CallState | undefined> => {
  if (!isUuid(id)) return undefined;
  const row = await db.selectFrom('call').select('state').where('id', '=', id).executeTakeFirst();
  return row && (row.state as CallState);
};

/** A command whose new state the caller does not need. */
export const settled = (result: Result<unknown>): Result<void> => (result.ok ? ok(undefined) : result);

export const noSuchCall: Refusal = { code: 'no_such_call', message: 'Cet appel n’existe pas.' };
