import { sql } from 'kysely';
import { PERSON, type StopFields } from '#modules/directory/index.ts';
import { addStop, correctRow, saveRecords } from '#modules/directory/server/index.ts';
import { keptTours, organiserOf } from '#modules/professionals/server/index.ts';
import { timeZoneOfCommune } from '#modules/territory/index.ts';
import type { Geocoder } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readStopForm } from '../stop-form.ts';
import { readOnBoardForm, readVehicleForm } from '../vehicle-form.ts';
import { visitsOf } from '../visit.ts';
import type { TourKey } from './change-visits.ts';
import { followOnBoard } from './on-board.ts';
import { daysAhead } from './public-views.ts';
import { type ReadStop, readStops, whereWords } from './read-tours.ts';
import { mayRun } from './steer.ts';
import { tellOfStop } from './tell-stops.ts';
import { communeTyped, pointTyped } from './typed-place.ts';
import './tables.ts';

/** The most vehicles of one registration, and stops and services of one vehicle. */
const most = { vehicles: 20, stops: 300, services: 12 } as const;

/** What became of an order, or why not, by the field. */
export type Saved = Result<{ readonly id: number }, readonly Refusal[]>;

/**
 * Begins a vehicle with the first service on board: parents find what is on board, never an empty bus. Refuses by the
 * field, and a registration that parents do not see.
 */
export const createVehicle = async (context: PersonContext, registration: string, form: FormData): Promise<Saved> => {
  const [vehicle, service] = [readVehicleForm(form), readOnBoardForm(form)];
  if (!vehicle.ok || !service.ok)
    return refuse([...(vehicle.ok ? [] : vehicle.error), ...(service.ok ? [] : service.error)]);
  return inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'tour.run', { organisation: registration });
    if (!allowed.ok) return refuse([allowed.error]);
    const organiser = await organiserOf(inside, registration);
    if (!organiser) return refuse([notOnline]);
    const told = await inside.db
      .selectFrom('tour')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('source', '=', PERSON)
      .where('source_ref', 'like', `${registration}/tournee/%`)
      .executeTakeFirstOrThrow();
    if (told.count >= most.vehicles) return refuse([tooMany]);
    const ref = `${registration}/tournee/${crypto.randomUUID()}`;
    await tell(inside, registration, organiser.name, { ref, fields: vehicle.value }, service.value);
    const { id } = await inside.db
      .selectFrom('tour')
      .select('id')
      .where('source', '=', PERSON)
      .where('source_ref', '=', ref)
      .executeTakeFirstOrThrow();
    return ok({ id });
  });
};

/** Changes what is said of a vehicle. */
export const changeVehicle = async (context: PersonContext, key: TourKey, form: FormData): Promise<Saved> => {
  const read = readVehicleForm(form);
  if (!read.ok) return read;
  return run(context, key, async (inside) => {
    const changed = await correctRow(inside, 'tour', key.tour, read.value);
    return changed.ok ? ok({ id: key.tour }) : refuse([changed.error]);
  });
};

/** Adds a service on board, or changes one (`service`), or takes it off board (`gone`). */
export const saveOnBoard = async (
  context: PersonContext,
  key: TourKey,
  service: number | undefined,
  form: FormData,
): Promise<Saved> => {
  const gone = form.has('retirer');
  const read = gone ? undefined : readOnBoardForm(form);
  if (read && !read.ok) return read;
  return run(context, key, async (inside) => {
    const board = await inside.db
      .selectFrom('placement')
      .innerJoin('service', 'service.id', 'placement.service_id')
      .select('service.id')
      .where('placement.tour_id', '=', key.tour)
      .where('service.state', '=', 'open')
      .execute();
    if (service !== undefined) {
      if (!board.some(({ id }) => id === service)) return refuse([notAllowed]);
      if (gone && board.length === 1) return refuse([lastOnBoard]);
      const fields = read ? read.value : ({ state: 'closed' } as const);
      const changed = await correctRow(inside, 'service', service, fields);
      return changed.ok ? ok({ id: service }) : refuse([changed.error]);
    }
    if (!read) return refuse([notAllowed]);
    if (board.length >= most.services) return refuse([tooMany]);
    const [organiser, tour] = [await organiserOf(inside, key.registration), await ownTour(inside, key)];
    if (!organiser) return refuse([notOnline]);
    if (!tour) return refuse([importedTour]);
    await tell(inside, key.registration, organiser.name, tour, read.value);
    return ok({ id: key.tour });
  });
};

/**
 * Adds a stop, or changes one (`stop`): who follows it is told of what they read before and read now, when it changed, and what the
 * agenda has on board goes with it. What the team cancelled of it before stays cancelled. `geocoder`: places its address on the map.
 */
