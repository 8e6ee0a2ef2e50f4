import { randomUUID } from 'node:crypto';
import type { ApplicationEvent, ApplicationKind } from '#modules/calls/application/application.ts';
import { type ApplicationContent, applicationParts, emptyContent } from '#modules/calls/application/content.ts';
import type { FrozenPiece } from '#modules/calls/application/snapshot.ts';
import { agenciesOf } from '#modules/calls/index.ts';
import { takeStep } from '#modules/calls/server/application/application-stream.ts';
import { hashOfContent, keepSnapshot } from '#modules/calls/server/application/snapshots.ts';
import {
  callView,
  declarationKey,
  moveCall,
  openCall,
  orderOnOwn,
  recordSending,
  startApplication,
  writeDeclaration,
  writePart,
  writeSection,
} from '#modules/calls/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { fixedClock } from '#platform/clock.ts';
import type { AgencyKind, AgencyRole, Scope } from '#platform/permissions.ts';
import type { Result } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { fold } from '#platform/text.ts';
import { testContext } from './context.ts';
import { type AtEnd, testDatabase } from './database.ts';
import { testIndexes } from './indexes.ts';
import { signedIn } from './person.ts';
import { form } from './registration.ts';

/** A house where agencies write calls, in May 2021; `agent` signs one of their people in. `atEnd`: for tests that share it. */
export const callsHouse = async (now = '2021-05-10T08:00:00Z', atEnd?: AtEnd) => {
  const { db, url } = await testDatabase('loaded', atEnd);
  const clock = fixedClock(now);
  const context = testContext(db, { clock, indexes: await testIndexes(db, [territoryIndex]) });
  const as = async (email: string, ...grants: { agency: AgencyKind; role: AgencyRole; scope: Scope }[]) =>
    ({ ...context, actor: await signedIn(context, email, { grants }) }) satisfies PersonContext;
  const agent = (agency: AgencyKind, scope: Scope, role: AgencyRole = 'administrator') =>
    as(`${agency}.${scope.replace(':', '')}.${role}@exemple.example`, { agency, role, scope });
  return { context, clock, as, agent, url };
};

/** The value of what must not be refused. */
export const done = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** What the form of a declaration sends. */
export const declarationForm = (more: Readonly<Record<string, string>> = {}): FormData =>
  form({
    ...{ configuration: 'joint', director_name: 'Dominique Exemple', director_email: 'direction@exemple.example' },
    ...{
      referent_name: 'Camille Exemple',
      referent_job: 'Chargée de mission',
      referent_email: 'referente@exemple.example',
    },
    ...more,
  });

/** Declares a call for an agency of a region, on 12 May 2021 unless told. */
export const declare = async (
  who: PersonContext,
  agency: 'ars' | 'dreets',
  region: string,
  { on = '2021-05-09', configuration = 'joint', motive = '' } = {},
) => {
  const key = declarationKey(who, '2021', agency, region);
  if (!key) throw new Error('no such declaration');
  done(await writeDeclaration(who, key, declarationForm({ configuration })));
  return recordSending(who, key, { on: Temporal.PlainDate.from(on), motive, origin: 'https://mille-jours.example' });
};

/** Opens a regional call. */
export const open = (who: PersonContext, region: string, configuration: 'ars' | 'dreets' | 'joint', motive = '') =>
  openCall(who, {
    ...{ kind: 'regional', territory: `region:${region}`, configuration, agencies: agenciesOf(configuration), motive },
  });

/** The dates of a call of the summer of 2021, at the hour of its place. */
export const calendarOf = (zone: string, more: Readonly<Record<string, string>> = {}) => ({
  ...{ zone, opensAt: at('2021-06-01T09:00', zone), closesAt: at('2021-07-15T16:00', zone) },
  ...{ juryOn: '2021-08-10', resultsOn: '2021-08-27', startsOn: '2021-09-15', ...more },
});
const at = (local: string, zone: string): string =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant().toString();

