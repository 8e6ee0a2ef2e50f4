import { withActors } from '#house/demonstration/actors.ts';
import { labelInLandes } from '#house/demonstration/calls-landes.ts';
import { selectIn } from '#house/demonstration/calls-selection.ts';
import { emailOf as demonstrated, type PersonCode, people } from '#house/demonstration/people.ts';
import { noDecision } from '#modules/calls/selection/decision.ts';
import { readAgreement } from '#modules/calls/server/after/agreement-stream.ts';
import { askReport, moveAgreement, openCall, signAgreement, writeTerms } from '#modules/calls/server/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Grant } from '#platform/permissions.ts';
import { accountOfEmail } from '#platform/server/identity/accounts.ts';
import { declare, declared, depositedApplication, done, fillCall, publishedCall } from '#testing/calls.ts';
import { type PastCall, type PastHouse, pastCalls } from './past-calls.ts';

/**
 * The stage of a selection: a call that its ARS still writes, and one whose jury is at work, as the demonstration tells it.
 * An ARS runs one call in a region: each time, in a region of its own.
 */
export const selection = async (house: PastHouse): Promise<PastCall> => {
  const [region, ...commune] = await freeRegion(house, [
    ['24', '45234', 'Orléans'],
    ['27', '21231', 'Dijon'],
    ['32', '59350', 'Lille'],
  ]);
  const scope = `region:${region}` as const;
  const [apart] = await freeRegion(house, [['28'], ['44'], ['11']]);
  const territory = `region:${apart}` as const;
  const writer = await house.as(house.emailOf('redige'), { agency: 'ars', role: 'administrator', scope: territory });
  done(await declare(writer, 'ars', apart, { configuration: 'ars' }));
  const opening = { kind: 'regional', territory, configuration: 'ars', motive: '', agencies: ['ars'] };
  const call = done(await openCall(writer, opening));
  await fillCall(writer, call, 'Europe/Paris');
  await grant(house, 'ars', { agency: 'ars', role: 'administrator', scope });
  await grant(house, 'dreets-bretagne', { agency: 'dreets', role: 'administrator', scope });
  const now = { ...house.context, clock: systemClock };
  await withActors(now, async (as) => {
    // Who they are is known from their second visit on.
    for (const code of ['ars', 'dreets-bretagne'] as const) await as(code);
    await selectIn(now, as, { region, places: Array(12).fill(commune.join(' ')) });
  });
  const readers = ['ars', 'dreets-bretagne', 'presidence', 'juree', 'experte'];
  return { call, people: ['redige'], others: readers.map(demonstrated) };
};

/**
 * What holders find: a draft in an open call, the labels of the Landes as the demonstration tells them, an agreement that is
 * signed and a report that is asked for.
 */
export const followed = async (house: PastHouse): Promise<PastCall> => {
  const [region] = await freeRegion(house, [['52'], ['76'], ['84'], ['93']]);
  house.clock.moveTo('2021-05-10T08:00:00Z');
  const call = await publishedCall(house, { region, at: '2021-07-10T08:00:00Z' });
  const holder = await depositedApplication(house, call, { email: house.emailOf('porteuse') });
  await told(house, call.id, holder.id);
  await declared(call.ars, call.id);
  house.clock.moveTo('2021-09-01T08:00:00Z');
  const party = { name: 'Camille Exemple', job: 'Présidence', email: house.emailOf('porteuse') };
  const funder = { name: 'Dominique Exemple', job: 'Direction', email: house.emailOf('direction') };
  done(
    await writeTerms(call.ars, holder.id, {
      ...{ object: 'Ouvrir une maison des parents.', conditions: '', interimOn: null, schedule: [] },
      ...{ startsOn: '2021-10-01', endsOn: '2022-09-30' },
      lines: [{ key: 'FIR', funder: 'ARS', line: 'FIR', cents: 2_500_000 }],
      parties: [
        { kind: 'holder', organisation: 'Association Exemple', ...party },
        { kind: 'funder', organisation: 'ARS', ...funder },
      ],
    }),
  );
  done(await moveAgreement(call.ars, holder.id, { command: 'submit' }, undefined));
  const { terms } = await readAgreement(call.ars, holder.id);
  for (const who of [holder.holder, await house.as(funder.email)])
    done(await signAgreement(who, holder.id, terms?.sha256 ?? '', undefined));
  house.clock.moveTo('2021-10-02T08:00:00Z');
  done(await moveAgreement(call.ars, holder.id, { command: 'start' }, undefined));
  house.clock.moveTo('2022-10-30T08:00:00Z');
  done(await askReport(call.ars, holder.id, 'final', { today: '2022-10-30', origin: undefined }));

  for (const code of ['caf-landes', 'ars-landes'] as const) await grant(house, code);
  // Who reads only: the pages of the operator close to passers-by once somebody administers.
  await grant(house, 'ministere', { agency: 'ministry', role: 'reader', scope: 'france' });
  const now = { ...house.context, clock: systemClock };
  await withActors(now, (as) => labelInLandes(now, as));
  const readers = ['caf-landes', 'ars-landes', 'porteuse-landes', 'ministere'].map(demonstrated);
  await pastCalls.open(house);
  return { call: call.id, people: ['porteuse1', 'porteuse', 'direction'], others: [call.ars.actor.email, ...readers] };
};

/** As a decision and its letter leave them: 25 000 € of the ARS, told. */
const told = async ({ context: { db, clock } }: PastHouse, call: string, application: string): Promise<void> => {
  const ruling = {
    ...{ issue: 'laureate', amounts: { FIR: 2_500_000 }, rank: null, words: null, conditions: null, referent: null },
  } as const;
  const decision = { ...noDecision, status: 'notified', call, ruling };
  await db
    .insertInto('call_decision')
    .values({
      ...{ application, call, status: 'notified', issue: 'laureate', rank: null, signed: true },
      ...{ state: JSON.stringify(decision), changed_at: clock.now() },
    })
    .execute();
  await db.updateTable('call_application').set({ status: 'notified' }).where('id', '=', application).execute();
  const row = await db.selectFrom('call').select('state').where('id', '=', call).executeTakeFirstOrThrow();
  const results = { at: '2021-08-27T10:00:00Z', laureates: 1, allocated: {}, reason: null, notifiedAt: null };
  const state = JSON.stringify({ ...(row.state as object), status: 'notified', results });
  await db.updateTable('call').set({ status: 'notified', state }).where('id', '=', call).execute();
};

/** The first of these regions where no call was opened: a journey may be walked again. */
const freeRegion = async <R extends readonly [string, ...string[]]>(
  { context: { db } }: PastHouse,
  regions: readonly R[],
): Promise<R> => {
  for (const region of regions) {
    const scope = `region:${region[0]}`;
    if (!(await db.selectFrom('call').select('id').where('territory', '=', scope).executeTakeFirst())) return region;
  }
  throw new Error('each region has its call: start on a new base');
};

/** The role of somebody of the demonstration. */
const grant = async ({ context }: PastHouse, code: PersonCode, other?: Grant): Promise<void> => {
  const account = await accountOfEmail(context, demonstrated(code));
  const known = people.find((one) => one.code === code);
  const { agency, role, scope } = other ?? (known && 'grant' in known ? known.grant : undefined) ?? {};
  if (!agency || !role || !scope) throw new Error(`${code} has no role`);
  await context.db
    .insertInto('agency_grant')
    .values({ account, agency, role, scope, granted_by: null, granted_at: context.clock.now() })
    .onConflict((held) => held.doNothing())
    .execute();
};
