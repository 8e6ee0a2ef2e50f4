import { sql } from 'kysely';
import { aboveOf, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { oneLine } from '#platform/text.ts';
import type { CallState } from '../../call.ts';
import { type Amounts, keyOf } from '../../selection/allocation.ts';
import type { Candidate, Scenario } from '../../selection/scenario.ts';
import { reload } from '../../step-table.ts';
import { noSuchCall, readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { type FileAccess, fileAccess } from './file-access.ts';
import { rankingView } from './ranking-view.ts';
import './decision-tables.ts';

/** How many scenarios a call may have. */
const MOST = 30;

/** A scenario as its page shows it. */
export interface KeptScenario extends Scenario {
  readonly proposed: boolean;
  readonly version: number;
}

/** Applications that are compared: full ones, found admissible, that the actor may read. */
export const candidatesOf = async (
  context: PersonContext,
  call: string,
  access: Extract<FileAccess, { open: true }>,
  ranks: ReadonlyMap<string, number>,
): Promise<readonly Candidate[]> => {
  let query = context.db
    .selectFrom('call_application')
    .select(['id', 'number', 'title', 'holder', 'legal_form', 'asked_cents', 'axes', 'territories'])
    .where('call', '=', call)
    .where('kind', '=', 'full')
    .where('status', 'in', ['admissible', 'evaluating', 'evaluated', 'deliberated', 'notified'])
    .orderBy('number');
  if (access.recused.size > 0) query = query.where(sql<boolean>`not id = any(${[...access.recused]}::uuid[])`);
  if (access.only) query = query.where(sql<boolean>`id = any(${[...access.only]}::uuid[])`);
  const rows = await query.execute();
  const departementOf = departements(context);
  return rows.map(({ id, number, title, holder, legal_form, asked_cents, axes, territories }) => ({
    ...{ id, number, title, holder, holderKind: legal_form || 'Non précisé', askedCents: asked_cents, axes },
    departements: [...new Set(territories.flatMap((scope) => departementOf(scope) ?? []))],
    places: territories,
    rank: ranks.get(id),
  }));
};

/** The rank of each file that has one, as the actor may see it; equal ones share theirs. */
export const ranksOf = async (context: PersonContext, call: string): Promise<ReadonlyMap<string, number>> => {
  const lines = (await rankingView(context, call))?.lines ?? [];
  return new Map(lines.flatMap(({ id, rank }) => (rank === undefined ? [] : [[id, rank] as const])));
};

/** The code of the département that a territory lies in; one scope is looked up once. */
const departements = ({ indexes }: Pick<Context, 'indexes'>): ((scope: string) => string | undefined) => {
  const known = new Map<string, string | undefined>();
  return (scope) => {
    if (known.has(scope)) return known.get(scope);
    const parsed = parseTerritory(scope);
    const above = parsed.ok ? [scope, ...aboveOf(indexes.get(territoryIndex), parsed.value)] : [];
    const found = above.find((one) => one.startsWith('departement:'))?.slice('departement:'.length);
    known.set(scope, found);
    return found;
  };
};

/** The scenarios of a call by name, without the files that the actor is recused from. */
export const scenariosOf = async (
  { db }: Pick<Context, 'db'>,
  call: string,
  access: Extract<FileAccess, { open: true }>,
): Promise<readonly KeptScenario[]> => {
  const rows = await db
    .selectFrom('call_scenario')
    .select(['id', 'name', 'proposed', 'version'])
    .where('call', '=', call)
    .orderBy('id')
    .execute();
  rows.sort((a, b) => a.name.localeCompare(b.name, 'fr', { numeric: true }));
  const items = await db
    .selectFrom('call_scenario_item')
    .innerJoin('call_scenario', 'call_scenario.id', 'call_scenario_item.scenario')
    .select(['scenario', 'application', 'amounts'])
    .where('call_scenario.call', '=', call)
    .where(sql<boolean>`not application = any(${[...access.recused]}::uuid[])`)
    .execute();
  const of = Map.groupBy(items, ({ scenario }) => scenario);
  return rows.map((row) => ({
    ...row,
    given: new Map((of.get(row.id) ?? []).map(({ application, amounts }) => [application, amounts as Amounts])),
  }));
};

/** What the scenario put to the session gives to each file; nothing without one. */
export const proposedAmounts = async (context: PersonContext, call: string): Promise<ReadonlyMap<string, Amounts>> => {
  const access = await fileAccess(context, call);
  const scenarios = access.open ? await scenariosOf(context, call, access) : [];
  return scenarios.find(({ proposed }) => proposed)?.given ?? new Map();
};

/** Begins a scenario, empty or as a copy of another. Returns its id. */
export const addScenario = (
  context: PersonContext,
  call: string,
  { name: typed, copy }: { readonly name: string; readonly copy: string },
): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const may = await mayCompare(inside, call);
    if (!may.ok) return may;
    const name = oneLine(typed);
    if (name === '' || name.length > 120) return refuse(noName);
    const { db, actor, clock } = inside;
    const known = await db.selectFrom('call_scenario').select('id').where('call', '=', call).execute();
    if (known.length >= MOST) return refuse(tooMany);
    const { id } = await db
      .insertInto('call_scenario')
      .values({ call, name, proposed: false, version: 1, written_by: actor.account, changed_at: clock.now() })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (known.some((one) => one.id === copy))
      await db
        .insertInto('call_scenario_item')
        .columns(['scenario', 'application', 'amounts'])
        .expression((from) =>
          from
            .selectFrom('call_scenario_item')
            .select([sql<string>`${id}::uuid`.as('scenario'), 'application', 'amounts'])
            .where('scenario', '=', copy),
        )
        .execute();
    return ok(id);
  });

