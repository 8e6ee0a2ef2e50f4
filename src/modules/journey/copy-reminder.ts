import type { Kept } from './kept.ts';

/** Changes that no copy holds are let be for this long before the page speaks of it. */
const WEEKS = 4;

/** Notes the day of the first change that no copy holds: of facts, notes or lists. A setting is not worth a copy. */
export const noteChange = (before: Kept | undefined, after: Kept, today: Temporal.PlainDate): Kept =>
  after.settings.uncopiedSince ||
  (before?.family === after.family && before.notes === after.notes && before.lists === after.lists)
    ? after
    : withSettings(after, { uncopiedSince: today.toString() });

/** Whether to speak of a copy: after weeks of changes, and never to somebody who grieves. */
export const copyIsDue = ({ family, settings }: Kept, today: Temporal.PlainDate): boolean =>
  settings.uncopiedSince !== undefined &&
  !family.children.some(({ loss }) => loss) &&
  Temporal.PlainDate.compare(Temporal.PlainDate.from(settings.uncopiedSince).add({ weeks: WEEKS }), today) <= 0;

/** Said « plus tard »: the weeks are counted again from today. */
export const putOffCopy = (kept: Kept, today: Temporal.PlainDate): Kept =>
  withSettings(kept, { uncopiedSince: today.toString() });

/** A copy was made today. */
export const exportedOn = (kept: Kept, today: Temporal.PlainDate): Kept => {
  const { uncopiedSince: _, ...settings } = kept.settings;
  return { ...kept, settings: { ...settings, exportedOn: today.toString() } };
};

const withSettings = (kept: Kept, settings: Partial<Kept['settings']>): Kept => ({
  ...kept,
  settings: { ...kept.settings, ...settings },
});
