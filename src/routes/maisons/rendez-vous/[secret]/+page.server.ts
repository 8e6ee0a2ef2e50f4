import { fail } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { houses } from '#messages/fr/houses.ts';
import { appointmentTold, cancelAppointment, readAppointment } from '#modules/houses/server/index.ts';
import { unsent } from '#platform/unsent.ts';

const words = houses.own;

export const load = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const found = await readAppointment(locals.context, params.secret);
  if (!found) return unsent({ words, appointment: undefined });
  const told = appointmentTold(locals.context, found);
  return unsent({
    words,
    appointment: {
      ...told,
      kept: found.state === 'booked',
      said: found.state === 'booked' && !found.toCome ? words.past : words[found.state],
      who: fill(words.name, { name: found.name, with: told.with }),
      where: fill(words[found.mode], { site: told.where }),
      link: found.mode === 'visio' && found.state === 'booked' ? found.link : undefined,
      cancels: found.state === 'booked' && found.toCome,
      byEmail: found.contact_kind === 'email' && locals.publicOrigin !== undefined,
      calendar: `/maisons/rendez-vous/${params.secret}/rendez-vous.ics`,
      house: { name: found.houseName, page: `/maisons/${found.slug}` },
    },
  });
};

export const actions = {
  default: async ({ params, locals }) => {
    const done = await cancelAppointment(locals.context, params.secret);
    return done.ok ? { done: true } : fail(400, { message: done.error.message });
  },
};
