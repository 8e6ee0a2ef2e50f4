import { z } from 'zod';
import { inTransaction } from '#platform/server/context.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { closeAppointments } from './appointments.ts';
import { takeBackRooms } from './rooms.ts';
import { endHouse } from './run-house.ts';
import './tables.ts';

/**
 * Tells who was expected, or had booked a room, in a house whose registration parents do not see any more. One that closed for good, by its team or
 * with its last account, ends with it.
 */
export const unseenHousesJob = defineJob({
  name: 'houses.unseen',
  purpose: 'Prévient qui avait rendez-vous, ou retenu une salle, dans une Maison dont l’organisme n’est plus en ligne',
  data: z.object({}),
  every: '*/15 * * * *',
  handle: async (context) => {
    const unseen = await context.db
      .selectFrom('house')
      .innerJoin('registration', 'registration.id', 'house.registration')
      .select(['house.id', 'registration.status'])
      .where('registration.status', '!=', 'published')
      .where('house.status', '!=', 'closed')
      .orderBy('house.id')
      .execute();
    for (const { id, status } of unseen) {
      await inTransaction(context, async (inside) => {
        if (status === 'closed') await endHouse(inside, id);
        else {
          await closeAppointments(inside, { house: id }, '');
          await takeBackRooms(inside, { house: id });
        }
      });
    }
  },
});
