import { PERSON } from '#modules/directory/index.ts';
import { saveSource } from '#modules/directory/server/index.ts';
import type { StepCode } from '#modules/professionals/index.ts';
import { keepStep, sendRegistration, startRegistration } from '#modules/professionals/server/index.ts';
import type { Grant } from '#platform/permissions.ts';
import { setMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { AtEnd } from './database.ts';
import { directoryContext } from './directory.ts';
import { signedIn } from './person.ts';
import { stepForms } from './registration.ts';

/** Origin of the addresses in messages. */
export const site = 'https://mille-jours.example';

/**
 * A directory where people may register; `as` signs somebody in, an agent when `grants` says so. `atEnd`: for a house that
 * the tests of a file share.
 */
export const professionalsHouse = async (atEnd?: AtEnd) => {
  const context = await directoryContext(undefined, atEnd);
  await saveSource(context.db, { id: PERSON, title: 'Inscription en ligne' });
  const as = async (email: string, ...grants: Grant[]): Promise<PersonContext> => ({
    ...context,
    actor: await signedIn(context, email, { grants }),
  });
  return { context, as };
};

/** A moderator of a territory. */
export const moderatorOf = (scope: Grant['scope']): Grant => ({ agency: 'departement', role: 'moderator', scope });

/** As at the next request: with the memberships of now. */
export const again = async (context: PersonContext): Promise<PersonContext> => ({
  ...context,
  actor: {
    ...context.actor,
    memberships: await context.db
      .selectFrom('membership')
      .select(['organisation', 'role'])
      .where('account', '=', context.actor.account)
      .execute(),
  },
});

/** Begins a registration. */
export const begin = async (who: PersonContext): Promise<string> => {
  const started = await startRegistration(who);
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
};

/** Fills in every step of a registration as the forms of `stepForms` say, some of them changed. */
export const fillAll = async (
  who: PersonContext,
  id: string,
  changed: Partial<Record<StepCode, FormData>> = {},
): Promise<void> => {
  const { revision } = await who.db
    .selectFrom('registration')
    .select('revision')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  for (const [at, [step, fields]] of Object.entries({ ...stepForms, ...changed }).entries()) {
    const kept = await keepStep(who, id, revision + at, step as StepCode, fields);
    if (!kept.ok) throw new Error(kept.error.message);
    if (kept.value.troubles.length > 0) throw new Error(`${step}: ${JSON.stringify(kept.value.troubles)}`);
  }
};

/** Registers somebody from end to end. */
export const register = async (
  who: PersonContext,
  changed: Partial<Record<StepCode, FormData>> = {},
): Promise<string> => {
  const id = await begin(who);
  await fillAll(who, id, changed);
  const sent = await sendRegistration(who, id, site);
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
  return id;
};

/**
 * Somebody of Rennes whose registration is published, as a row and its owner: for tests of what comes after registering,
 * which takes seven forms. The directory knows nothing of them.
 */
export const publishedRow = async (who: PersonContext, name: string): Promise<string> => {
  const published = JSON.stringify({ as: 'alone', name, profession: 'sage-femme' });
  const now = who.clock.now();
  const { id } = await who.db
    .insertInto('registration')
    .values({
      ...{ account: who.actor.account, status: 'published', draft: published, published, revision: 1 },
      ...{ insee: '35238', epci: '243500139', departement: '35', region: '53' },
      ...{ created_at: now, changed_at: now, sent_at: now },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const owned = await setMember(who, id, who.actor.account, 'owner');
  if (!owned.ok) throw new Error(owned.error.code);
  return id;
};
