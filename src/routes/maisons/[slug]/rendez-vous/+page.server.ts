import { error } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { houses } from '#messages/fr/houses.ts';
import { DAYS_KEPT } from '#modules/houses/index.ts';
import { openHouse, openSlots, slotWords } from '#modules/houses/server/index.ts';
import { unsent } from '#platform/unsent.ts';

/** Times shown at once: enough for some weeks of one person. */
const MOST = 60;

export const load = async ({ params, locals, url, setHeaders }) => {
  const { context } = locals;
  const house = await openHouse(context, params.slug);
  if (!house) error(404, 'Cette Maison n’existe pas, ou plus.');
  setHeaders({ 'cache-control': 'no-store' });
  const all = await openSlots(context, house.id);
  const people = [...new Map(all.map(({ member, role, name }) => [member, [role, name].filter(Boolean).join(', ')]))];
  const asked = people.find(([id]) => id === url.searchParams.get('avec'))?.[0] ?? '';
  const slots = all.filter(({ member }) => asked === '' || member === asked).slice(0, MOST);
  return unsent({
    words: houses,
    house: { name: house.name, page: `/maisons/${house.slug}` },
    lead: fill(houses.appointment.lead, { days: DAYS_KEPT }),
    clock: [...new Set(slots.map(({ timeZone, siteName }) => (timeZone === 'Europe/Paris' ? '' : siteName)))]
      .filter(Boolean)
      .map((place) => fill(houses.appointment.clock, { place })),
    gone: url.searchParams.has('pris'),
    people: people.map(([value, label]) => ({ value, label })),
    asked,
    days: [
      ...Map.groupBy(
        slots.map((slot) => slotWords(context, slot)),
        ({ day }) => day,
      ),
    ].map(([day, times]) => ({
      day,
      times,
    })),
  });
};
