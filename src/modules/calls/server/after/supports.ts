import { randomUUID } from 'node:crypto';
import { isUuid } from '#platform/ids.ts';
import { type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  decideSupport,
  evolveSupport,
  noSupport,
  type SupportEvent,
  type SupportOrder,
  type SupportState,
  type SupportStep,
} from '../../after/support.ts';
import { isSupported } from '../../selection/decision.ts';
import { applicationRow, noSuchApplication } from '../application/application-stream.ts';
import { noSuchCall, settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText, readTexts } from '../rows.ts';
import { lockedCall, readDecision } from '../selection/decisions.ts';
import { followed } from './agreement-stream.ts';
import './tables.ts';

/** The technical support of one application is a stream; its row holds the same state. */
export const supportStream: StreamDefinition<SupportState, SupportEvent> = {
  name: 'call-support',
  initial: noSupport,
  evolve: evolveSupport,
  project: async ({ db, clock }, application, state) => {
    const row = { state: JSON.stringify(state), changed_at: clock.now() };
    await db
      .insertInto('call_support')
      .values({ application, ...row })
      .onConflict((known) => known.column('application').doUpdateSet(row))
      .execute();
  },
};

/** Plans a step of the technical support of an application, by either side. `on`: an ISO day. */
export const planSupport = (
  context: PersonContext,
  application: string,
  said: { readonly on: string; readonly words: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const words = await keepText(inside, said.words, 'words');
    if (!words.ok) return words;
    const id = randomUUID();
    return command(inside, application, { command: 'plan', id, on: said.on, words: words.value });
  });

/** Notes what a planned step became, or that its day changes. */
export const noteSupport = (
  context: PersonContext,
  application: string,
  said: {
    readonly command: 'move' | 'note' | 'drop';
    readonly id: string;
    readonly on: string;
    readonly words: string;
  },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const { id, on } = said;
    if (said.command === 'move') return command(inside, application, { command: 'move', id, on });
    const words = await keepText(inside, said.words, 'words');
    return words.ok ? command(inside, application, { command: said.command, id, on, words: words.value }) : words;
  });

/** A step of a support, with its words. */
export type SupportLine = Omit<SupportStep, 'settled'> & {
  readonly settled: (Omit<NonNullable<SupportStep['settled']>, 'words'> & { readonly words: string }) | null;
};

/** The steps of the support of some applications, with their words. For whoever may read them: ask first. */
export const supportsOf = async (
  context: Pick<Context, 'db'>,
  applications: readonly string[],
): Promise<ReadonlyMap<string, readonly SupportLine[]>> => {
  if (applications.length === 0) return new Map();
  const rows = await context.db
    .selectFrom('call_support')
    .select(['application', 'state'])
    .where('application', 'in', [...applications])
    .execute();
  const states = rows.map(({ application, state }) => ({ application, steps: (state as SupportState).steps }));
  const ids = states.flatMap(({ steps }) => steps.flatMap((one) => [one.words, one.settled?.words ?? '']));
  const texts = await readTexts(context, ids.filter(isUuid));
  const said = (id: string | null): string => (id === null ? '' : (texts.get(id) ?? ''));
  return new Map(
    states.map(({ application, steps }) => [
      application,
      steps.map((one) => ({
        ...{ ...one, words: said(one.words) },
        settled: one.settled && { ...one.settled, words: said(one.settled.words) },
      })),
    ]),
  );
};

const command = async (inside: PersonContext, application: string, order: SupportOrder): Promise<Result<void>> => {
  const row = await applicationRow(inside, application);
  if (!row) return noSuchApplication;
  // One at a time with whoever decides: a support that ends is not followed up any more.
  if (!(await lockedCall(inside, row.call))) return refuse(noSuchCall);
  const found = await followed(inside, application);
  if (!found) return noSuchApplication;
  const told = isSupported(await readDecision(inside, application));
  const setting = { role: found.role, told, today: found.today };
  return settled(await withStream(inside, supportStream, application, (state) => decideSupport(state, order, setting)));
};
