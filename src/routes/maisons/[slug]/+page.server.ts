import { error, redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { houses } from '#messages/fr/houses.ts';
import { near } from '#messages/fr/near.ts';
import { DAYS_KEPT } from '#modules/houses/index.ts';
import { houseAt, structuredHouse } from '#modules/houses/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, url }) => {
  const { view: house, siteOf } = await houseAt(locals.context, params.slug);
  // Another site of a Maison that is on its page, under the name that the directory knows it by.
  if (siteOf) redirect(307, `/maisons/${siteOf}`);
  if (!house) error(404, 'Cette Maison n’existe pas, ou plus.');
  const next = house.run?.next;
  return unsent({
    words: houses,
    near,
    house,
    next: next && fill(houses.appointment.next, { day: next.day, times: next.times }),
    lead: fill(houses.appointment.lead, { days: DAYS_KEPT }),
    structured: structuredHouse(
      house,
      locals.publicOrigin ? `${locals.publicOrigin}/maisons/${params.slug}` : url.href,
    ),
  });
};