/** Writes what a call must say before it is read. */
export const fillCall = async (who: PersonContext, id: string, zone: string): Promise<void> => {
  const calendar = { section: 'calendar', calendar: calendarOf(zone) } as const;
  const words = { context: 'Soutenir les parents.', projects: 'Des projets nouveaux.' };
  done(await writeSection(who, id, calendar, { seen: 0, motive: '' }));
  done(await writeSection(who, id, { section: 'specification', words }, { seen: 0, motive: '' }));
};

/** One move of a call. A publication says why it leaves aside what is recommended: no partner of these houses is invited. */
export const move = (
  who: PersonContext,
  id: string,
  command: 'submit' | 'publish' | 'reopen' | 'cancel' | 'approve',
  more: { readonly reason?: string; readonly agency?: string; readonly seen?: number } = {},
) => {
  const reason = command === 'publish' ? 'Nos partenaires relisent sans être invités ici.' : '';
  return moveCall(who, id, { command, reason, agency: '', seen: 0, origin: 'https://mille-jours.example', ...more });
};

/** The house of a test, where agencies write calls. */
export type CallsHouse = Awaited<ReturnType<typeof callsHouse>>;

/**
 * A joint call of a region, published by its ARS and its DREETS, and open: the clock then stands at `at`. `choices`: what it
 * settles; `points`: how much each recommended criterion counts.
 */
export const publishedCall = async (
  house: CallsHouse,
  {
    region = '53',
    zone = 'Europe/Paris',
    at: now = '2021-06-02T08:00:00Z',
    choices = {},
    points = null as number | null,
  } = {},
) => {
  const ars = await house.agent('ars', `region:${region}`);
  const dreets = await house.agent('dreets', `region:${region}`);
  done(await declare(ars, 'ars', region));
  done(await declare(dreets, 'dreets', region));
  const id = done(await open(ars, region, 'joint'));
  await fillCall(ars, id, zone);
  done(await writeSection(ars, id, { section: 'choices', words: choices }, { seen: 0, motive: '' }));
  const criteria = (['R-60', 'R-61'] as const).map((rule) => ({ rule, title: `Critère ${rule}`, points }));
  if (points) done(await writeSection(ars, id, { section: 'grid', words: { criteria } }, { seen: 0, motive: '' }));
  done(await move(ars, id, 'submit'));
  const { call } = (await callView(ars, id)) ?? {};
  const seen = Math.max(0, ...Object.values(call?.written ?? {}));
  done(await move(ars, id, 'approve', { agency: 'ars', seen }));
  done(await move(dreets, id, 'approve', { agency: 'dreets', seen }));
  done(await move(dreets, id, 'publish'));
  house.clock.moveTo(now);
  return { id, slug: call?.slug ?? '', ars, dreets };
};

/** What an application to a call of Bretagne says when nothing is missing: 40 000 € asked out of 60 000 €. */
export const completeContent = (more: Partial<ApplicationContent> = {}): ApplicationContent => ({
  ...emptyContent,
  project: { title: 'Une maison des parents', summary: 'Un lieu ouvert à tous.', change: 'Moins d’isolement.' },
  holder: {
    ...{ siret: '12345678200010', name: 'Association Exemple', legal_form: 'Association', commune: '35238' },
    ...{ address: '1 rue de l’Exemple, 35000 Rennes', can_sign: 'yes', phone: '02 99 00 00 00' },
    ...{ signatory_name: 'Camille Exemple', signatory_job: 'Présidence' },
  },
  territory: { territories: ['commune:35238'], words: 'Un quartier de Rennes.' },
  axes: { axes: [1], words: 'Repérer tôt.' },
  audience: { words: 'Les parents de tout-petits.', families: '120', stages: [] },
  calendar: { starts_on: '2021-10-01', ends_on: '2022-09-30', steps: [] },
  budget: {
    expenses: [{ label: 'Salaires', cents: 6_000_000 }],
    resources: [
      { source: 'call', funder: '', status: 'asked', cents: 4_000_000, siren: '' },
      { source: 'own', funder: 'Association Exemple', status: 'acquired', cents: 2_000_000, siren: '' },
    ],
    in_kind: [],
  },
  indicators: {
    indicators: [
      {
        ...{ id: 'i1', axis: 1, title: 'Familles accueillies', kind: 'output', population: 'Familles du quartier' },
        ...{ baseline: 0, target: 120, unit: 'familles', source: 'Registre', method: 'Compter.', due: '2022-09-30' },
      },
    ],
  },
  ...more,
});

