import { hasPath, type Moment, readAll } from './database.ts';

/** What the server says too: whoever reads it over a shoulder learns nothing. */
const NEUTRAL = 'Un moment pour vous.';
/** A moment that came and was not shown is over by the evening. */
const MOMENT_HOURS = 12;

/**
 * The sentence to show when the device is woken: that of the hour, or the neutral one when a code locks the path. Nothing
 * when the path is open here and waits for no reminder, nor when a loss was told and this hour is of no other child: the
 * message was on its way, or the server could not be told yet.
 */
export const noticeAt = async (now: Temporal.Instant): Promise<string | undefined> => {
  if (!(await hasPath())) return NEUTRAL;
  const { stored, moments } = await readAll();
  const moment = momentOf(moments, now);
  if (moment) return moment.sentence;
  const readable = stored && 'text' in stored ? stored.text : undefined;
  return readable && (moments.length === 0 || readable.includes('"loss":')) ? undefined : NEUTRAL;
};

const momentOf = (moments: readonly Moment[], now: Temporal.Instant): Moment | undefined => {
  const earliest = now.subtract({ hours: MOMENT_HOURS });
  return moments.findLast(({ at }) => {
    const instant = Temporal.Instant.from(at);
    return Temporal.Instant.compare(instant, now) <= 0 && Temporal.Instant.compare(instant, earliest) > 0;
  });
};
