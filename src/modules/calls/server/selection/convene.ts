import { randomUUID } from 'node:crypto';
import { ok, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { agendaOrder } from '../../selection/agenda-order.ts';
import { asOne } from '../calls.ts';
import { keepText, readTexts } from '../rows.ts';
import { sittingOf } from './session-members.ts';
import { commandSession, noSuchSession, readSession } from './sessions.ts';
import { tellJurors } from './tell-jurors.ts';

/** When and where a session is held, and on which files. `origin`: the address of the site, for the links of the messages. */
export interface Convened {
  readonly at: Temporal.Instant;
  readonly place: string;
  readonly agenda: readonly string[];
  readonly origin?: string | undefined;
}

/**
 * Convenes a session on files whose evaluations are closed, in the order that makes people leave the least, and writes to the
 * members of the jury. Returns its id.
 */
export const convene = (
  context: PersonContext,
  call: string,
  { at, place, agenda, origin }: Convened,
): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const kept = await keepText(inside, place, 'place');
    if (!kept.ok) return kept;
    const id = randomUUID();
    const ordered = await proposedOrder(inside, call, agenda);
    const order = { command: 'convene' as const, at: at.toString(), place: kept.value ?? null, agenda: ordered };
    const done = await commandSession(inside, call, id, order);
    if (!done.ok) return done;
    await tellJurors(inside, id, { what: 'convened', origin });
    return ok(id);
  });

/**
 * Changes when, where or about what a session that has not opened is held: only what differs is written, and the members of
 * the jury are told. `seen`: the version that was read; whoever changed it since is not written over (I-18). Other files come in the order that makes people leave the least.
 */
export const changeSession = (
  context: PersonContext,
  id: string,
  { at, place, agenda, origin, seen }: Convened & { readonly seen: number },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const session = await readSession(inside, id);
    if (!session) return refuse(noSuchSession);
    const before = session.place ? ((await readTexts(inside, [session.place])).get(session.place) ?? '') : '';
    const moved = !at.equals(Temporal.Instant.from(session.at)) || typedText(place) !== before;
    const items = new Set(session.items.map(({ application }) => application));
    const other = items.symmetricDifference(new Set(agenda)).size > 0;
    if (moved) {
      const kept = await keepText(inside, place, 'place');
      if (!kept.ok) return kept;
      const order = { command: 'move' as const, at: at.toString(), place: kept.value ?? null };
      const done = await commandSession(inside, session.call, id, order, seen);
      if (!done.ok) return done;
    }
    if (other) {
      const ordered = await proposedOrder(inside, session.call, agenda);
      const done = await commandSession(
        ...([inside, session.call, id, { command: 'setAgenda', agenda: ordered }] as const),
        // Just moved: the version of this very transaction, which nobody else has.
        moved ? undefined : seen,
      );
      if (!done.ok) return done;
    }
    if (moved || other) await tellJurors(inside, id, { what: moved ? 'moved' : 'agenda', origin });
    return ok(undefined);
  });

/** Cancels a session that has not opened, with a motive that the jury reads: its files are free for another one. */
export const cancelSession = (
  context: PersonContext,
  id: string,
  { reason, origin }: { readonly reason: string; readonly origin?: string | undefined },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const session = await readSession(inside, id);
    if (!session) return refuse(noSuchSession);
    const kept = await keepText(inside, reason, 'reason');
    if (!kept.ok) return kept;
    const order = { command: 'cancel' as const, reason: kept.value ?? null };
    const done = await commandSession(inside, session.call, id, order);
    if (done.ok) await tellJurors(inside, id, { what: 'cancelled', origin });
    return done;
  });

/** The order of files that minimises exits and returns, by what members of the jury declared. */
const proposedOrder = async (
  context: PersonContext,
  call: string,
  agenda: readonly string[],
): Promise<readonly string[]> => {
  const members = await sittingOf(context, call, agenda);
  const sitting = members.filter(({ left, declared }) => !left && declared);
  return agendaOrder(
    [...new Set(agenda)].map((id) => ({
      ...{ id, out: new Set(sitting.filter(({ recused }) => recused.has(id)).map((member) => member.id)) },
    })),
  );
};
