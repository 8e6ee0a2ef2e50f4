import { askToAnimate, askToMeet, confirmWish, decideTeam, formGroup } from '#modules/groups/server/index.ts';
import {
  addHours,
  addMember,
  decideHouse,
  houseToTell,
  openHouse,
  openSlots,
  takeAppointment,
  tellHouse,
} from '#modules/houses/server/index.ts';
import { createVehicle, saveStop } from '#modules/tours/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import type { Mail } from '#platform/server/mail/mail.ts';
import { type Acting, must } from './actors.ts';
import { formOf, SITE } from './register.ts';

/** Where people of the demonstration meet: a Maison that receives, a bus that passes, a group of parents. */
export const meet = async (context: Context, as: Acting, registration: string): Promise<void> => {
  const today = todayIn(context.clock, 'Europe/Paris');
  await receive(context, as, registration, today);
  await travel(as, registration, today);
  await animate(context, as, registration, today);
};

/** « 24/11/2026 » */
export const inFrench = (day: Temporal.PlainDate): string =>
  [String(day.day).padStart(2, '0'), String(day.month).padStart(2, '0'), day.year].join('/');

const receive = async (context: Context, as: Acting, registration: string, today: Temporal.PlainDate) => {
  const team = await as('responsable');
  const [listing] = (await houseToTell(team, registration))?.listings.filter(({ isHouse }) => isHouse) ?? [];
  const words = 'Venez comme vous êtes, avec ou sans question. Rien à préparer, rien à prouver.';
  must(await tellHouse(team, registration, { words, sites: [listing?.key ?? ''] }));
  must(await decideHouse(await as('pmi'), registration, 'open'));
  must(await addMember(team, registration, { role: 'Psychologue', name: '' }));
  const { slug, house, member, site } = await context.db
    .selectFrom('house')
    .innerJoin('house_member as member', 'member.house', 'house.id')
    .innerJoin('house_site as site', 'site.house', 'house.id')
    .select(['house.slug', 'house.id as house', 'member.id as member', 'site.id as site'])
    .where('house.registration', '=', registration)
    .executeTakeFirstOrThrow();
  const hours = {
    ...{
      member,
      site,
      mode: 'sur-place',
      day: inFrench(today.add({ days: 3 })),
      hour: '9h',
      minutes: '45',
      slots: '4',
    },
    ...{ repeat: 'semaine', until: inFrench(today.add({ months: 4 })) },
  };
  must(await addHours(team, registration, 'appointments', formOf(hours)));
  const [slot] = (await openHouse(context, slug)) ? await openSlots(context, house) : [];
  const booked = formOf({ name: 'Une famille', contact: 'famille@demonstration.example' });
  const asked = { hours: slot?.hours ?? '', start: String(slot?.start ?? '') };
  must(await takeAppointment(context, slug, asked, booked, SITE));
};

const travel = async (as: Acting, registration: string, today: Temporal.PlainDate) => {
  const team = await as('redaction');
  const bus = { name: 'Le bus des familles (démonstration)', vehicle: 'Un bus aménagé' };
  const board = { service: 'Accueil et conseils à bord (démonstration)', kind: 'itinerant' };
  const { id: tour } = must(await createVehicle(team, registration, formOf({ ...bus, ...board })));
  for (const [rank, [label, commune, code]] of (
    [
      ['Place de la Mairie (démonstration)', 'Cesson-Sévigné', '35051'],
      ['Parking de la salle des fêtes (démonstration)', 'Paimpont', '35211'],
    ] as const
  ).entries()) {
    const when = { day: inFrench(today.add({ days: rank + 1 })), hour: '9h30', minutes: '150', repeat: 'semaine' };
    const until = inFrench(today.add({ months: 6 }));
    must(await saveStop(team, { registration, tour }, undefined, formOf({ label, commune, code, ...when, until })));
  }
};

/** Three families who expect in the same month, and the group that was formed for them. */
const animate = async (context: Context, as: Acting, registration: string, today: Temporal.PlainDate) => {
  const team = await as('redaction');
  const words = 'Une psychologue et une éducatrice animent ; on vient quand on peut.';
  const asked = { reach: 'epci', births: true, situations: ['peres'], words };
  must(await askToAnimate(team, registration, asked));
  must(await decideTeam(await as('pmi'), registration, 'open', SITE));
  const month = today.add({ months: 3 }).toString().slice(0, 7);
  for (const name of ['Lune', 'Étoile', 'Soleil']) {
    const letters: Mail[] = [];
    const hearing: Context = {
      ...context,
      mail: {
        ...context.mail,
        post: async (mail) => {
          letters.push(mail);
          await context.mail.post(mail);
        },
      },
    };
    const email = `${name === 'Étoile' ? 'etoile' : name.toLowerCase()}@demonstration.example`;
    must(await askToMeet(hearing, '35238', { month, name, email }, SITE));
    const [, word = ''] = /\/groupes\/ma-place\/([\w-]{43})\n/.exec(letters[0]?.text ?? '') ?? [];
    must(await confirmWish(context, word, SITE));
  }
  must(await formGroup(team, registration, { scope: 'epci:243500139', month }, SITE));
};
