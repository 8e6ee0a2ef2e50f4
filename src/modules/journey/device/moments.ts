import { hasPath, type Moment, open } from './database.ts';

/** The moment whose time has come, for the service worker; nothing when locked or empty. */
export const momentAt = async (now: Temporal.Instant): Promise<Moment | undefined> => {
  if (!(await hasPath())) return undefined;
  const db = await open();
  const moments = await db.getAll('moments');
  db.close();
  const earliest = now.subtract({ hours: MOMENT_HOURS });
  return moments.findLast(({ at }) => {
    const instant = Temporal.Instant.from(at);
    return Temporal.Instant.compare(instant, now) <= 0 && Temporal.Instant.compare(instant, earliest) > 0;
  });
};

/** A moment that came and was not shown is over by the evening. */
const MOMENT_HOURS = 12;
