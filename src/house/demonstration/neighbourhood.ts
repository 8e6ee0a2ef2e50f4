import { createSeries } from '#modules/agenda/server/index.ts';
import { appointTeam } from '#modules/callback/server/index.ts';
import { startNetwork } from '#modules/networks/server/index.ts';
import { startCampaign } from '#modules/professionals/server/index.ts';
import {
  addVolunteer,
  askToRun,
  decideTeam,
  ownPlaces,
  publishFreePlaces,
  requestSitting,
} from '#modules/respite/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { type Acting, must } from './actors.ts';
import { type ListingCode, listings } from './listings.ts';
import { inFrench, meet } from './meet.ts';
import { emailOf } from './people.ts';
import { formOf, SITE } from './register.ts';

/** What people do together in the demonstration: rendez-vous, free places, baby-sitting, a Maison, a bus, a group, calls back, a network, a campaign. */
export const bringTogether = async (
  context: Context,
  as: Acting,
  { maison, creche }: Readonly<Record<ListingCode, string>>,
): Promise<void> => {
  const today = todayIn(context.clock, 'Europe/Paris');
  await announce(as, maison, today);
  await freePlaces(as, { maison, creche }, today);
  await babySitting(context, as, maison, today);
  await meet(context, as, maison);
  must(
    await appointTeam(
      await as('caf'),
      {
        ...{ organisation: maison, territory: 'departement:35', days: [1, 2, 3, 4, 5], from: 9, to: 18 },
        ...{ languages: ['fr', 'ar'], sentence: 'Une personne de la maison des familles vous écoute et vous oriente.' },
      },
      listings.maison.forms.structure.name,
    ),
  );
  must(
    await startNetwork(await as('agglomeration'), {
      ...{ name: 'Réseau périnatal du bassin rennais (démonstration)', territory: 'epci:243500139', as: '' },
      purpose: 'Se connaître, orienter les familles sans les perdre, préparer ensemble la semaine des parents.',
    }),
  );
  const campaign = { scope: 'departement:35', kind: undefined, priority: undefined } as const;
  must(await startCampaign(await as('pmi'), campaign, SITE));
};

const announce = async (as: Acting, organisation: string, today: Temporal.PlainDate): Promise<void> => {
  const one = { mode: 'lieu', commune: 'Rennes', code: '35238', line: '1 rue de la Démonstration' } as const;
  const where = { ...one, place_name: 'Maison des familles de l’Ille (démonstration)' };
  const on = (days: number): string => inFrench(today.add({ days }));
  for (const said of [
    {
      ...{ title: 'Café des parents (démonstration)', kind: 'cafe', day: on(2), hour: '9h30', minutes: '90' },
      ...{ summary: 'Un café, des tapis pour les petits, et du temps.', company: 'avec', booking: 'libre' },
    },
    {
      ...{ title: 'Atelier des pères (démonstration)', kind: 'atelier', day: on(5), hour: '10h', minutes: '60' },
      ...{
        summary: 'Porter, masser, jouer : à essayer ensemble.',
        company: 'avec',
        audiences: 'peres-et-seconds-parents',
      },
      ...{ booking: 'ici', places: '8', waiting_list: 'on' },
    },
  ]) {
    must(await createSeries(await as('responsable'), organisation, formOf({ ...where, ...said })));
  }
};

const freePlaces = async (
  as: Acting,
  of: { readonly maison: string; readonly creche: string },
  today: Temporal.PlainDate,
): Promise<void> => {
  for (const [who, registration, days, urgent] of [
    ['responsable', of.maison, 1, false],
    ['loin', of.creche, 2, true],
  ] as const) {
    const person = await as(who);
    const [place] = await ownPlaces(person, registration);
    const typed = { day: today.add({ days }).toString(), part: 'matin', ages: ['un-an', 'deux-ans'], count: '2' };
    must(await publishFreePlaces(person, registration, place?.id ?? -1, { ...typed, urgent, note: '' }));
  }
};

const babySitting = async (context: Context, as: Acting, registration: string, today: Temporal.PlainDate) => {
  const words = 'Nous rencontrons chaque bénévole deux fois, et restons joignables pendant la garde.';
  must(await askToRun(await as('responsable'), registration, { reach: 'epci', words }));
  must(await decideTeam(await as('pmi'), registration, 'open', SITE));
  const volunteer = { name: 'Sam', email: 'sam@demonstration.example', phone: '' };
  must(await addVolunteer(await as('responsable'), registration, volunteer, SITE));
  must(
    await requestSitting(
      context,
      { registration, insee: '35238' },
      {
        ...{ day: today.add({ days: 6 }).toString(), part: 'soir', children: '1', ages: ['un-an'] },
        ...{ name: 'Une famille', email: emailOf('debut'), phone: '' },
      },
      SITE,
    ),
  );
};
