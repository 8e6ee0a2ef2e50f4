import { randomUUID } from 'node:crypto';
import { isUuid } from '#platform/ids.ts';
import { type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  type AppealEvent,
  type AppealKind,
  type AppealOrder,
  type AppealState,
  decideAppeal,
  evolveAppeal,
  noAppeal,
} from '../../after/appeal.ts';
import { noSuchApplication } from '../application/application-stream.ts';
import { settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText, readTexts } from '../rows.ts';
import { followed } from './agreement-stream.ts';
import { correctedSince } from './grant.ts';
import './tables.ts';

export const appealStream: StreamDefinition<AppealState, AppealEvent> = {
  name: 'call-appeal',
  initial: noAppeal,
  evolve: evolveAppeal,
  project: async ({ db, clock }, id, state) => {
    const { application, kind, status } = state;
    const row = { application, kind, status, changed_at: clock.now(), state: JSON.stringify(state) };
    await db
      .insertInto('call_appeal')
      .values({ id, ...row })
      .onConflict((known) => known.column('id').doUpdateSet(row))
      .execute();
  },
};

/** Writes an appeal against the decision on an application: its holder writes it, or an organiser notes one that arrived. */
export const receiveAppeal = (
  context: PersonContext,
  application: string,
  said: { readonly kind: AppealKind; readonly on: string; readonly text: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const text = await keepText(inside, said.text, 'text');
    if (!text.ok) return text;
    const { kind, on } = said;
    return command(inside, application, randomUUID(), { command: 'receive', application, kind, on, text: text.value });
  });

/** Writes what was studied, then that the decision is confirmed, or reformed by a corrected decision. */
export const answerAppeal = (
  context: PersonContext,
  application: string,
  appeal: string,
  said: { readonly command: 'study' | 'confirm' | 'reform'; readonly text: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const known = isUuid(appeal)
      ? await inside.db.selectFrom('call_appeal').select('application').where('id', '=', appeal).executeTakeFirst()
      : undefined;
    if (known?.application !== application) return refuse(noSuchAppeal);
    const text = await keepText(inside, said.text, 'text');
    if (!text.ok) return text;
    return command(inside, application, appeal, { command: said.command, text: text.value });
  });

/** The appeals of an application, the last one first, with their words. For whoever follows it: ask first. */
export const appealsOf = async (context: Pick<Context, 'db'>, application: string) => {
  const rows = await context.db
    .selectFrom('call_appeal')
    .select(['id', 'state'])
    .where('application', '=', application)
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .execute();
  const states = rows.map(({ id, state }) => ({ id, state: state as AppealState }));
  const ids = states.flatMap(({ state }) => [state.text, state.study, state.answer]).filter((id) => id !== null);
  const texts = await readTexts(context, ids);
  const said = (id: string | null): string => (id === null ? '' : (texts.get(id) ?? ''));
  return states.map(({ id, state }) => ({
    ...{ id, kind: state.kind, status: state.status, on: state.on },
    ...{ text: said(state.text), study: said(state.study), answer: said(state.answer) },
  }));
};

const command = async (
  inside: PersonContext,
  application: string,
  appeal: string,
  order: AppealOrder,
): Promise<Result<void>> => {
  const found = await followed(inside, application);
  if (!found) return noSuchApplication;
  const { role, today, call } = found;
  const zone = call.calendar?.zone ?? 'Europe/Paris';
  const { on } = await readAppeal(inside, appeal);
  const setting = {
    ...{ role, today, notified: found.application.status === 'notified' },
    corrected: on !== '' && (await correctedSince(inside, application, on, zone)),
  };
  return settled(await withStream(inside, appealStream, appeal, (state) => decideAppeal(state, order, setting)));
};

const readAppeal = async ({ db }: Pick<Context, 'db'>, id: string): Promise<AppealState> => {
  const row = await db.selectFrom('call_appeal').select('state').where('id', '=', id).executeTakeFirst();
  return row ? (row.state as AppealState) : noAppeal;
};

const noSuchAppeal: Refusal = { code: 'no_such_appeal', message: 'Ce recours n’existe pas.' };
