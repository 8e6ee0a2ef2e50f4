import { cancelDate } from '#modules/agenda/server/index.ts';
import { correctRow } from '#modules/directory/server/index.ts';
import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { placeKey } from '../visit.ts';
import type { TourKey } from './change-visits.ts';
import { aheadAt } from './on-board.ts';
import { type ReadStop, readStops } from './read-tours.ts';
import { tellOfEnds } from './tell-stops.ts';
import { run, type Saved } from './vehicles.ts';

/** Takes a stop out of the round, with what the agenda had on board there. Who follows it is told, with what passes near. */
export const closeStop = (context: PersonContext, key: TourKey, stop: number): Promise<Saved> =>
  run(context, key, async (inside) => {
    const stops = await readStops(inside, { tours: [key.tour] });
    const ended = stops.find(({ id }) => id === stop);
    if (!ended) return refuse([notAllowed]);
    await end({ ...inside, actor: context.actor }, key, ended, stops);
    await inside.jobs.enqueue(tellOfEnds, key.origin === undefined ? {} : { origin: key.origin });
    return ok({ id: stop });
  });

/**
 * Ends a vehicle that the team told: its stops and what is on board leave the directory, and who follows them is told. It is
 * found no more, whatever becomes of the registration. Refuses an imported one.
 */
export const endVehicle = (context: PersonContext, key: TourKey): Promise<Saved> =>
  run(context, key, async (inside, own) => {
    if (!own) return refuse([imported]);
    const stops = await readStops(inside, { tours: [key.tour] });
    for (const [rank, stop] of stops.entries())
      await end({ ...inside, actor: context.actor }, key, stop, stops.slice(rank));
    const board = await inside.db
      .selectFrom('placement')
      .innerJoin('service', 'service.id', 'placement.service_id')
      .select('service.id')
      .where('placement.tour_id', '=', key.tour)
      .where('service.state', '=', 'open')
      .execute();
    for (const { id } of board) await correctRow(inside, 'service', id, { state: 'closed' });
    await correctRow(inside, 'tour', key.tour, { state: 'closed' });
    await inside.jobs.enqueue(tellOfEnds, key.origin === undefined ? {} : { origin: key.origin });
    return ok({ id: key.tour });
  });

/** The rendez-vous of a year on board: all of them at a place that no stop keeps, else those of its own visits. */
const end = async (inside: PersonContext, key: TourKey, stop: ReadStop, open: readonly ReadStop[]): Promise<void> => {
  const here = open.filter((one) => placeKey(one) === placeKey(stop)).map(({ id }) => id);
  const ahead = aheadAt(inside, stop, key.registration);
  const dates = await ahead.dates(here);
  const gone = dates.filter(ahead.during([stop]));
  for (const { id } of here.length === 1 ? dates : gone) {
    const cancelled = await cancelDate(inside, id, '');
    // Our own team, in this very transaction: only an accident refuses.
    if (!cancelled.ok) throw new Error(cancelled.error.code);
  }
  await correctRow(inside, 'tour_stop', stop.id, { state: 'closed' });
};

const imported: Refusal = {
  code: 'imported_tour',
  message: 'Cette tournée vient d’un fichier importé : retirez ses arrêts, ou demandez à qui tient le fichier.',
};