/**
 * An application that somebody deposited, as the journal and the rows tell it. `content`: what differs from the usual;
 * `pieces`: what was joined.
 */
export const depositedApplication = async (
  house: CallsHouse,
  call: { readonly id: string },
  more: {
    readonly email?: string;
    readonly kind?: ApplicationKind;
    readonly content?: Partial<ApplicationContent>;
    readonly pieces?: readonly FrozenPiece[];
  } = {},
) => {
  const holder = await house.as(more.email ?? 'porteuse@exemple.example');
  const content = completeContent(more.content);
  const { kind = 'full' } = more;
  const { db, clock } = holder;
  const started_at = clock.now();
  const asked = content.budget.resources.filter(({ source }) => source === 'call');
  const sumOf = (lines: readonly { readonly cents: number }[]) => lines.reduce((sum, { cents }) => sum + cents, 0);
  const known = await db
    .selectFrom('call_application')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('call', '=', call.id)
    .executeTakeFirst();
  const number = (known?.last ?? 0) + 1;
  const { id } = await db
    .insertInto('call_application')
    .values({
      ...{ call: call.id, number, kind, status: 'draft', siren: content.holder.siret.slice(0, 9) },
      ...{ holder: content.holder.name, title: content.project.title, asked_cents: sumOf(asked) },
      ...{ total_cents: sumOf(content.budget.expenses), axes: content.axes.axes, state: '{}' },
      ...{ territories: content.territory.territories, started_by: holder.actor.account, started_at },
      ...{ deposited_at: null, changed_at: started_at, legal_form: content.holder.legal_form },
      words: fold(`${number} ${content.project.title} ${content.holder.name} ${content.holder.siret}`),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const by = { invited_by: holder.actor.account, invited_at: started_at };
  await db
    .insertInto('call_application_member')
    .values({ application: id, email: holder.actor.email, role: 'signatory', ...by })
    .execute();
  for (const part of applicationParts) {
    const row = { application: id, part, version: 1, content: JSON.stringify(content[part]) };
    const written = { written_by: holder.actor.account, written_at: started_at };
    await db
      .insertInto('call_application_part')
      .values({ ...row, ...written })
      .execute();
  }
  const start: ApplicationEvent = {
    type: 'ApplicationStarted-V1',
    data: { call: call.id, kind, number, letter: null },
  };
  done(await takeStep(holder, id, 'start', () => ({ ok: true, value: [start] })));
  const whole = { ...content, attachments: more.pieces ?? [], form: null };
  const frozen = { snapshot: randomUUID(), sha256: hashOfContent(whole), at: started_at.toString() };
  await keepSnapshot(holder, id, 1, whole, frozen);
  const deposit: ApplicationEvent = { type: 'ApplicationDeposited-V1', data: frozen };
  done(await takeStep(holder, id, 'deposit', () => ({ ok: true, value: [deposit] })));
  return { id, number, holder };
};

/** A draft with everything written, by whoever signs it. `content`: what differs from the usual. */
export const startedApplication = async (
  house: CallsHouse,
  call: { readonly id: string },
  {
    email = 'porteuse@exemple.example',
    kind = 'full',
    content,
  }: {
    readonly email?: string;
    readonly kind?: ApplicationKind;
    readonly content?: Partial<ApplicationContent>;
  } = {},
) => {
  const holder = await house.as(email);
  const id = done(await startApplication(holder, call.id, { kind }));
  const written = completeContent(content);
  for (const part of applicationParts) done(await writePart(holder, id, part, written[part], { seen: 0 }));
  return { id, holder, content: written };
};

/** Somebody who declares to have no interest with the files of a call: they open, where they have a part in it. */
export const declared = async (who: PersonContext, call: string): Promise<void> => {
  done(await orderOnOwn(who, call, { command: 'declare', answer: 'none', files: [] }));
};
