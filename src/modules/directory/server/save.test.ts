import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Context } from '#platform/server/context.ts';
import { directoryContext } from '#testing/directory.ts';
import type { DirectoryRecord } from '../model.ts';
import { closeMissing, correctRow, countMissing, directoryMigrations, saveRecords } from './index.ts';

const origin = { source: 'essai', on: '2026-05-12' };

const pmi = (more: Partial<NonNullable<DirectoryRecord['place']>['fields']> = {}): DirectoryRecord => ({
  organisation: { ref: 'ej-1', fields: { name: 'Département d’Ille-et-Vilaine' } },
  place: {
    ref: '350000001',
    fields: {
      ...{ name: 'PMI du centre', kind: 'pmi', line: '1 rue de Paris', insee: '35238', lat: 48.1, lon: -1.67 },
      ...{ precision: 'street', phone: '02 99 00 00 00' },
      ...more,
    },
  },
  services: [{ ref: '350000001', fields: { name: 'Consultations de PMI', kind: 'pmi', priorities: [2] } }],
});

const offersOf = async ({ db }: Context) =>
  (await db.selectFrom('offer').selectAll().orderBy('id').execute()).map((offer) => ({
    ...offer,
    shown: JSON.parse(offer.shown),
  }));

const line = (hours: string, areas: readonly string[] = ['region:53']): DirectoryRecord => ({
  services: [
    { ref: 'ligne', fields: { name: 'Ligne', kind: 'a-distance', modes: ['telephone'] }, placement: { hours, areas } },
  ],
});

