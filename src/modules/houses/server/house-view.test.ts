import { expect, it } from 'vitest';
import { createSeries, eventsIndex } from '#modules/agenda/server/index.ts';
import { saveRecords } from '#modules/directory/server/index.ts';
import { seriesForm } from '#testing/agenda.ts';
import { addReceiving, hoursForm, openedHouse } from '#testing/houses.ts';
import { moderatorOf, site as origin } from '#testing/professionals.ts';
import { form } from '#testing/registration.ts';
import { readAppointment, takeAppointment } from './appointments.ts';
import { houseList } from './house-list.ts';
import { houseAt, houseView } from './house-view.ts';
import { decideHouse, housesToDecide, houseToTell, tellHouse } from './run-house.ts';
import { structuredHouse } from './structured-house.ts';
import { addHours } from './team.ts';
import { unseenHousesJob } from './unseen-job.ts';

/** A Maison as a document tells it: nobody runs it here. */
const told = (ref: string, name: string) => ({
  place: { ref, fields: { name, kind: 'maison-1000-jours' as const, insee: '35238', line: '2 rue de l’Exemple' } },
  services: [{ ref, fields: { name, kind: 'maison-1000-jours' as const, summary: 'Un lieu où parler.' } }],
});

it('shows a Maison that a document tells with the day of its source, then what the team that runs it says', async () => {
  const house = await openedHouse();
  const { who, as, registration, slug, site, moderator } = house;
  await saveRecords(house.context, { source: 'essai', on: '2023-03-30' }, [
    told('m', 'Maison du document'),
    told('n', 'Second site'),
  ]);
  await saveRecords(house.context, { source: 'essai', on: '2023-03-30' }, [
    {
      tour: { ref: 't', fields: { name: 'Maison itinérante' } },
      services: [
        {
          ref: 't',
          fields: { name: 'Maison itinérante', kind: 'itinerant' },
          placement: { areas: ['departement:35'] },
        },
      ],
    },
  ]);
  const published = await createSeries(
    who,
    registration,
    seriesForm({ title: 'Atelier <portage>', organisation: registration }),
  );
  expect(published).toMatchObject({ ok: true });
  const events = await eventsIndex.build(house.context.db, house.context.clock);
  await house.context.reindex();
  const context = {
    ...house.context,
    indexes: {
      ...house.context.indexes,
      get: <T>(definition: { name: string }): T =>
        (definition.name === eventsIndex.name ? events : house.context.indexes.get(definition as never)) as T,
    },
  };

  // As documents tell them.
  expect(await houseView(context, 'maison-du-document')).toMatchObject({
    name: 'Maison du document',
    run: undefined,
    sites: [{ place: { sources: [expect.stringContaining('30 mars 2023')] } }],
  });
  expect(await houseView(context, 'maison-itinerante')).toMatchObject({
    sites: [{ service: { tour: { name: 'Maison itinérante' } } }],
  });
  expect(await houseView(context, 'nulle-part')).toBeUndefined();

  // As its team tells it.
  const { hours } = await addReceiving(house, 'Sage-femme');
  const permanence = hoursForm({ site, holder: 'Caf de l’Exemple', words: 'Vos droits', hour: '14h', minutes: '120' });
  expect(await addHours(who, registration, 'permanence', permanence)).toMatchObject({ ok: true });
  const view = await houseView(context, slug);
  expect(view?.run).toMatchObject({
    words: 'Venez comme vous êtes.',
    team: [{ role: 'Sage-femme', appointments: true }],
    next: {
      day: 'mardi 24 novembre',
      times: 'de 9 h à 9 h 30'.replaceAll(' h', '\u00a0h').replaceAll('h 30', 'h\u00a030'),
    },
    permanences: [
      {
        holder: 'Caf de l’Exemple',
        next: [expect.stringContaining('mardi 24 novembre'), expect.anything(), expect.anything()],
      },
    ],
    events: [{ title: 'Atelier <portage>' }],
  });
  const structured = view && structuredHouse(view, `${origin}/maisons/${slug}`);
  expect(JSON.parse(structured ?? '')).toMatchObject({
    '@type': 'CivicStructure',
    name: 'Maison de l’Exemple',
    url: `${origin}/maisons/${slug}`,
  });

  // Everybody’s list: by département, and which are run here.
  const [ille] = await houseList(context);
  expect(ille?.name).toBe('Ille-et-Vilaine');
  expect(ille?.houses.map(({ name, run }) => `${name}${run ? ', ici' : ''}`)).toEqual([
    ...['Maison de l’Exemple, ici', 'Maison du document', 'Maison itinérante', 'Second site'],
  ]);

  // A page that the team claimed is one more site; its name leads to the house.
  const { id: case_id } = await context.db.selectFrom('moderation_case').select('id').executeTakeFirstOrThrow();
  const { id: place } = await context.db
    .selectFrom('place')
    .select('id')
    .where('slug', '=', 'second-site')
    .executeTakeFirstOrThrow();
  await context.db
    .insertInto('listing_owner')
    .values({ entity: 'place', entity_id: place, registration, case_id, since: context.clock.now() })
    .execute();
  const own = (await houseToTell(who, registration))?.listings ?? [];
  const both = { words: '', sites: own.map(({ key }) => key) };
  expect(own.map(({ name }) => name)).toEqual(['Maison de l’Exemple', 'Second site']);
  expect(await tellHouse(who, registration, both)).toEqual({ ok: true, value: 'open' });
  expect((await houseView(context, slug))?.sites).toHaveLength(2);
  expect(await houseAt(context, 'second-site')).toMatchObject({ siteOf: slug });
  expect(await houseAt(context, 'maison-du-document')).toMatchObject({ siteOf: undefined });

  // Who may: its team tells, moderators of its territory decide, nobody else.
  const elsewhere = await as('ailleurs@exemple.fr', moderatorOf('departement:974'));
  expect(await housesToDecide(elsewhere)).toEqual([]);
  expect(await housesToDecide(moderator)).toHaveLength(1);
  for (const stranger of [elsewhere, moderator]) {
    expect(await houseToTell(stranger, registration)).toBeUndefined();
    expect(await tellHouse(stranger, registration, both)).toMatchObject({
      ok: false,
      error: [{ code: 'not_allowed' }],
    });
  }
  for (const order of ['open', 'close'] as const)
    expect(await decideHouse(elsewhere, registration, order)).toMatchObject({ ok: false });
  expect(await tellHouse(who, registration, { words: '', sites: [] })).toMatchObject({
    ok: false,
    error: [{ code: 'no_house' }],
  });

  // Withdrawn, its page is the directory’s again; who was expected is told.
  const taken = await takeAppointment(
    context,
    slug,
    { hours, start: '2026-11-24T09:00' },
    form({ name: 'Sam', contact: 'sam@exemple.fr' }),
    origin,
  );
  const secret = taken.ok ? taken.value.secret : '';
  await unseenHousesJob.handle(context, {});
  expect(await readAppointment(context, secret)).toMatchObject({ state: 'booked' });
  const become = (status: 'refused' | 'closed') =>
    context.db.updateTable('registration').set({ status }).where('id', '=', registration).execute();
  await become('refused');
  expect((await houseView(context, slug))?.run).toBeUndefined();
  await unseenHousesJob.handle(context, {});
  expect(await readAppointment(context, secret)).toMatchObject({ state: 'closed' });
  expect(context.posted.at(-1)).toMatchObject({ to: 'sam@exemple.fr', subject: 'Annulation du mardi 24 novembre' });

  // Closed for good, what was said of its people goes. Twice is once.
  await context.db.updateTable('house_member').set({ name: 'Camille' }).execute();
  await become('closed');
  await unseenHousesJob.handle(context, {});
  await unseenHousesJob.handle(context, {});
  expect(await context.db.selectFrom('house_member').select(['role', 'name']).execute()).toEqual([
    { role: 'Sage-femme', name: '' },
  ]);
  expect(await context.db.selectFrom('house').select(['status', 'words']).execute()).toEqual([
    { status: 'closed', words: '' },
  ]);
});

it('is seen once a moderator of its territory opened it, and again after a refusal only then', async () => {
  const { who, moderator, registration, slug, context } = await openedHouse();
  const seen = async () => (await houseView(context, slug))?.run !== undefined;
  expect(await decideHouse(moderator, registration, 'close')).toMatchObject({ ok: true });
  expect(await seen()).toBe(false);
  const own = (await houseToTell(who, registration))?.listings ?? [];
  expect(await tellHouse(who, registration, { words: 'Encore', sites: own.map(({ key }) => key) })).toEqual({
    ok: true,
    value: 'asked',
  });
  expect(await seen()).toBe(false);
  // Nobody opens their own, moderators of its territory included.
  await context.db
    .insertInto('agency_grant')
    .values({
      ...{ account: who.actor.account, agency: 'departement', role: 'moderator', scope: 'departement:35' },
      granted_at: context.clock.now(),
    })
    .execute();
  expect(await decideHouse(who, registration, 'open')).toMatchObject({ ok: false, error: { code: 'own_proposal' } });
});
