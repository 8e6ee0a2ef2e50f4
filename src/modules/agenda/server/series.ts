import { organiserOf } from '#modules/professionals/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { fold } from '#platform/text.ts';
import { type SeriesFields, type SeriesStatus, seriesSchema } from '../event.ts';
import { whereWords } from '../event-words.ts';
import { readSeriesForm } from '../series-form.ts';
import { tellBooked } from './booking-mails.ts';
import { bookedDates, livingOf } from './locked-date.ts';
import { makeOccurrences, touchSeries } from './occurrences.ts';
import { type OwnSeries, readOwnSeries } from './own-series.ts';
import { FOR_A_GROUP, noSuchSeries, note } from './series-journal.ts';
import { locatedAt, placeAsked } from './series-place.ts';
import { keepToCall } from './to-call.ts';
import './tables.ts';

/** The most series of one organisation. */
export const MOST_SERIES = 2_000;

/** What a form said, or why not. `kept`: dates with bookings that the change would take away, and that stay. */
export type SeriesSaved = Result<
  { readonly id: string; readonly status: SeriesStatus; readonly kept: number },
  readonly Refusal[]
>;

/**
 * Publishes a new series for an organisation, from the form; `reserved`: only for a group of parents. Refuses by the field,
 * and who may not.
 */
export const createSeries = async (
  context: PersonContext,
  organisation: string,
  form: FormData,
  { reserved = false }: { readonly reserved?: boolean } = {},
): Promise<SeriesSaved> => {
  const read = await readForm(context, form, null);
  return read.ok
    ? insertSeries(context, organisation, read.value, { source: reserved ? FOR_A_GROUP : 'form', ref: null })
    : read;
};

/** Writes a series, and its dates. Also the way of imports: `ref` is its name in their calendar. */
export const insertSeries = (
  context: PersonContext,
  organisation: string,
  fields: SeriesFields,
  { source, ref }: { readonly source: string; readonly ref: string | null },
): Promise<SeriesSaved> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'event.edit', { organisation });
    if (!allowed.ok) return refuse([allowed.error]);
    const organiser = await organiserOf(inside, organisation);
    if (!organiser) return refuse([notOnline]);
    const place = locatedAt(inside, fields.insee);
    if (!place) return refuse([noCommune]);
    const { count } = await inside.db
      .selectFrom('event_series')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('organisation', '=', organisation)
      .executeTakeFirstOrThrow();
    if (count >= MOST_SERIES) return refuse([tooMany]);
    const now = inside.clock.now();
    // What only a group sees is not read before by who moderates: a report is.
    const status = source === FOR_A_GROUP ? 'reserved' : organiser.review === 'before' ? 'waiting' : 'published';
    const { id } = await inside.db
      .insertInto('event_series')
      .values({
        ...{ organisation, organisation_name: organiser.name, ...place, status, source, source_ref: ref, reason: null },
        ...{ slug: slugOf(fields.title), fields: JSON.stringify(fields), created_at: now, changed_at: now },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await makeOccurrences(inside, id);
    await note(inside, id, 'SeriesPublished-V1', { organisation, status });
    return ok({ id, status, kept: 0 });
  });

/** Changes a series as the form says. Refuses a form opened before somebody else changed it: nothing is overwritten. */
export const changeSeries = async (
  context: PersonContext,
  id: string,
  revision: number,
  form: FormData,
): Promise<SeriesSaved> => {
  const own = await readOwnSeries(context, id);
  if (!own) return refuse([noSuchSeries]);
  const read = await readForm(context, form, own.fields.rrule, own);
  return read.ok ? updateSeries(context, id, revision, read.value) : read;
};

/** The same, from fields; `revision` undefined: whatever it is, for an import. */
export const updateSeries = (
  context: PersonContext,
  id: string,
  revision: number | undefined,
  fields: SeriesFields,
): Promise<SeriesSaved> =>
  inTransaction(context, async (inside) => {
    const row = await inside.db
      .selectFrom('event_series')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse([noSuchSeries]);
    const allowed = await authorise(inside, 'event.edit', { organisation: row.organisation });
    if (!allowed.ok) return refuse([allowed.error]);
    const organiser = await organiserOf(inside, row.organisation);
    if (!organiser) return refuse([notOnline]);
    if (revision !== undefined && row.revision !== revision) return refuse([changedMeanwhile]);
    const place = locatedAt(inside, fields.insee);
    if (!place) return refuse([noCommune]);
    // What who moderates withdrew is read again before it comes back, however often it is saved, and closed meanwhile.
    const read = row.reason !== null || organiser.review === 'before';
    // What was made for a group stays for it, closed and taken up again too.
    const group = row.source === FOR_A_GROUP;
    const status = group && row.reason === null ? 'reserved' : read ? 'waiting' : 'published';
    await inside.db
      .updateTable('event_series')
      .set({
        ...{ ...place, organisation_name: organiser.name, status, fields: JSON.stringify(fields) },
        ...{ revision: row.revision + 1, changed_at: inside.clock.now() },
      })
      .where('id', '=', id)
      .execute();
    const { kept } = await makeOccurrences(inside, id);
    await tellElsewhere(inside, id, { fields: seriesSchema.parse(row.fields), insee: row.insee });
    await touchSeries(inside, id);
    await note(inside, id, 'SeriesChanged-V1', { status });
    return ok({ id, status, kept });
  });

/** Tells everybody who is booked where a series is held now, when that is another place than they were told. */
const tellElsewhere = async (
  inside: Context,
  id: string,
  before: { readonly fields: SeriesFields; readonly insee: string },
): Promise<void> => {
  const commune = inside.indexes.get(territoryIndex).commune(before.insee)?.name ?? '';
  for (const date of await bookedDates(inside, id)) {
    if (whereWords(before.fields, commune) === whereWords(date.fields, date.told.commune)) return;
    const people = await livingOf(inside, date.id);
    await keepToCall(inside, people, 'elsewhere');
    for (const one of people) await tellBooked(inside, 'elsewhere', one, date.told);
  }
};

const readForm = async (
  context: PersonContext,
  form: FormData,
  kept: string | null,
  own?: Pick<OwnSeries, 'timeZone' | 'organisation'>,
): Promise<Result<SeriesFields, readonly Refusal[]>> => {
  const organisation = own?.organisation ?? String(form.get('organisation') ?? '');
  const place = await placeAsked(context, form, organisation);
  const zone = place ? locatedAt(context, place.insee)?.time_zone : own?.timeZone;
  return readSeriesForm(form, place, todayIn(context.clock, zone ?? 'Europe/Paris'), kept);
};

/** Readable, and never the same twice. */
const slugOf = (title: string): string =>
  `${fold(title).replaceAll(' ', '-').slice(0, 60).replace(/-$/, '') || 'rendez-vous'}-${crypto.randomUUID().slice(0, 6)}`;

const notOnline: Refusal = {
  code: 'organiser_not_published',
  message: 'L’inscription de votre organisme doit d’abord être en ligne : les parents y voient qui organise.',
};
const noCommune: Refusal = {
  code: 'unknown_commune',
  field: 'commune',
  message: 'Cette commune n’existe pas, ou plus.',
};
const tooMany: Refusal = {
  code: 'too_many',
  message: `Vous avez déjà ${MOST_SERIES} rendez-vous. Fermez ceux qui sont passés avant d’en ajouter.`,
};
const changedMeanwhile: Refusal = {
  code: 'changed_meanwhile',
  message:
    'Quelqu’un d’autre, ou vous dans un autre onglet, a changé ce rendez-vous entre-temps. Rouvrez la page : rien n’a été écrasé.',
};
