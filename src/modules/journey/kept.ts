import { ok, type Result, refuse } from '#platform/result.ts';
import type { Family } from './family.ts';
import { familyToText, readFamily } from './family-text.ts';

/** All that a device keeps for a family: one document. */
export interface Kept {
  readonly family: Family;
  /** Private notes, by key of step. */
  readonly notes: Readonly<Record<string, string>>;
  /** What was prepared for an interview or an appointment: chosen subjects and questions, by list. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly settings: Settings;
}

export interface Settings {
  /** The easy-to-read texts rather than the usual ones. */
  readonly easy: boolean;
  /** Titles that say nothing to whoever looks over the shoulder at the calendar. */
  readonly neutralTitles: boolean;
  readonly reminders: 'none' | 'calendar' | 'push';
  /** ISO day of the last copy. */
  readonly exportedOn?: string;
  /** ISO day of the first change that no copy holds: `copy-reminder.ts`. */
  readonly uncopiedSince?: string;
}

/** The version that this code writes. A document of a newer one is refused, and left as it is. */
export const KEPT_VERSION = 1;

/** What brings a document of a version to the next. `upgrades[1]` reads version 1 and gives version 2. */
export type Upgrades = Readonly<Record<number, (document: Record<string, unknown>) => Record<string, unknown>>>;

const upgrades: Upgrades = {};

export const emptyKept = (family: Family): Kept => ({
  family,
  notes: {},
  lists: {},
  settings: { easy: false, neutralTitles: true, reminders: 'none' },
});

/** The document as plain JSON, with its version. */
export const keptToText = (kept: Kept): string =>
  JSON.stringify({ version: KEPT_VERSION, ...kept, family: familyToText(kept.family) });

/**
 * Reads a document, of this version or an older one. Refuses, with a sentence for the person, what is not one, what is
 * damaged, and what a newer version wrote.
 */
export const readKept = (text: string, today: Temporal.PlainDate): Result<Kept> => {
  const given = parse(text);
  if (!given) return refuse(damaged);
  const current = bringUpToDate(given, upgrades, KEPT_VERSION);
  if (!current.ok) return current;
  const { family, notes, lists, settings } = current.value;
  const read = readFamily(family, today);
  if (!read.ok) return refuse({ ...read.error, code: 'damaged_file' });
  return ok({ family: read.value, notes: strings(notes), lists: listsOf(lists), settings: settingsOf(settings) });
};

/** Applies the upgrades one after the other. */
export const bringUpToDate = (
  document: Record<string, unknown>,
  steps: Upgrades,
  to: number,
): Result<Record<string, unknown>> => {
  let current = document;
  for (;;) {
    const { version } = current;
    if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return refuse(damaged);
    if (version === to) return ok(current);
    const upgrade = steps[version];
    if (version > to || !upgrade) return refuse(newer);
    current = { ...upgrade(current), version: version + 1 };
  }
};

const damaged = {
  code: 'damaged_file',
  message: 'Ce fichier est abîmé ou n’est pas un parcours. Ce qui est sur cet appareil n’a pas changé.',
};

/** Said of a document, and of a database that a newer version of this site made. */
export const newer = {
  code: 'newer_version',
  message:
    'Ce parcours a été enregistré par une version plus récente du site. Rechargez la page avec du réseau, puis réessayez. Rien n’est perdu.',
};

const parse = (text: string): Record<string, unknown> | undefined => {
  try {
    const given: unknown = JSON.parse(text);
    return isRecord(given) ? given : undefined;
  } catch {
    return undefined;
  }
};

const isRecord = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

const isDay = (given: unknown): given is string => typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given);

const strings = (given: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isRecord(given) ? given : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

const listsOf = (given: unknown): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(isRecord(given) ? given : {}).map(([key, list]) => [
      key,
      Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [],
    ]),
  );

const settingsOf = (given: unknown): Settings => {
  const { easy, neutralTitles, reminders, exportedOn, uncopiedSince } = isRecord(given) ? given : {};
  return {
    easy: easy === true,
    neutralTitles: neutralTitles !== false,
    reminders: reminders === 'calendar' || reminders === 'push' ? reminders : 'none',
    ...(isDay(exportedOn) ? { exportedOn } : {}),
    ...(isDay(uncopiedSince) ? { uncopiedSince } : {}),
  };
};