describe('saving records of a source', () => {
  it('resolves an offer with its place, its organisation and its words', async () => {
    const context = await directoryContext();
    const saved = await saveRecords(context, origin, [pmi()]);
    expect(saved).toMatchObject({ created: { organisation: 1, place: 1, service: 1 }, updated: {}, offers: 1 });
    const [offer] = await offersOf(context);
    expect(offer).toMatchObject({ lat: 48.1, lon: -1.67, insee: '35238', priorities: 2, time_zone: 'Europe/Paris' });
    expect(offer?.shown).toMatchObject({
      name: 'Consultations de PMI',
      organisation: 'Département d’Ille-et-Vilaine',
      phone: '02 99 00 00 00',
      place: { name: 'PMI du centre', commune: 'Rennes', precision: 'street' },
      page: '/lieux/pmi-du-centre',
    });
    expect(offer?.terms.split(' ')).toEqual(expect.arrayContaining(['pmi', 'ren', 'consult']));
  });

  it('writes nothing when told the same again, even on another day', async () => {
    const context = await directoryContext();
    await saveRecords(context, origin, [pmi()]);
    const before = await context.db.selectFrom('place').selectAll().execute();
    const again = await saveRecords(context, { ...origin, on: '2026-06-12' }, [pmi()]);
    expect(again).toMatchObject({ created: {}, updated: {}, offers: 0 });
    expect(await context.db.selectFrom('place').selectAll().execute()).toEqual(before);
  });

  it('updates what changed, and says from which day each field is', async () => {
    const context = await directoryContext();
    await saveRecords(context, origin, [pmi()]);
    const saved = await saveRecords(context, { ...origin, on: '2026-06-12' }, [pmi({ phone: '02 99 11 11 11' })]);
    expect(saved).toMatchObject({ updated: { place: 1 }, offers: 1 });
    const place = await context.db.selectFrom('place').selectAll().executeTakeFirstOrThrow();
    expect(place.provenance.phone).toEqual({ source: 'essai', on: '2026-06-12' });
    expect(place.provenance.name).toEqual({ source: 'essai', on: '2026-05-12' });
    expect((await offersOf(context))[0]?.shown.phone).toBe('02 99 11 11 11');
  });

  it('never overwrites what a person corrected, and says that it kept it', async () => {
    const context = await directoryContext();
    await saveRecords(context, origin, [pmi()]);
    const { id } = await context.db.selectFrom('place').select('id').executeTakeFirstOrThrow();
    expect(await correctRow(context, 'place', id, { phone: '02 99 22 22 22' })).toMatchObject({ ok: true });
    const saved = await saveRecords(context, origin, [pmi({ phone: '02 99 33 33 33', line: '2 rue de Paris' })]);
    expect(saved.kept).toEqual([{ entity: 'place', ref: '350000001', field: 'phone' }]);
    expect((await offersOf(context))[0]?.shown).toMatchObject({
      phone: '02 99 22 22 22',
      place: { address: '2 rue de Paris' },
    });
  });

  it('says from which day each piece of where a service is given is, and keeps what a person corrected of it', async () => {
    const context = await directoryContext();
    const placements = () => context.db.selectFrom('placement').selectAll().execute();
    await saveRecords(context, origin, [line('Mo-Fr 09:00-18:00')]);
    const told = await placements();
    expect(told[0]?.provenance).toEqual({ hours: origin, areas: origin });

    const later = { ...origin, on: '2026-06-12' };
    expect(await saveRecords(context, later, [line('Mo-Fr 09:00-18:00')])).toMatchObject({ updated: {}, offers: 0 });
    expect(await placements()).toEqual(told);

    expect(await saveRecords(context, later, [line('Mo-Fr 10:00-18:00')])).toMatchObject({ offers: 1, kept: [] });
    expect((await placements())[0]?.provenance).toEqual({ hours: later, areas: origin });

    const provenance = JSON.stringify({ hours: { source: 'person', on: '2026-07-01' }, areas: origin });
    await context.db.updateTable('placement').set({ hours: 'Mo 14:00-17:00', provenance }).execute();
    const saved = await saveRecords(context, later, [line('Mo-Fr 08:00-18:00', ['region:84'])]);
    expect(saved.kept).toEqual([{ entity: 'service', ref: 'ligne', field: 'hours' }]);
    expect(await placements()).toMatchObject([
      {
        ...{ hours: 'Mo 14:00-17:00', areas: ['region:84'] },
        provenance: { hours: { source: 'person', on: '2026-07-01' }, areas: later },
      },
    ]);

    // What was there before origins were kept has that of its service.
    await sql`alter table placement drop column provenance`.execute(context.db);
    await directoryMigrations['0132-placement-provenance']?.up(context.db);
    expect((await placements())[0]?.provenance).toEqual({ hours: origin, areas: origin });
  });

  it('closes what disappeared from the source, opens it again when it comes back, and leaves what a person closed', async () => {
    const context = await directoryContext();
    const other: DirectoryRecord = {
      place: { ref: '350000002', fields: { name: 'Autre', kind: 'pmi', insee: '35238' } },
      services: [{ ref: '350000002', fields: { name: 'Consultations', kind: 'pmi' } }],
    };
    await saveRecords(context, origin, [pmi(), other]);
    const run = crypto.randomUUID();
    await saveRecords(context, { ...origin, run }, [pmi()]);
    expect(await countMissing(context.db, 'essai', run)).toEqual({ open: 4, missing: 2 });
    expect(await closeMissing(context, { source: 'essai', on: '2026-06-12', run })).toBe(2);
    expect((await offersOf(context)).map(({ gone }) => gone)).toEqual([false, true]);
    await saveRecords(context, origin, [other]);
    expect((await offersOf(context)).map(({ gone }) => gone)).toEqual([false, false]);

    const { id } = await context.db
      .selectFrom('place')
      .select('id')
      .where('source_ref', '=', '350000002')
      .executeTakeFirstOrThrow();
    await correctRow(context, 'place', id, { state: 'closed' });
    await saveRecords(context, origin, [other]);
    expect((await offersOf(context)).map(({ gone }) => gone)).toEqual([false, true]);
  });

  it('never locates a confidential place: its département and nothing more', async () => {
    const context = await directoryContext();
    await saveRecords(context, origin, [pmi({ confidential: true })]);
    const [offer] = await offersOf(context);
    expect(offer).toMatchObject({ lat: null, lon: null, insee: null, areas: ['departement:35'] });
    expect(offer?.shown).toMatchObject({ place: null, page: '/services/consultations-de-pmi', phone: null });
    expect(JSON.stringify(offer)).not.toMatch(/PMI du centre|rue de Paris|Rennes|35238|48\.1/);
    expect(offer?.terms).not.toMatch(/ren/);
  });

  it('shows somebody who works at home at the point of the commune', async () => {
    const context = await directoryContext();
    const professional = { ref: 'p', fields: { name: 'Camille Exemple', profession: 'Sage-femme', at_home: true } };
    await saveRecords(context, origin, [{ ...pmi(), professional }]);
    const [offer] = await offersOf(context);
    const commune = await context.db
      .selectFrom('commune')
      .selectAll()
      .where('code', '=', '35238')
      .executeTakeFirstOrThrow();
    expect(offer).toMatchObject({ lat: commune.lat, lon: commune.lon });
    expect(offer?.shown.place).toMatchObject({ address: null, precision: 'commune' });
  });

  it('makes one offer for each service of a bus at each of its stops', async () => {
    const context = await directoryContext();
    const stops = ['97411', '97415'].map((insee, position) => ({
      ref: `stop-${position}`,
      fields: { label: `Arrêt ${position + 1}`, insee, position, starts_at: '2026-11-24T09:00', minutes: 180 },
    }));
    const services = ['Micro-crèche', 'Ateliers', 'Accès aux droits', 'Prévention santé'].map((name, rank) => ({
      ref: `bus-${rank}`,
      fields: { name, kind: 'creche' as const },
    }));
    const tour = { ref: 'bus', fields: { name: 'Baby Bus' } };
    await saveRecords(context, origin, [{ tour, stops, services }]);
    const offers = await offersOf(context);
    expect(offers).toHaveLength(8);
    expect(new Set(offers.map(({ time_zone }) => time_zone))).toEqual(new Set(['Indian/Reunion']));
    expect(offers[0]?.shown.tour).toEqual({ name: 'Baby Bus', stop: 'Arrêt 1' });
  });

  it('gives places of one name an address each', async () => {
    const context = await directoryContext();
    const second = {
      ...pmi(),
      place: { ref: 'x', fields: { name: 'PMI du centre', kind: 'pmi' as const } },
      services: [],
    };
    await saveRecords(context, origin, [pmi(), second]);
    const places = await context.db.selectFrom('place').select(['id', 'slug']).orderBy('id').execute();
    expect(places[0]?.slug).toBe('pmi-du-centre');
    expect(places[1]?.slug).toBe(`pmi-du-centre-${places[1]?.id}`);
  });
});
