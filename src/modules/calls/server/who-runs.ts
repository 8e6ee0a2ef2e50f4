import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { CallState } from '../call.ts';
import { kindOf } from '../call-kind.ts';
import type { DeclarationState } from '../declaration.ts';
import { type StateAgency, stateAgencies } from '../frame.ts';
import { regionOf } from './call-stream.ts';
import { type Contact, contactOf, readTexts } from './rows.ts';
import { titlesOf } from './title.ts';
import './tables.ts';

/** A declaration, as one who may follow it reads it: its referent and why it is late are read for them alone. */
export type DeclarationLine = DeclarationState & {
  readonly agency: StateAgency;
  readonly referentIs: Contact | undefined;
  readonly motiveSaid: string | undefined;
};

/** A call of any kind. One that the national frame does not bind is here only once it is published. */
export interface RunLine {
  readonly id: string;
  readonly call: CallState;
  readonly title: string;
}

/** One region in an edition: who declared, and which calls run there. A region without a call is a normal state. */
export interface RegionLine {
  readonly code: string;
  readonly name: string;
  readonly declarations: readonly DeclarationLine[];
  readonly calls: readonly RunLine[];
}

/**
 * Who runs what in an edition, region by region: calls of every kind, an expression of interest or a call of a département
 * in the region that holds its territory. `elsewhere`: those whose territory lies in no single region. `followed`: read by
 * who follows calls for the ministry, with referents and motives.
 */
export const whoRuns = async (
  context: Context,
  edition: string,
  { followed }: { readonly followed: boolean },
): Promise<{ readonly regions: readonly RegionLine[]; readonly elsewhere: readonly RunLine[] }> => {
  const { db, indexes } = context;
  const declared = await db
    .selectFrom('call_declaration')
    .select(['agency', 'region', 'state'])
    .where('edition', '=', edition)
    .where('status', 'in', ['sent', 'draft'])
    .execute();
  const states = declared.map(({ state }) => state as DeclarationState);
  const motives = followed
    ? await readTexts(
        context,
        states.flatMap(({ motive }) => (motive ? [motive] : [])),
      )
    : new Map<string, string>();
  const calls = await runningIn(context, edition);
  const regions: RegionLine[] = [];
  for (const { code, name } of indexes.get(territoryIndex).regions) {
    const declarations: DeclarationLine[] = [];
    for (const agency of stateAgencies) {
      const row = declared.find((one) => one.region === code && one.agency === agency);
      if (!row) continue;
      const state = row.state as DeclarationState;
      const referentIs = followed && state.status === 'sent' ? await contactOf(context, state.referent) : undefined;
      declarations.push({ ...state, agency, referentIs, motiveSaid: motives.get(state.motive ?? '') });
    }
    regions.push({ code, name, declarations, calls: calls.filter(({ region }) => region === code) });
  }
  return { regions, elsewhere: calls.filter(({ region }) => region === undefined) };
};

const runningIn = async (context: Context, edition: string) => {
  const rows = await context.db
    .selectFrom('call')
    .select(['id', 'state'])
    .where('edition', '=', edition)
    .orderBy('slug')
    .execute();
  const found = rows
    .map(({ id, state }) => ({ id, call: state as CallState }))
    .filter(({ call }) => kindOf(call.kind).framed || call.publishedAt !== null);
  const titles = await titlesOf(
    context,
    found.map(({ call }) => call),
  );
  return found.map((one, at) => ({
    ...{ ...one, title: titles[at] ?? '', region: regionOf(context, one.call.territory) },
  }));
};
