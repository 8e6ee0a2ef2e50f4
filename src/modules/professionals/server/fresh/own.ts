import { todayIn } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { addressHash, readAddress, setSilent } from '#platform/server/mail/addresses.ts';
import { draftSchema, nameOfDraft } from '../../draft.ts';
import { type Missing, missingOf } from '../../fresh/missing.ts';
import { dueOn, type Rhythm, rhythms, standingOf } from '../../fresh/rhythm.ts';
import { keptListings } from '../ownership.ts';
import { confirmListing, type FreshRow, readFresh } from './listings.ts';

/** One listing that the actor keeps, and what there is to do about it. A list to end, never a score. */
export interface ToDo {
  /** Row of `listing_freshness`; nothing for a claimed listing that no morning has met yet. */
  readonly id: string | undefined;
  readonly name: string;
  readonly standing: ReturnType<typeof standingOf>;
  /** ISO days. */
  readonly confirmedOn: string | undefined;
  readonly dueOn: string | undefined;
  readonly rhythm: Rhythm | undefined;
  readonly missing: readonly (Missing & { readonly href: string })[];
  /** Where it is changed. */
  readonly change: string;
  /** May change it; a reader only looks. */
  readonly mayEdit: boolean;
}

/** What the actor keeps: registrations that are published and the imported listings of their teams. */
export const toDoOf = async (context: PersonContext): Promise<readonly ToDo[]> => {
  const { db, actor, clock } = context;
  const mine = actor.memberships.map(({ organisation }) => organisation).filter(isUuid);
  if (mine.length === 0) return [];
  const today = todayIn(clock, 'Europe/Paris');
  const registrations = await db
    .selectFrom('registration')
    .select(['id', 'published'])
    .where('id', 'in', mine)
    .where('status', '=', 'published')
    .orderBy('id')
    .execute();
  const list: ToDo[] = [];
  for (const { id, published } of registrations) {
    const draft = draftSchema.parse(published);
    const row = await readFresh(context, { registration: id });
    const steps = missingOf(draft).map((one) => ({ ...one, href: `/professionnels/inscription/${id}/${one.step}` }));
    list.push({
      ...standing(row, today),
      ...{ name: nameOfDraft(draft), missing: steps, change: `/professionnels/inscription/${id}/vous` },
      mayEdit: can(actor, 'listing.edit', { organisation: id }),
    });
  }
  for (const registration of mine) {
    for (const { entity, id, slug, name } of await keptListings(context, registration)) {
      list.push({
        ...standing(await readFresh(context, { entity, id }), today),
        ...{ name, missing: [] },
        change: `/professionnels/espace/corriger?${entity === 'place' ? 'lieu' : 'service'}=${slug}`,
        mayEdit: can(actor, 'listing.edit', { organisation: registration }),
      });
    }
  }
  return list;
};

const standing = (row: FreshRow | undefined, today: Temporal.PlainDate) => ({
  id: row?.id,
  standing: row ? standingOf({ confirmedOn: row.confirmed_on, dueOn: row.due_on }, today) : ('never' as const),
  confirmedOn: row?.confirmed_on?.toString(),
  dueOn: row?.due_on.toString(),
  rhythm: row?.rhythm,
});

/** Who keeps a listing says, signed in, that all of it is right. `id`: of its row. */
export const confirmKept = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = await keptRow(inside, id);
    if (!row.ok) return row;
    await confirmListing(inside, row.value, 'exact');
    return ok(undefined);
  });

/** Who keeps a listing chooses how often to be asked about it: every 3, 6 or 12 months. Refuses any other. */
export const chooseRhythm = (context: PersonContext, id: string, months: number): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const rhythm = rhythms.find((one) => one === months);
    if (rhythm === undefined) return refuse(noSuchRhythm);
    const row = await keptRow(inside, id);
    if (!row.ok) return row;
    const from = row.value.confirmed_on ?? todayIn(inside.clock, 'Europe/Paris');
    await inside.db
      .updateTable('listing_freshness')
      .set({ rhythm, due_on: dueOn(from, rhythm) })
      .where('id', '=', id)
      .execute();
    return ok(undefined);
  });

/** A registration whose holder says that all is right, as part of another command, which asked for the right to do so. */
export const confirmOwn = async (context: Context, registration: string): Promise<void> => {
  const row = await readFresh(context, { registration });
  if (row) await confirmListing(context, row, 'exact');
};

/** What is known of the actor’s own address. */
export const ownAddress = ({ db, actor }: PersonContext) => readAddress(db, actor.email);

/** The actor wants the reminders again, after having stopped them; or stops them. */
export const setReminders = ({ db, actor, clock }: PersonContext, wanted: boolean): Promise<void> =>
  setSilent(db, addressHash(actor.email), wanted ? null : clock.now());

/** A row that the actor may speak for: of their registration, or of a listing that their team keeps. */
const keptRow = async (context: Context, id: string): Promise<Result<FreshRow>> => {
  const row = isUuid(id)
    ? await context.db.selectFrom('listing_freshness').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    : undefined;
  if (!row) return refuse(noSuchListing);
  const owner =
    row.registration ??
    (
      await context.db
        .selectFrom('listing_owner')
        .select('registration')
        .where('entity', '=', row.entity === 'service' ? 'service' : 'place')
        .where('entity_id', '=', row.entity_id ?? 0)
        .executeTakeFirst()
    )?.registration;
  if (owner === undefined) return refuse(noSuchListing);
  const allowed = await authorise(context, 'listing.edit', { organisation: owner });
  return allowed.ok ? ok(row) : allowed;
};

const noSuchListing: Refusal = { code: 'no_such_listing', message: 'Cette fiche n’est pas ou plus la vôtre.' };
const noSuchRhythm: Refusal = {
  code: 'no_such_rhythm',
  field: 'rhythm',
  message: 'Choisissez tous les 3, 6 ou 12 mois.',
};
