import { addHours, addMember, decideHouse, houseToTell, tellHouse } from '#modules/houses/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { again, moderatorOf, professionalsHouse, register } from './professionals.ts';
import { form, stepForms } from './registration.ts';

/** What the form of hours sends: on Tuesdays from 24 November 2026, four appointments of 30 minutes from 9:00. */
export const hoursForm = (more: Readonly<Record<string, string>>): FormData =>
  form({
    ...{ mode: 'sur-place', day: '24/11/2026', hour: '9h', minutes: '30', slots: '4' },
    ...{ repeat: 'semaine', until: '29/06/2027', ...more },
  });

/** Registers a Maison, at an address of a commune, whose page waits for a moderator. */
export const registerHouse = async (
  who: PersonContext,
  { commune = 'Rennes', insee = '35238', postcode = '35000', name = 'Maison de l’Exemple' } = {},
): Promise<string> =>
  register(who, {
    vous: form({ as: 'structure' }, stepForms.vous),
    structure: form({ name, kind: 'maison-1000-jours', siret: '' }),
    lieux: form(
      { 'places-0-commune': commune, 'places-0-insee': insee, 'places-0-postcode': postcode },
      stepForms.lieux,
    ),
  });

/** A directory where a Maison is open, kept by `who`, with somebody who receives on Tuesdays. */
export const openedHouse = async (where: Parameters<typeof registerHouse>[1] = {}) => {
  const { context, as } = await professionalsHouse();
  const begun = await as('camille@exemple.fr');
  const registration = await registerHouse(begun, where);
  const who = await again(begun);
  const moderator = await as('moderation@exemple.fr', moderatorOf('france'));
  const [listing] = (await houseToTell(who, registration))?.listings ?? [];
  const told = await tellHouse(who, registration, { words: 'Venez comme vous êtes.', sites: [listing?.key ?? ''] });
  if (!told.ok) throw new Error(JSON.stringify(told.error));
  const opened = await decideHouse(moderator, registration, 'open');
  if (!opened.ok) throw new Error(opened.error.message);
  const { slug, id } = await context.db.selectFrom('house').select(['slug', 'id']).executeTakeFirstOrThrow();
  const { id: site } = await context.db.selectFrom('house_site').select('id').executeTakeFirstOrThrow();
  return { context, as, who, moderator, registration, slug, house: id, site };
};

/** Adds somebody to the team of a house and their hours; returns both. */
export const addReceiving = async (
  { who, registration, site }: Pick<Awaited<ReturnType<typeof openedHouse>>, 'who' | 'registration' | 'site'>,
  role: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly member: string; readonly hours: string }> => {
  const added = await addMember(who, registration, { role, name: '' });
  if (!added.ok) throw new Error(JSON.stringify(added.error));
  const { id: member } = await who.db
    .selectFrom('house_member')
    .select('id')
    .where('role', '=', role)
    .executeTakeFirstOrThrow();
  const published = await addHours(who, registration, 'appointments', hoursForm({ member, site, ...more }));
  if (!published.ok) throw new Error(JSON.stringify(published.error));
  const { id: hours } = await who.db
    .selectFrom('house_hours')
    .select('id')
    .where('member', '=', member)
    .executeTakeFirstOrThrow();
  return { member, hours };
};
