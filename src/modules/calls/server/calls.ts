import { createHash, randomUUID } from 'node:crypto';
import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { type AgencyKind, agencyKinds, isScope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical, type Json } from '#platform/server/journal/chain.ts';
import { fold } from '#platform/text.ts';
import type { CallState, WordSection } from '../call.ts';
import { callKindCodes, kindOf } from '../call-kind.ts';
import { notOfTerritory } from '../call-refusals.ts';
import type { CallOrder } from '../decide-call.ts';
import { agenciesOf, configurations } from '../frame.ts';
import type { RuleNumber } from '../rule.ts';
import { type Words, wordsSchema } from '../section-words.ts';
import { tellApplicantsOf } from './application/tell-applicants.ts';
import { commandCall, noSuchCall, readCall, settled } from './call-stream.ts';
import { currentFrame, frameOf } from './frames.ts';
import { tellPartners } from './partners.ts';
import type { SectionForm } from './read-section.ts';
import { keepText } from './rows.ts';

/** What the form that opens a call says. */
export interface Opening {
  readonly kind: string;
  readonly territory: string;
  /** Of a regional call. */
  readonly configuration: string;
  /** Of the others: who runs it, together. */
  readonly agencies: readonly string[];
  readonly motive: string;
}

/** Opens the writing of a call. Returns its id. An agency has one regional call alive in an edition and a region. */
export const openCall = (context: PersonContext, opening: Opening): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const kind = callKindCodes.find((code) => code === opening.kind);
    const scope = opening.territory;
    const parsed = parseTerritory(scope);
    const where = parsed.ok ? inside.indexes.get(territoryIndex).describe(parsed.value) : undefined;
    if (!kind || !isScope(scope) || !where) return refuse(notOfTerritory(kind !== undefined && kindOf(kind).framed));
    const configuration = kindOf(kind).framed
      ? (configurations.find((one) => one === opening.configuration) ?? null)
      : null;
    const agencies: readonly AgencyKind[] = configuration
      ? agenciesOf(configuration)
      : agencyKinds.filter((agency) => opening.agencies.includes(agency));
    // One at a time: the name in the address and « one call an organiser » are looked up, then written.
    await inside.db.selectFrom('call_frame').select('edition').forUpdate().execute();
    if (configuration && (await runsOne(inside, scope, agencies))) return refuse(runsAlready);
    const motive = await keepText(inside, opening.motive, 'motive');
    if (!motive.ok) return motive;
    const id = randomUUID();
    // A regional call bears the edition of its frame; another, whose frame binds nothing, the year in which it is opened.
    const year = kindOf(kind).framed ? currentFrame().edition : String(todayIn(inside.clock, 'Europe/Paris').year);
    const slug = await freeSlug(inside, `${fold(where.name).replaceAll(' ', '-')}-${year}`);
    const opened = await commandCall(
      inside,
      id,
      {
        ...{ command: 'open', kind, slug, configuration, agencies, territory: scope },
        ...(motive.value ? { motive: motive.value } : {}),
      },
      { agencies, territory: scope },
    );
    return opened.ok ? ok(id) : opened;
  });

/** Writes one part of a call. `seen`: the version of that part that the person was reading. */
export const writeSection = (
  context: PersonContext,
  id: string,
  written: SectionForm,
  { seen, motive }: { readonly seen: number; readonly motive: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const call = await readCall(inside, id);
    if (!call) return refuse(noSuchCall);
    const why = await keepText(inside, motive, 'motive');
    if (!why.ok) return why;
    const common = { command: 'write' as const, seen, ...(why.value ? { motive: why.value } : {}) };
    if (!('words' in written)) return settled(await commandCall(inside, id, { ...common, ...written }));
    const kept = await keepWords(inside, id, written.section, written.words);
    if (!kept.ok) return kept;
    const leftOut = written.section === 'grid' ? leftOutOf(call, written.words as Words<'grid'>) : [];
    return settled(await commandCall(inside, id, { ...common, section: written.section, ...kept.value, leftOut }));
  });

/**
 * Gives the call to read, approves it for an organiser, takes it back, publishes it or cancels it. `reason`: of a publication,
 * why it leaves aside what is recommended.
 */