/** What a form of a scenario says: of the applications that it shows, which are taken and for how much. */
export interface ScenarioForm {
  readonly name: string;
  /** Every application of the form; `amounts` undefined: not taken. */
  readonly rows: readonly { readonly application: string; readonly amounts: Amounts | undefined }[];
  readonly seen: number;
}

/** Writes a scenario again. Applications that the form does not show keep what they had. */
export const writeScenario = (context: PersonContext, id: string, form: ScenarioForm): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const { db, clock, actor } = inside;
    const row = await scenarioRow(inside, id);
    const may = row && (await mayCompare(inside, row.call));
    if (!row || !may) return refuse(noSuchCall);
    if (!may.ok) return may;
    const { call, access } = may.value;
    const name = oneLine(form.name);
    if (name === '' || name.length > 120) return refuse(noName);
    // A number that is nobody's version, PostgreSQL throws at some of them.
    if (form.seen !== row.version) return refuse(reload);
    const changed = await db
      .updateTable('call_scenario')
      .set({ name, version: row.version + 1, written_by: actor.account, changed_at: clock.now() })
      .where('id', '=', id)
      .where('version', '=', form.seen)
      .executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) return refuse(reload);
    const shown = form.rows.filter(({ application }) => isUuid(application) && !access.recused.has(application));
    const own = await db
      .selectFrom('call_application')
      .select('id')
      .where('call', '=', row.call)
      .where(sql<boolean>`id = any(${shown.map(({ application }) => application)}::uuid[])`)
      .execute();
    const known = new Set(own.map((one) => one.id));
    const lines = new Set(call.money.envelopes.map(keyOf));
    for (const { amounts } of shown)
      if (amounts && !Object.keys(amounts).every((key) => lines.has(key))) return refuse(noSuchCall);
    await db
      .deleteFrom('call_scenario_item')
      .where('scenario', '=', id)
      .where(sql<boolean>`application = any(${[...known]}::uuid[])`)
      .execute();
    const taken = shown.filter(({ application, amounts }) => known.has(application) && amounts);
    if (taken.length > 0)
      await db
        .insertInto('call_scenario_item')
        .values(
          taken.map(({ application, amounts }) => ({ scenario: id, application, amounts: JSON.stringify(amounts) })),
        )
        .execute();
    return ok(undefined);
  });

/** Puts a scenario to the session, in the place of any other; or takes it away for good. */
export const settleScenario = (context: PersonContext, id: string, what: 'propose' | 'remove'): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const { db } = inside;
    const row = await scenarioRow(inside, id);
    const may = row && (await mayCompare(inside, row.call));
    if (!row || !may) return refuse(noSuchCall);
    if (!may.ok) return may;
    if (what === 'remove') await db.deleteFrom('call_scenario').where('id', '=', id).execute();
    else {
      await db.updateTable('call_scenario').set({ proposed: false }).where('call', '=', row.call).execute();
      await db.updateTable('call_scenario').set({ proposed: true }).where('id', '=', id).execute();
    }
    return ok(undefined);
  });

const scenarioRow = async ({ db }: Pick<Context, 'db'>, id: string) =>
  isUuid(id)
    ? db.selectFrom('call_scenario').select(['call', 'version']).where('id', '=', id).executeTakeFirst()
    : undefined;

/** Scenarios are for those who run the call and who preside, once they declared their interests. */
const mayCompare = async (
  context: PersonContext,
  id: string,
): Promise<Result<{ readonly call: CallState; readonly access: Extract<FileAccess, { open: true }> }>> => {
  const call = await readCall(context, id);
  const access = call && (await fileAccess(context, id));
  if (!call || !access?.open || (access.role !== 'instructor' && access.role !== 'president'))
    return refuse(noSuchCall);
  return ok({ call, access });
};

const noName: Refusal = { code: 'name_missing', field: 'name', message: 'Donnez un nom, de 120 caractères au plus.' };
const tooMany: Refusal = { code: 'too_many_scenarios', message: `${MOST} scénarios au plus : retirez-en un.` };
