import { z } from 'zod';
import { inTransaction } from '#platform/server/context.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { closeAppointments } from './appointments.ts';
import './tables.ts';

/** Tells who was expected in a house whose registration parents do not see any more: withdrawn, closed, or erased. */
export const unseenHousesJob = defineJob({
  name: 'houses.unseen',
  purpose: 'Prévient qui avait rendez-vous dans une Maison dont l’organisme n’est plus en ligne',
  data: z.object({}),
  every: '*/15 * * * *',
  handle: async (context) => {
    const unseen = await context.db
      .selectFrom('house')
      .innerJoin('registration', 'registration.id', 'house.registration')
      .select('house.id')
      .where('registration.status', '!=', 'published')
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('house_appointment as appointment')
            .innerJoin('house_hours as hours', 'hours.id', 'appointment.hours')
            .select('appointment.id')
            .whereRef('hours.house', '=', 'house.id')
            .where('appointment.state', '=', 'booked')
            .where('appointment.starts_at', '>', context.clock.now()),
        ),
      )
      .orderBy('house.id')
      .execute();
    for (const { id } of unseen) {
      await inTransaction(context, (inside) => closeAppointments(inside, { house: id }, ''));
    }
  },
});
