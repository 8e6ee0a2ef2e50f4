import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { CallState } from '../call.ts';
import type { DeclarationState } from '../declaration.ts';
import { type StateAgency, stateAgencies } from '../frame.ts';
import { type Contact, contactOf } from './rows.ts';
import './tables.ts';

/** One region in an edition: who declared, and which calls run there. A region without a call is a normal state. */
export interface RegionLine {
  readonly code: string;
  readonly name: string;
  readonly declarations: readonly (DeclarationState & {
    readonly agency: StateAgency;
    readonly referentIs: Contact | undefined;
  })[];
  readonly calls: readonly { readonly id: string; readonly call: CallState }[];
}

/** Who runs what in an edition, region by region. Referents are read only for those who may (`referents`). */
export const whoRuns = async (
  context: Context,
  edition: string,
  { referents }: { readonly referents: boolean },
): Promise<readonly RegionLine[]> => {
  const { db, indexes } = context;
  const declared = await db
    .selectFrom('call_declaration')
    .select(['agency', 'region', 'state'])
    .where('edition', '=', edition)
    .where('status', 'in', ['sent', 'draft'])
    .execute();
  const calls = await db
    .selectFrom('call')
    .select(['id', 'territory', 'state'])
    .where('edition', '=', edition)
    .where('kind', '=', 'regional')
    .orderBy('slug')
    .execute();
  const lines: RegionLine[] = [];
  for (const { code, name } of indexes.get(territoryIndex).regions) {
    const declarations: RegionLine['declarations'][number][] = [];
    for (const agency of stateAgencies) {
      const row = declared.find((one) => one.region === code && one.agency === agency);
      if (!row) continue;
      const state = row.state as DeclarationState;
      const referentIs = referents && state.status === 'sent' ? await contactOf(context, state.referent) : undefined;
      declarations.push({ ...state, agency, referentIs });
    }
    const here = calls.filter(({ territory }) => territory === `region:${code}`);
    lines.push({ code, name, declarations, calls: here.map(({ id, state }) => ({ id, call: state as CallState })) });
  }
  return lines;
};
