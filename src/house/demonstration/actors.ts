import { type Clock, fixedClock } from '#platform/clock.ts';
import type { Result } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { accountOfEmail, rename } from '#platform/server/identity/accounts.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { closeSessions, openSession, readSession } from '#platform/server/identity/sessions.ts';
import { emailOf, type PersonCode, people } from './people.ts';

/** Somebody who is in the story only: no way in leads to them. */
export interface Extra {
  readonly code: string;
  readonly name: string;
}

/** Somebody of the demonstration, signed in, as of so many months ago, or at an instant. */
export type Acting = (who: PersonCode | Extra, when?: number | Temporal.Instant) => Promise<PersonContext>;

/**
 * Runs `story` with people who do things as on the site: each has an account and a session, and only what they may do
 * succeeds. The sessions are closed at the end.
 */
export const withActors = async (context: Context, story: (as: Acting) => Promise<void>): Promise<void> => {
  const seen = new Map<string, PersonContext>();
  const as: Acting = async (who, when = 0) => {
    const { code, name } = typeof who === 'string' ? known(who) : who;
    const clock = typeof when === 'number' ? clockBefore(context.clock, when) : fixedClock(when.toString());
    const then = { ...context, clock };
    const account = await accountOfEmail(then, emailOf(code));
    const { token } = await openSession(then, account, { device: 'Démonstration' });
    const actor = await readSession(then, token);
    if (!actor) throw new Error(`${code} could not sign in`);
    const person = { ...then, actor };
    if (!seen.has(code)) await rename(person, name);
    seen.set(code, person);
    return person;
  };
  await story(as);
  for (const person of seen.values()) await closeSessions(person, person.actor, 'all');
};

const known = (who: PersonCode): Extra => people.find(({ code }) => code === who) ?? { code: who, name: '' };

/** The time it was so many months before. */
const clockBefore = (clock: Clock, months: number): Clock => ({
  now: () => clock.now().toZonedDateTimeISO('Europe/Paris').subtract({ months }).toInstant(),
});

/** What a refusal would leave out of the demonstration is a mistake of ours: nothing is loaded then. */
export const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(`the demonstration was refused: ${JSON.stringify(result.error)}`);
  return result.value;
};
