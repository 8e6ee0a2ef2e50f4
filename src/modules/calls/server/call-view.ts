import { sql } from 'kysely';
import { coversIn, parseTerritory, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can, type Scope } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type CallRole, type CallState, wordSections } from '../call.ts';
import { isPartner, readCall } from './call-stream.ts';
import { frameOf } from './frames.ts';
import { readTexts } from './rows.ts';
import { computedTitle, titleOf, titlesOf, wordsOf } from './title.ts';

/** What the actor is to a call, for a page. A command asks again. */
export const roleFor = async (context: Context, id: string, call: CallState): Promise<CallRole> => {
  const role = agencyRole(context, call);
  if (role === 'approver' || role === 'writer') return role;
  return (await isPartner(context, id)) ? 'partner' : role;
};

/** What the actor is to a call by the agencies that gave them a role, invitations apart. */
export const agencyRole = (
  { actor, indexes }: Context,
  { agencies, territory }: CallState,
): Exclude<CallRole, 'partner'> => {
  const covers = coversIn(indexes.get(territoryIndex));
  const may = (action: 'call.approve' | 'call.write' | 'call.read'): boolean =>
    agencies.some((agency) => can(actor, action, { agency, territory }, covers));
  if (may('call.approve')) return 'approver';
  if (may('call.write')) return 'writer';
  return may('call.read') ? 'reader' : 'other';
};

/** The agencies in whose name the actor may approve a call, for a page. */
export const approvesFor = ({ actor, indexes }: Context, { agencies, territory }: CallState) =>
  agencies.filter((agency) => can(actor, 'call.approve', { agency, territory }, coversIn(indexes.get(territoryIndex))));

/** A call for those who write it, read it or were invited. Nothing for anybody else, as if it did not exist. */
export const callView = async (context: PersonContext, id: string) => {
  const call = await readCall(context, id);
  if (!call) return undefined;
  const role = await roleFor(context, id, call);
  return role === 'other'
    ? undefined
    : { id, role, approvesFor: approvesFor(context, call), ...(await callWords(context, call)) };
};

/** The title of a call, for the pages of those who have a part in its selection; nothing for an unknown one. */
export const titleOfCall = async (context: Context, id: string): Promise<string> => {
  const call = await readCall(context, id);
  return call ? titleOf(context, call) : '';
};

/** All that a call says, read whole. */
export const callWords = async (context: Context, call: CallState) => {
  const [title, specification, form, grid, pieces, choices] = await Promise.all([
    titleOf(context, call),
    wordsOf(context, call, 'specification'),
    wordsOf(context, call, 'form'),
    wordsOf(context, call, 'grid'),
    wordsOf(context, call, 'pieces'),
    wordsOf(context, call, 'choices'),
  ]);
  const texts = await readTexts(context, [
    ...call.departures.map(({ motive }) => motive),
    ...call.amendments.map(({ text }) => text),
    ...(call.reason ? [call.reason] : []),
  ]);
  const own = (await wordsOf(context, call, 'title')).title;
  return {
    ...{ call, frame: frameOf(call.frame), title, ownTitle: own, computedTitle: computedTitle(context, call) },
    ...{ specification, form, grid, pieces, choices, texts, where: placeOf(context, call.territory) },
    ...{ zone: zoneOf(context, call.territory), unwritten: wordSections.filter((section) => !call.words[section]) },
  };
};

/** The name of a territory and how one is there. */
export const placeOf = ({ indexes }: Pick<Context, 'indexes'>, scope: Scope): { name: string; locative: string } => {
  const territory = parseTerritory(scope);
  return (
    (territory.ok && indexes.get(territoryIndex).describe(territory.value)) || { name: scope, locative: `à ${scope}` }
  );
};

/** The zone in which the deadlines of a territory are read: that of most of its people. */
export const zoneOf = ({ indexes }: Pick<Context, 'indexes'>, scope: Scope): string => {
  const territory = parseTerritory(scope);
  const index = indexes.get(territoryIndex);
  if (!territory.ok) return 'Europe/Paris';
  const { kind, code } = territory.value;
  const seat =
    kind === 'region' ? index.region(code)?.seat : kind === 'departement' ? index.departement(code)?.seat : undefined;
  const commune = seat ? index.commune(seat) : index.communesOf(territory.value)[0];
  return commune ? timeZoneOfCommune(commune) : 'Europe/Paris';
};

/** The calls that concern the actor: those of their agencies, and those where they were invited; the last changed first. */
export const ownCalls = async (context: PersonContext) => {
  const { db, actor, indexes } = context;
  const covers = coversIn(indexes.get(territoryIndex));
  const invited = await db.selectFrom('call_partner').select('call').where('email', '=', actor.email).execute();
  const rows = await db
    .selectFrom('call')
    .select(['id', 'state', 'status'])
    .where(
      sql<boolean>`(agencies && ${actor.grants.map(({ agency }) => agency)}::text[]
        or id = any(${invited.map(({ call }) => call)}::uuid[]))`,
    )
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute();
  const mine = rows.filter(({ id, state }) => {
    const { agencies, territory } = state as CallState;
    return (
      invited.some(({ call }) => call === id) ||
      agencies.some((agency) => can(actor, 'call.read', { agency, territory }, covers))
    );
  });
  const calls = mine.map(({ id, state }) => ({ id, call: state as CallState }));
  const titles = await titlesOf(
    context,
    calls.map(({ call }) => call),
  );
  return calls.map((one, at) => ({ ...one, title: titles[at] ?? '' }));
};
