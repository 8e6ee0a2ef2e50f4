import { formatDay } from '#messages/format.ts';

/** When a team calls back: some days of the week (1: Monday), between two whole hours, by the clock of its territory. */
export interface TeamHours {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** A part of a day during which somebody may be called. `day` is ISO; hours are whole. */
export interface Slot {
  readonly day: string;
  readonly from: number;
  readonly to: number;
}

/** Where a long day is cut: at noon, after lunch, at the end of the afternoon. */
const cuts = [12, 14, 17];
/** How many days with room are proposed, and how far they are looked for. */
const DAYS_OFFERED = 3;
const DAYS_AHEAD = 14;

/**
 * The slots to choose from at a moment, the soonest first: three days of the team. What ends within the hour is not
 * promised any more, nor a public holiday (`holiday`).
 */
export const offeredSlots = (
  hours: TeamHours,
  now: Temporal.PlainDateTime,
  holiday: (day: Temporal.PlainDate) => boolean,
): Slot[] => {
  const slots: Slot[] = [];
  let days = 0;
  for (let ahead = 0; ahead < DAYS_AHEAD && days < DAYS_OFFERED; ahead += 1) {
    const day = now.toPlainDate().add({ days: ahead });
    if (!hours.days.includes(day.dayOfWeek) || holiday(day)) continue;
    const open = partsOf(hours).filter(({ to }) => ahead > 0 || to > now.hour + 1);
    slots.push(...open.map((part) => ({ day: day.toString(), ...part })));
    if (open.length > 0) days += 1;
  }
  return slots;
};

const partsOf = ({ from, to }: TeamHours): { readonly from: number; readonly to: number }[] => {
  const edges = [from, ...cuts.filter((cut) => from < cut && cut < to), to];
  return edges.slice(1).map((end, at) => ({ from: edges[at] ?? from, to: end }));
};

/** A slot as a form carries it: `2026-11-23/9-12`. */
export const slotCode = ({ day, from, to }: Slot): string => `${day}/${from}-${to}`;

/** « demain, lundi 23 novembre 2026, entre 9 h et 12 h ». `today`: the day at the team’s. */
export const slotWords = ({ day, from, to }: Slot, today: Temporal.PlainDate): string => {
  const date = Temporal.PlainDate.from(day);
  const near = ['aujourd’hui, ', 'demain, '][today.until(date, { largestUnit: 'days' }).days] ?? '';
  return `${near}${dayOfWeek(date.dayOfWeek)} ${formatDay('fr', day)}, entre ${hourWords(from)} et ${hourWords(to)}`;
};

/** « du lundi au vendredi, de 9 h à 17 h »; « lundi, mardi et jeudi, de 9 h à 17 h ». */
export const hoursWords = ({ days, from, to }: TeamHours): string => {
  const sorted = [...days].sort((a, b) => a - b);
  const [first = 1, last = 1] = [sorted[0], sorted.at(-1)];
  const following = sorted.length > 2 && last - first === sorted.length - 1;
  const said = following
    ? `du ${dayOfWeek(first)} au ${dayOfWeek(last)}`
    : new Intl.ListFormat('fr').format(sorted.map(dayOfWeek));
  return `${said}, de ${hourWords(from)} à ${hourWords(to)}`;
};

const names = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** The name of a day of the week, 1 being Monday. */
export const dayOfWeek = (day: number): string => names[day - 1] ?? '';

/** « 9 h », « minuit ». */
export const hourWords = (hour: number): string => (hour === 24 || hour === 0 ? 'minuit' : `${hour}\u00a0h`);
