import { coversIn, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isScope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical, type Json } from '#platform/server/journal/chain.ts';
import {
  type ApplicationContent,
  type ApplicationPart,
  applicationParts,
  contentSchema,
  emptyContent,
} from '../../application/content.ts';
import { axesOutside, territoriesOutside, tooLongContent } from '../../application/content-refusals.ts';
import { columnsOf } from '../../application/search-columns.ts';
import { kindOf } from '../../call-kind.ts';
import { reload } from '../../step-table.ts';
import { readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { memberRole, noSuchApplication, takeStep } from './application-stream.ts';
import { partClosed, partIsOpen } from './instruction.ts';

/** A part as it stands: its version (0: nobody wrote it), its content, who wrote it last and when. */
export interface PartAsItIs<Part extends ApplicationPart = ApplicationPart> {
  readonly version: number;
  readonly content: ApplicationContent[Part];
  /** The name that they show, else their mailbox: the members of a file know one another. */
  readonly by: string | undefined;
  /** ISO instant. */
  readonly at: string | undefined;
}

/** Somebody else wrote meanwhile: nothing was written, and `theirs` is what stands now. */
export interface PartConflict extends Refusal {
  readonly code: 'journal_conflict';
  readonly theirs: PartAsItIs;
}

/**
 * Writes one part of a draft, or of an application to complete. `seen`: the version of that part that the person was
 * reading; when another was written since, nothing changes and the refusal carries it (I-18), unless it says the same.
 * Returns the new version. Refuses axes that are not of the call and territories out of its own.
 */
export const writePart = <Part extends ApplicationPart>(
  context: PersonContext,
  id: string,
  part: Part,
  content: ApplicationContent[Part],
  { seen }: { readonly seen: number },
): Promise<Result<{ readonly version: number; readonly at: string }>> =>
  asOne(context, async (inside) => {
    const { db, clock, actor } = inside;
    if (!(await memberRole(inside, id))) return noSuchApplication;
    // One writer of this application at a time, and none while it is being deposited.
    const row = await db
      .selectFrom('call_application')
      .select('call')
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!row) return noSuchApplication;
    const may = await takeStep(inside, id, 'write', () => ok([]));
    if (!may.ok) return may;
    if (!(await partIsOpen(inside, id, may.value, part))) return refuse(partClosed);
    const read = contentSchema[part].safeParse(storable(content));
    if (!read.success) return refuse(tooLongContent(read.error));
    const wanted = read.data as ApplicationContent[Part];
    const fits = await fitsCall(inside, row.call, part, wanted);
    if (!fits.ok) return fits;
    const before = await readPart(inside, id, part);
    if (before.version > 0 && sameContent(before.content, wanted))
      return ok({ version: before.version, at: before.at ?? clock.now().toString() });
    if (before.version !== seen) return refuse(conflictWith(before));
    const at = clock.now();
    const written = {
      ...{ version: before.version + 1, content: JSON.stringify(wanted) },
      ...{ written_by: actor.account, written_at: at },
    };
    await db
      .insertInto('call_application_part')
      .values({ application: id, part, ...written })
      .onConflict((known) => known.columns(['application', 'part']).doUpdateSet(written))
      .execute();
    await db
      .updateTable('call_application')
      // Lists keep to what was deposited until a completion is sent.
      .set({ ...(may.value.status === 'draft' ? columnsOf(part, wanted) : {}), changed_at: at })
      .where('id', '=', id)
      .execute();
    return ok({ version: written.version, at: at.toString() });
  });

/** One part of an application as it stands. For whoever asked for its role first. */
export const readPart = async <Part extends ApplicationPart>(
  { db }: Pick<PersonContext, 'db'>,
  id: string,
  part: Part,
): Promise<PartAsItIs<Part>> => {
  const row = await db
    .selectFrom('call_application_part')
    .innerJoin('account', 'account.id', 'call_application_part.written_by')
    .select(['version', 'content', 'written_at', 'account.name', 'account.email'])
    .where('application', '=', id)
    .where('part', '=', part)
    .executeTakeFirst();
  return {
    version: row?.version ?? 0,
    content: (row?.content ?? emptyContent[part]) as ApplicationContent[Part],
    by: row ? (row.name ?? row.email ?? 'Compte effacé') : undefined,
    at: row?.written_at.toString(),
  };
};

/** All the parts of an application as they stand, whole. For whoever asked for its role first. */
export const readContent = async (
  { db }: Pick<PersonContext, 'db'>,
  id: string,
): Promise<{
  readonly content: ApplicationContent;
  readonly versions: { readonly [Part in ApplicationPart]: number };
}> => {
  const rows = await db
    .selectFrom('call_application_part')
    .select(['part', 'version', 'content'])
    .where('application', '=', id)
    .execute();
  return {
    content: { ...emptyContent, ...Object.fromEntries(rows.map(({ part, content }) => [part, content])) },
    versions: Object.fromEntries(
      applicationParts.map((part) => [part, rows.find((row) => row.part === part)?.version ?? 0]),
    ) as { [Part in ApplicationPart]: number },
  };
};

const conflictWith = (theirs: PartAsItIs): PartConflict => ({ ...reload, code: 'journal_conflict', theirs });

const fitsCall = async (
  inside: PersonContext,
  call: string,
  part: ApplicationPart,
  content: ApplicationContent[ApplicationPart],
): Promise<Result<void>> => {
  if (!('axes' in content || 'territories' in content)) return ok(undefined);
  const state = await readCall(inside, call);
  if (!state) return noSuchApplication;
  const { framed } = kindOf(state.kind);
  if (part === 'axes' && 'axes' in content && content.axes.some((axis) => !state.axes.includes(axis)))
    return refuse(axesOutside(framed));
  if (part === 'territory' && 'territories' in content) {
    const index = inside.indexes.get(territoryIndex);
    const covers = coversIn(index);
    const inCall = (scope: string): boolean => {
      const territory = parseTerritory(scope);
      return (
        isScope(scope) &&
        territory.ok &&
        index.describe(territory.value) !== undefined &&
        covers(state.territory, scope)
      );
    };
    if (!content.territories.every(inCall)) return refuse(territoriesOutside(framed));
  }
  return ok(undefined);
};

/** PostgreSQL keeps neither NUL nor half of a character in jsonb. */
const storable = (content: unknown): unknown =>
  JSON.parse(
    JSON.stringify(content, (_, value: unknown) =>
      typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
    ),
  );

const sameContent = (one: unknown, other: unknown): boolean => canonical(one as Json) === canonical(other as Json);
