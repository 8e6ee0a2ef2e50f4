import type { Fields } from './merge-fields.ts';

/** What a device keeps of a part that the site has not received, so that a lost network loses nothing. */
export interface KeptTexts {
  keep(fields: Fields): void;
  /** What was kept, at most a week ago. */
  read(): Fields | undefined;
  forget(): void;
}

const KEPT_DAYS = 7;

/** The texts of one part of one application, under a name of the device’s store. A store that refuses keeps nothing. */
export const keptTexts = (
  store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  name: string,
  now: () => number,
): KeptTexts => ({
  keep: (fields) => attempt(() => store.setItem(name, JSON.stringify({ at: now(), fields }))),
  read: () => {
    const kept: unknown = attempt(() => JSON.parse(store.getItem(name) ?? 'null'));
    if (typeof kept !== 'object' || kept === null || !('at' in kept && 'fields' in kept)) return undefined;
    const recent = typeof kept.at === 'number' && now() - kept.at < KEPT_DAYS * 86_400_000;
    return recent && isFields(kept.fields) ? kept.fields : undefined;
  },
  forget: () => attempt(() => store.removeItem(name)),
});

const isFields = (value: unknown): value is Fields =>
  Array.isArray(value) &&
  value.every((one) => Array.isArray(one) && one.length === 2 && one.every((text) => typeof text === 'string'));

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};
