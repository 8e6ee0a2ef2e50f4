import { sql } from 'kysely';
import { organiserOf } from '#modules/professionals/server/index.ts';
import { communeAsked, coversIn, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { append, readStream } from '#platform/server/journal/journal.ts';
import { fold } from '#platform/text.ts';
import { type SeriesFields, type SeriesStatus, seriesSchema } from '../event.ts';
import { type FormPlace, readSeriesForm } from '../series-form.ts';
import { cancelLocked, lockDate } from './locked-date.ts';
import { makeOccurrences, touchSeries } from './occurrences.ts';
import { stopsOf } from './stop-dates.ts';
import './tables.ts';

/** A series as its organiser sees it. */
export interface OwnSeries {
  readonly id: string;
  readonly slug: string;
  readonly organisation: string;
  readonly status: SeriesStatus;
  readonly fields: SeriesFields;
  readonly revision: number;
  readonly timeZone: string;
  readonly waitingDates: number;
  readonly reason: string | null;
}

/** The most series of one organisation. */
export const MOST_SERIES = 2_000;

/** The source of what is reserved for a group of parents: never public, whatever becomes of it. */
const FOR_A_GROUP = 'group';

/** The series of an organisation that the actor is a member of, the last changed first; nothing for anybody else. */
export const ownSeries = async (context: PersonContext, organisation: string): Promise<OwnSeries[]> => {
  if (!isUuid(organisation) || !can(context.actor, 'event.edit', { organisation })) return [];
  const rows = await context.db
    .selectFrom('event_series')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(toOwn);
};

/** One series, for who may change it. Anybody else’s does not exist for them. */
export const readOwnSeries = async (context: PersonContext, id: string): Promise<OwnSeries | undefined> => {
  if (!isUuid(id)) return undefined;
  const row = await context.db.selectFrom('event_series').selectAll().where('id', '=', id).executeTakeFirst();
  return row && can(context.actor, 'event.edit', { organisation: row.organisation }) ? toOwn(row) : undefined;
};

const toOwn = (row: {
  id: string;
  slug: string;
  organisation: string;
  status: SeriesStatus;
  fields: SeriesFields;
  revision: number;
  time_zone: string;
  waiting_dates: number;
  reason: string | null;
}): OwnSeries => ({
  ...{ id: row.id, slug: row.slug, organisation: row.organisation, status: row.status, revision: row.revision },
  ...{ fields: seriesSchema.parse(row.fields), timeZone: row.time_zone, waitingDates: row.waiting_dates },
  reason: row.reason,
});

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
    await touchSeries(inside, id);
    await note(inside, id, 'SeriesChanged-V1', { status });
    return ok({ id, status, kept });
  });

/** Takes a series out of the agenda, by its organiser or with `reason` by who moderates. Everybody booked is told. */
export const closeSeries = (context: PersonContext, id: string, reason?: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(id)
      ? await inside.db.selectFrom('event_series').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchSeries);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed =
      reason === undefined
        ? await authorise(inside, 'event.edit', { organisation: row.organisation })
        : await authorise(inside, 'event.moderate', { territory: `commune:${row.insee}` }, covers);
    if (!allowed.ok) return allowed;
    if (reason !== undefined && reason.trim() === '') return refuse(noReason);
    const status = reason === undefined ? 'closed' : 'withdrawn';
    await inside.db
      .updateTable('event_series')
      .set({ status, reason: reason?.trim().slice(0, 600) ?? row.reason, changed_at: inside.clock.now() })
      .where('id', '=', id)
      .execute();
    const coming = inside.db
      .selectFrom('event_occurrence')
      .select('id')
      .where('series', '=', id)
      .where('status', '=', 'planned')
      .where('starts_at', '>', inside.clock.now())
      .orderBy('id');
    // Whoever is booking one of them is waited for, then told; whoever comes after finds it closed.
    await coming.forUpdate().execute();
    const booked = await coming
      .where(({ exists, selectFrom }) =>
        exists(selectFrom('event_booking').select('rank').whereRef('occurrence', '=', 'event_occurrence.id')),
      )
      .execute();
    for (const one of booked) {
      const date = await lockDate(inside, one.id);
      if (date) await cancelLocked(inside, date, '');
    }
    await touchSeries(inside, id);
    await note(inside, id, status === 'closed' ? 'SeriesClosed-V1' : 'SeriesWithdrawn-V1', {});
    return ok(undefined);
  });

