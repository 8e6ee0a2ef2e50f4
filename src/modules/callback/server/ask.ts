import type { Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { hashOf, looksLikeSecret } from '#platform/server/identity/secret.ts';
import { type CallbackStatus, readRequest, type TypedRequest } from '../request.ts';
import { type Slot, slotWords } from '../slots.ts';
import { answeringTeams, slotsOf } from './teams.ts';
import { tellTeam } from './tell.ts';
import './tables.ts';

/** A request as its own page tells it back. Not the number, but its end: somebody else may look at the screen. */
export interface OwnCallback {
  readonly status: CallbackStatus;
  readonly team: string;
  readonly slot: string;
  readonly numberEnds: string;
  /** The day after which it is erased, if nobody has called. */
  readonly keptUntil: Temporal.PlainDate;
}

/** Days after which a request that nobody took is erased. */
export const WAITING_DAYS = 7;

/**
 * Asks a team to call. `key`: a word of the page (`newSecret`); the same word twice, a double tap, is one request, told back
 * each time. The team is told that somebody waits, and nothing of who. Refuses what cannot be read, and a team that does
 * not answer any more. Nothing tells whether the same number is known already. `site`: origin of the address in the mail.
 * `often`: this number has just been left too many times; the answer is the same, and nobody is asked to ring it once more.
 */
export const askCallback = (
  context: Context,
  {
    key,
    team: teamId,
    typed,
    often = false,
  }: { readonly key: string; readonly team: string; readonly typed: TypedRequest; readonly often?: boolean },
  site: string | undefined,
): Promise<Result<OwnCallback, readonly Refusal[]>> =>
  inTransaction(context, async (inside) => {
    if (!looksLikeSecret(key)) return refuse([staleForm]);
    const known = await ownCallback(inside, key);
    if (known) return ok(known);
    const team = (await answeringTeams(inside)).find(({ id }) => id === teamId);
    if (!team) return refuse([noTeam]);
    const { slots } = slotsOf(inside, team);
    const request = readRequest(typed, slots);
    if (!request.ok) return request;
    const { phone, slot, presentation, noMessage } = request.value;
    if (often) return ok(tellBack(inside, team, { ...request.value, status: 'waiting', at: inside.clock.now() }));
    const added = await inside.db
      .insertInto('callback_request')
      .values({
        ...{ team: team.id, key_hash: hashOf(key), phone, presentation, no_message: noMessage },
        ...{ slot_day: slot.day, slot_from: slot.from, slot_to: slot.to, created_at: inside.clock.now() },
        ...{ warned_at: null, taken_at: null, taken_by: null, closed_at: null, outcome: null },
      })
      .onConflict((tap) => tap.column('key_hash').doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows !== 0n) await tellTeam(inside, team.organisation, 'arrived', site);
    const kept = await ownCallback(inside, key);
    return kept ? ok(kept) : refuse([staleForm]);
  });

/** The request of a key; nothing for a key of none, or of one that was erased. */
export const ownCallback = async (context: Context, key: string): Promise<OwnCallback | undefined> => {
  if (!looksLikeSecret(key)) return undefined;
  const row = await context.db
    .selectFrom('callback_request')
    .innerJoin('callback_team', 'callback_team.id', 'callback_request.team')
    .selectAll('callback_request')
    .select(['callback_team.name', 'callback_team.territory'])
    .where('key_hash', '=', hashOf(key))
    .executeTakeFirst();
  if (!row) return undefined;
  const slot: Slot = { day: row.slot_day.toString(), from: row.slot_from, to: row.slot_to };
  return tellBack(context, row, { status: row.status, phone: row.phone ?? '', slot, at: row.created_at });
};

const tellBack = (
  context: Context,
  { name, territory }: { readonly name: string; readonly territory: Scope },
  request: {
    readonly status: CallbackStatus;
    readonly phone: string;
    readonly slot: Slot;
    readonly at: Temporal.Instant;
  },
): OwnCallback => {
  const { today, timeZone } = slotsOf(context, { ...teamShape, territory });
  return {
    ...{ status: request.status, team: name, slot: slotWords(request.slot, today) },
    numberEnds: request.phone.slice(-2),
    keptUntil: request.at.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: WAITING_DAYS }),
  };
};

/** Only the territory is asked for the clock of a team. */
const teamShape = {
  id: '',
  organisation: '',
  name: '',
  days: [],
  from: 0,
  to: 24,
  languages: [],
  sentence: '',
} as const;

/**
 * The person cancels. What they had given is erased at once, whoever has taken the request meanwhile; the team only reads
 * that it was cancelled. Cancelling twice changes nothing.
 */
export const cancelCallback = async ({ db, clock }: Context, key: string): Promise<void> => {
  if (!looksLikeSecret(key)) return;
  await db
    .updateTable('callback_request')
    .set({ status: 'cancelled', phone: null, presentation: '', closed_at: clock.now() })
    .where('key_hash', '=', hashOf(key))
    .where('status', 'in', ['waiting', 'taken'])
    .execute();
};

const staleForm: Refusal = {
  code: 'stale_form',
  message: 'Cette page est trop ancienne. Rouvrez-la : rien n’est parti.',
};
const noTeam: Refusal = {
  code: 'no_team',
  message: 'Cette équipe ne rappelle plus. Rien n’est parti : appelez l’un des numéros ci-dessous.',
};
