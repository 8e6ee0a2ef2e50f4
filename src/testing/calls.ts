import { agenciesOf } from '#modules/calls/index.ts';
import {
  declarationKey,
  moveCall,
  openCall,
  recordSending,
  writeDeclaration,
  writeSection,
} from '#modules/calls/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { fixedClock } from '#platform/clock.ts';
import type { AgencyKind, AgencyRole, Scope } from '#platform/permissions.ts';
import type { Result } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { testContext } from './context.ts';
import { testDatabase } from './database.ts';
import { testIndexes } from './indexes.ts';
import { signedIn } from './person.ts';
import { form } from './registration.ts';

/** A house where agencies write calls, in May 2021; `agent` signs one of their people in. */
export const callsHouse = async (now = '2021-05-10T08:00:00Z') => {
  const { db } = await testDatabase('loaded');
  const clock = fixedClock(now);
  const context = testContext(db, { clock, indexes: await testIndexes(db, [territoryIndex]) });
  const as = async (email: string, ...grants: { agency: AgencyKind; role: AgencyRole; scope: Scope }[]) =>
    ({ ...context, actor: await signedIn(context, email, { grants }) }) satisfies PersonContext;
  const agent = (agency: AgencyKind, scope: Scope, role: AgencyRole = 'administrator') =>
    as(`${agency}.${scope.replace(':', '')}.${role}@exemple.example`, { agency, role, scope });
  return { context, clock, as, agent };
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

/** One move of a call. */
export const move = (
  who: PersonContext,
  id: string,
  command: 'submit' | 'publish' | 'reopen' | 'cancel' | 'approve',
  more: { readonly reason?: string; readonly agency?: string; readonly seen?: number } = {},
) => moveCall(who, id, { command, reason: '', agency: '', seen: 0, origin: 'https://mille-jours.example', ...more });