/** Lets a series that waits appear, by who moderates its territory. */
export const acceptSeries = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(id)
      ? await inside.db
          .selectFrom('event_series')
          .select(['insee', 'status', 'source'])
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchSeries);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'event.moderate', { territory: `commune:${row.insee}` }, covers);
    if (!allowed.ok) return allowed;
    if (row.status !== 'waiting') return ok(undefined);
    await inside.db
      .updateTable('event_series')
      .set({ status: row.source === FOR_A_GROUP ? 'reserved' : 'published', reason: null })
      .where('id', '=', id)
      .execute();
    await makeOccurrences(inside, id);
    await touchSeries(inside, id);
    await note(inside, id, 'SeriesAccepted-V1', {});
    return ok(undefined);
  });

/** The places of an organisation in the directory, to choose from. */
export const placesOf = async ({ db }: Context, organisation: string) =>
  db
    .selectFrom('place')
    .select(['slug', 'name', 'line', 'insee', 'lat', 'lon', 'precision'])
    .where(sql<boolean>`split_part(source_ref, '/', 1) = ${organisation}`)
    .where('state', '=', 'open')
    .where('confidential', '=', false)
    .orderBy('id')
    .limit(20)
    .execute();

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

const placeAsked = async (context: Context, form: FormData, organisation: string): Promise<FormPlace | undefined> => {
  const slug = String(form.get('place') ?? '');
  const stop = (await stopsOf(context, organisation)).find(({ value }) => value === slug);
  if (stop) return stop.place;
  if (slug !== '') {
    const chosen = (await placesOf(context, organisation)).find((place) => place.slug === slug);
    const point = chosen?.insee ? pointOf(context, chosen.insee) : undefined;
    if (chosen && point) {
      const exact = chosen.lat !== null && chosen.lon !== null && chosen.precision !== 'commune';
      return {
        ...point,
        ...(chosen.lat === null || chosen.lon === null ? {} : { lat: chosen.lat, lon: chosen.lon }),
        ...{ exact, place_page: `/lieux/${chosen.slug}`, name: chosen.name, line: chosen.line ?? '' },
      };
    }
  }
  const territories = context.indexes.get(territoryIndex);
  const asked = communeAsked(
    territories,
    String(form.get('commune') ?? '')
      .trim()
      .slice(0, 100),
    String(form.get('code') ?? ''),
  );
  return asked.state === 'found' ? pointOf(context, asked.commune.code) : undefined;
};

/** The middle of a commune, until the place itself is on the map. */
export const pointOf = ({ indexes }: Context, insee: string): FormPlace | undefined => {
  const commune = indexes.get(territoryIndex).commune(insee);
  return commune && { insee: commune.code, lat: commune.lat, lon: commune.lon, exact: false, place_page: null };
};

const locatedAt = ({ indexes }: Context, insee: string) => {
  const territories = indexes.get(territoryIndex);
  const commune = territories.commune(insee);
  if (!commune) return undefined;
  const whole = commune.partOf ? territories.commune(commune.partOf) : undefined;
  return {
    ...{ insee: commune.code, epci: commune.epci ?? whole?.epci ?? null, departement: commune.departement },
    ...{ region: commune.region, time_zone: timeZoneOfCommune(commune) },
  };
};

/** Readable, and never the same twice. */
const slugOf = (title: string): string =>
  `${fold(title).replaceAll(' ', '-').slice(0, 60).replace(/-$/, '') || 'rendez-vous'}-${crypto.randomUUID().slice(0, 6)}`;

/** Writes what happened in the journal of the series: identifiers only. */
export const note = async (
  context: Context,
  id: string,
  type: string,
  data: Readonly<Record<string, string | number>>,
): Promise<void> => {
  const stream = `agenda/${id}`;
  const version = (await readStream(context.db, stream)).length;
  const written = await append(context, stream, version, [{ type, data }]);
  // The row of the series is locked by whoever writes: nobody else may be at its journal.
  if (!written.ok) throw new Error(written.error.code);
};

export const noSuchSeries: Refusal = {
  code: 'no_such_series',
  message: 'Ce rendez-vous n’existe pas, ou plus.',
};
const notOnline: Refusal = {
  code: 'organiser_not_published',
  message: 'L’inscription de votre organisme doit d’abord être en ligne : les parents y voient qui organise.',
};
const noCommune: Refusal = {
  code: 'unknown_commune',
  field: 'commune',
  message: 'Cette commune n’existe pas, ou plus.',
};
const noReason: Refusal = {
  code: 'reason_missing',
  field: 'reason',
  message: 'Dites pourquoi en une phrase : l’organisateur la lira.',
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
