import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readText } from '../message.ts';
import { shortLine } from './names.ts';
import { noSuchNetwork, readNetwork } from './networks.ts';
import './tables.ts';

/** How much a note of a meeting says. */
export const noteLimits = { title: 120, text: 5_000 } as const;

/** A note as it is written. `metOn`: the day of the meeting, nothing when none was typed. */
export interface NewNote {
  readonly metOn: Temporal.PlainDate | undefined;
  readonly title: string;
  readonly text: string;
}

/** Writes the note of a meeting down, for the members alone. For who coordinates or writes for the network. */
export const writeNote = (context: PersonContext, network: string, typed: NewNote): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    if (!(await readNetwork(inside, network))) return refuse(noSuchNetwork);
    const allowed = await authorise(inside, 'network.write', { organisation: network });
    if (!allowed.ok) return allowed;
    if (!typed.metOn) return refuse(noDay);
    const title = readText(shortLine(typed.title), 'title', noteLimits.title);
    if (!title.ok) return title;
    const text = readText(typed.text, 'text', noteLimits.text);
    if (!text.ok) return text;
    await inside.db
      .insertInto('network_note')
      .values({
        ...{ network, met_on: typed.metOn.toString(), title: title.value, text: text.value },
        ...{ author: context.actor.account, written_at: inside.clock.now() },
      })
      .execute();
    return ok(undefined);
  });

/** Erases a note. For who may write one. */
export const eraseNote = (context: PersonContext, network: string, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'network.write', { organisation: network });
    if (!allowed.ok) return allowed;
    if (isUuid(id) && isUuid(network)) {
      await inside.db.deleteFrom('network_note').where('network', '=', network).where('id', '=', id).execute();
    }
    return ok(undefined);
  });

const noDay: Refusal = { code: 'no_day', field: 'metOn', message: 'Indiquez le jour de la rencontre.' };