export const moveCall = (
  context: PersonContext,
  id: string,
  order: {
    readonly command: 'submit' | 'publish' | 'reopen' | 'cancel' | 'approve';
    readonly reason: string;
    readonly agency: string;
    readonly seen: number;
    readonly origin: string | undefined;
  },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const { command, seen, origin } = order;
    const reason = await keepText(inside, order.reason, 'reason');
    if (!reason.ok) return reason;
    const agency = agencyKinds.find((kind) => kind === order.agency);
    const asked: CallOrder =
      command === 'approve'
        ? { command, seen, agency: agency ?? 'ministry' }
        : command === 'reopen' || command === 'cancel'
          ? { command, ...(reason.value ? { reason: reason.value } : {}) }
          : command === 'publish'
            ? { command, ...(reason.value ? { motive: reason.value } : {}) }
            : { command };
    const before = await readCall(inside, id);
    const done = await commandCall(inside, id, asked);
    if (!done.ok) return done;
    if (command === 'publish') await tellPartners(inside, id, done.value, 'published', origin);
    if (command === 'cancel' && before?.status === 'published') {
      await tellPartners(inside, id, done.value, 'cancelled', origin);
      await tellApplicantsOf(inside, id, done.value);
    }
    return ok(undefined);
  });

/** Publishes an amendment: a text, and dates that may only be put off (I-15). */
export const amendCall = (
  context: PersonContext,
  id: string,
  {
    text,
    calendar,
    origin,
  }: {
    readonly text: string;
    readonly calendar: NonNullable<CallState['calendar']>;
    readonly origin: string | undefined;
  },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const kept = await keepText(inside, text, 'reason');
    if (!kept.ok) return kept;
    const done = await commandCall(inside, id, {
      ...{ command: 'amend', calendar },
      ...(kept.value ? { text: kept.value } : {}),
    });
    if (!done.ok) return done;
    await tellPartners(inside, id, done.value, 'amended', origin);
    await tellApplicantsOf(inside, id, done.value);
    return ok(undefined);
  });

/** Keeps words that the journal will name by their id and their hash. Refuses what is too long or of another shape. */
export const keepWords = async (
  { db, clock, actor }: PersonContext,
  call: string,
  section: WordSection,
  words: unknown,
): Promise<Result<{ readonly id: string; readonly sha256: string }>> => {
  const read = wordsSchema[section].safeParse(words);
  if (!read.success) return refuse({ ...tooLong, field: String(read.error.issues[0]?.path[0] ?? section) });
  const sha256 = createHash('sha256')
    .update(canonical(read.data as Json))
    .digest('hex');
  const { id } = await db
    .insertInto('call_words')
    .values({
      ...{ call, section, content: JSON.stringify(read.data), sha256 },
      ...{ written_by: actor.account, written_at: clock.now() },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok({ id, sha256 });
};

/** The recommended criteria that a grid leaves out. */
const leftOutOf = (call: CallState, { criteria }: Words<'grid'>): RuleNumber[] =>
  frameOf(call.frame)
    .criteria.map(({ rule }) => rule)
    .filter((rule) => !criteria.some((criterion) => criterion.rule === rule));

const runsOne = async ({ db }: PersonContext, territory: string, agencies: readonly AgencyKind[]): Promise<boolean> => {
  const rows = await db
    .selectFrom('call')
    .select('agencies')
    .where('kind', '=', 'regional')
    .where('edition', '=', currentFrame().edition)
    .where('territory', '=', territory)
    .where('status', '!=', 'cancelled')
    .execute();
  return rows.some((row) => agencies.some((agency) => row.agencies.includes(agency)));
};

const freeSlug = async ({ db }: PersonContext, wanted: string): Promise<string> => {
  const rows = await db.selectFrom('call').select('slug').where('slug', 'like', `${wanted}%`).execute();
  const taken = new Set(rows.map(({ slug }) => slug));
  for (let number = 2; ; number += 1) {
    const slug = number === 2 && !taken.has(wanted) ? wanted : `${wanted}-${number}`;
    if (!taken.has(slug)) return slug;
  }
};

/** One transaction by this person: a refusal leaves no text behind. */
export const asOne = <T>(
  context: PersonContext,
  work: (inside: PersonContext) => Promise<Result<T>>,
): Promise<Result<T>> => inTransaction(context, (inside) => work({ ...inside, actor: context.actor }));

const runsAlready: Refusal = {
  code: 'runs_already',
  field: 'configuration',
  message: 'Cette administration a déjà un appel en cours pour cette édition dans cette région.',
};
const tooLong: Refusal = { code: 'too_long', message: 'C’est trop long, ou il y a trop de lignes.' };