export const saveStop = async (
  context: PersonContext,
  key: TourKey,
  stop: number | undefined,
  form: FormData,
  geocoder?: Geocoder,
): Promise<Saved> => {
  const commune = communeTyped(context, form);
  const zone = commune ? timeZoneOfCommune(commune) : 'Europe/Paris';
  const stops = await readStops(context, { tours: [key.tour] });
  const before = stops.find(({ id }) => id === stop);
  if (stop !== undefined && !before) return refuse([notAllowed]);
  const read = readStopForm(form, commune, todayIn(context.clock, zone), before?.rrule ?? null);
  if (!read.ok) return read;
  const moved = !before || elsewhere(read.value, before);
  const point = moved || !before.placed ? await pointTyped(context, read.value, geocoder) : undefined;
  return run(context, key, async (inside) => {
    if (!before) {
      if (stops.length >= most.stops) return refuse([tooMany]);
      const ref = `${key.registration}/arret/${crypto.randomUUID()}`;
      return ok({ id: await addStop(inside, key.tour, ref, { ...read.value, ...point, position: stops.length }) });
    }
    const cancelled = await cancelledDays(inside, before.id);
    const changed = await correctRow(inside, 'tour_stop', before.id, {
      ...read.value,
      except: [...new Set([...(read.value.except ?? []), ...cancelled])].sort(),
      ...(moved ? { ...point, postcode: null } : point && point.lat !== null ? point : {}),
    });
    if (!changed.ok) return refuse([changed.error]);
    const after = (await readStops(inside, { tours: [key.tour] })).find(({ id }) => id === before.id);
    if (!after) return ok({ id: before.id });
    const followed = await followOnBoard({ ...inside, actor: context.actor }, key, stops, after);
    if (!followed.ok) return followed;
    await tellIfOther(inside, key, before, after);
    return ok({ id: before.id });
  });
};

/** Has everybody told who follows a stop, when what they read of it is not what they had read. */
const tellIfOther = async (inside: Context, key: TourKey, before: ReadStop, after: ReadStop): Promise<void> => {
  if (announced(inside, after) === announced(inside, before)) return;
  const { id, tour, label, line, insee, point, minutes } = before;
  const origin = key.origin === undefined ? {} : { origin: key.origin };
  const was = { id, tour, label, line, insee, point, minutes };
  await inside.jobs.enqueue(tellOfStop, { batch: crypto.randomUUID(), was, ...origin });
};

/** What parents read of a stop: where, and its coming visits. */
const announced = ({ clock }: Context, stop: ReadStop): string => {
  const today = todayIn(clock, stop.zone);
  return JSON.stringify([whereWords(stop), visitsOf(stop, [], today, today.add({ days: daysAhead.vehicle }))]);
};

/** Runs an order of the team on a tour that is theirs, the tour locked. */
export const run = (
  context: PersonContext,
  key: TourKey,
  act: (inside: Context, own: boolean) => Promise<Saved>,
): Promise<Saved> =>
  inTransaction(context, async (joined) => {
    const inside: PersonContext = { ...joined, actor: context.actor };
    const allowed = await mayRun(inside, key);
    if (!allowed.ok) return refuse([allowed.error]);
    await inside.db.selectFrom('tour').select('id').where('id', '=', key.tour).forUpdate().execute();
    const kept = await keptTours(inside, key.registration);
    return act(
      inside,
      kept.some(({ id, own }) => id === key.tour && own),
    );
  });

const tell = (
  inside: Context,
  registration: string,
  organisation: string,
  tour: { readonly ref: string; readonly fields: { readonly name: string } },
  service: Parameters<typeof saveRecords>[2][number]['services'][number]['fields'],
) =>
  saveRecords(inside, { source: PERSON, on: todayIn(inside.clock, 'Europe/Paris').toString() }, [
    {
      organisation: { ref: registration, fields: { name: organisation } },
      tour,
      services: [{ ref: `${registration}/bord/${crypto.randomUUID()}`, fields: service }],
    },
  ]);

/** The reference of a tour that the registration told; nothing for an imported one. */
const ownTour = async ({ db }: Context, { registration, tour }: TourKey) => {
  const row = await db
    .selectFrom('tour')
    .select(['source_ref', 'name'])
    .where('id', '=', tour)
    .where('source', '=', PERSON)
    .where('source_ref', 'like', `${registration}/tournee/%`)
    .executeTakeFirst();
  return row && { ref: row.source_ref, fields: { name: row.name } };
};

const cancelledDays = async ({ db }: Context, stop: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('tour_visit_change')
    .select(sql<string>`to_char(was, 'YYYY-MM-DD')`.as('day'))
    .where('stop', '=', stop)
    .where('kind', '<>', 'restored')
    .execute();
  return rows.map(({ day }) => day);
};

const elsewhere = (now: StopFields, before: { readonly line: string | null; readonly insee: string | null }): boolean =>
  (now.line ?? null) !== before.line || now.insee !== before.insee;

const notOnline: Refusal = {
  code: 'organiser_not_published',
  message: 'L’inscription de votre organisme doit d’abord être en ligne : les parents y voient qui tient le véhicule.',
};
const tooMany: Refusal = {
  code: 'too_many',
  message: `Au plus ${most.vehicles} véhicules par organisme, ${most.stops} arrêts et ${most.services} services à bord d’un véhicule.`,
};
const lastOnBoard: Refusal = {
  code: 'last_on_board',
  message:
    'C’est le dernier service à bord : sans lui, les parents ne trouveraient plus le véhicule. Changez-le plutôt.',
};
const importedTour: Refusal = {
  code: 'imported_tour',
  message: 'Cette tournée vient d’un fichier importé : ce qui est à bord se change par la fiche de chaque service.',
};
