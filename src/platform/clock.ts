/** What tells the time. Given as an argument, so that a rule or a test never looks at the wall. */
export interface Clock {
  now(): Temporal.Instant;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** A clock that stands still until it is moved. For tests and for the bench. */
export const fixedClock = (instant: string): Clock & { moveTo(next: string): void } => {
  let current = Temporal.Instant.from(instant);
  return {
    now: () => current,
    moveTo: (next) => {
      current = Temporal.Instant.from(next);
    },
  };
};

/** The civil day of a moment in a place. */
export const dayAt = (moment: Temporal.Instant, timeZone: string): Temporal.PlainDate =>
  moment.toZonedDateTimeISO(timeZone).toPlainDate();

/** The civil day it is in a place. `timeZone` is an IANA name: `Indian/Reunion`, `America/Cayenne`. */
export const todayIn = (clock: Clock, timeZone: string): Temporal.PlainDate => dayAt(clock.now(), timeZone);
