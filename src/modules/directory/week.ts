/**
 * A week of opening hours as bits: five minutes each, from Monday midnight, by the clock of the place. A week of 2016
 * bits is 63 words of 32.
 */
export const SLOT_MINUTES = 5;
export const SLOTS_A_DAY = (24 * 60) / SLOT_MINUTES;
export const SLOTS = 7 * SLOTS_A_DAY;
export const WORDS = SLOTS / 32;

/** An empty week: closed all the time. */
export const emptyWeek = (): Uint32Array => new Uint32Array(WORDS);

/** Marks the slots from `from` (included) to `to` (not included) as open. What falls outside the week is left out. */
export const openRange = (week: Uint32Array, from: number, to: number): void => {
  for (let slot = Math.max(0, from); slot < Math.min(SLOTS, to); slot += 1) {
    week[slot >>> 5] = (week[slot >>> 5] ?? 0) | (1 << (slot & 31));
  }
};

/** Closes a whole day, 0 being Monday. A day is nine whole words. */
export const closeDay = (week: Uint32Array, day: number): void => {
  week.fill(0, (day * SLOTS_A_DAY) >>> 5, ((day + 1) * SLOTS_A_DAY) >>> 5);
};

/** Whether a slot of the week that starts at word `start` of `words` is open. */
export const isOpenAt = (words: Uint32Array, start: number, slot: number): boolean =>
  (((words[start + (slot >>> 5)] ?? 0) >>> (slot & 31)) & 1) === 1;

/** The first slot from `from` on whose state is `open`, or −1 when the week has none left. */
export const nextSlot = (words: Uint32Array, start: number, from: number, open: boolean): number => {
  for (let slot = from; slot < SLOTS; ) {
    const bits = words[start + (slot >>> 5)] ?? 0;
    const wanted = (open ? bits : ~bits) >>> (slot & 31);
    if (wanted === 0) slot = ((slot >>> 5) + 1) << 5;
    else return slot + (31 - Math.clz32(wanted & -wanted));
  }
  return -1;
};

/** The open stretches of a week, in slots, in order. */
export const rangesOf = (words: Uint32Array, start = 0): { readonly from: number; readonly to: number }[] => {
  const ranges: { from: number; to: number }[] = [];
  for (let from = nextSlot(words, start, 0, true); from >= 0; ) {
    const end = nextSlot(words, start, from, false);
    ranges.push({ from, to: end < 0 ? SLOTS : end });
    from = end < 0 ? -1 : nextSlot(words, start, end, true);
  }
  return ranges;
};

/** The Monday of a day's week. */
export const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

const EPOCH_MONDAY = Temporal.PlainDate.from('1970-01-05');

/** Weeks since the week of 5 January 1970. */
export const weekNumber = (day: Temporal.PlainDate): number =>
  Math.floor(EPOCH_MONDAY.until(day, { largestUnit: 'days' }).days / 7);

/** The Monday of a week number. */
export const mondayOfWeek = (week: number): Temporal.PlainDate => EPOCH_MONDAY.add({ days: week * 7 });

/** A moment by the clock of a place: which week, and which slot of it. */
export interface WeekMoment {
  readonly week: number;
  readonly slot: number;
}

/** The moment of a local date and time. */
export const weekMoment = (local: Temporal.PlainDateTime): WeekMoment => {
  const day = local.toPlainDate();
  return {
    week: weekNumber(day),
    slot: (day.dayOfWeek - 1) * SLOTS_A_DAY + Math.floor((local.hour * 60 + local.minute) / SLOT_MINUTES),
  };
};

/** The local date and time of a moment: `2026-11-24T09:00`. Integer arithmetic only: it is done for each result. */
export const isoOfMoment = ({ week, slot }: WeekMoment): string => {
  const day = Math.floor(slot / SLOTS_A_DAY);
  const minutes = (slot % SLOTS_A_DAY) * SLOT_MINUTES;
  const civil = civilDate(4 + week * 7 + day);
  return `${civil}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** The civil date of a number of days since 1970-01-01 (eras of 400 years of 146 097 days, years beginning in March). */
const civilDate = (days: number): string => {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return `${yearOfEra + era * 400 + (month <= 2 ? 1 : 0)}-${two(month)}-${two(day)}`;
};
