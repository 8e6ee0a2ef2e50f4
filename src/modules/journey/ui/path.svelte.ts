import { type Component, createContext } from 'svelte';
import type { JourneyWords } from '#messages/fr/journey.ts';
import type { Call } from '#modules/help/index.ts';
import { type Found, openSafe, type Safe } from '../device/index.ts';
import {
  emptyKept,
  type Family,
  forget,
  type Kept,
  noteChange,
  resolveTimeline,
  type Schedule,
  type Timeline,
} from '../index.ts';

/** A family's path while its page is open: what is kept, what follows from it today, and the one way to change it. */
export interface Path {
  readonly words: JourneyWords;
  /** Who listens after a loss. */
  readonly calls: readonly Call[];
  readonly found: Found;
  /** Only where `found` is open. */
  readonly kept: Kept | undefined;
  readonly family: Family | undefined;
  readonly today: Temporal.PlainDate;
  /** Local time at the family's home. */
  readonly now: Temporal.PlainDateTime;
  readonly timeline: Timeline | undefined;
  /** The path of another family of facts, without keeping it: what a change would give. */
  resolve(family: Family): Timeline;
  readonly safe: Safe;
  /** On a shared screen nothing is kept. */
  readonly shared: boolean;
  /** A sentence when the device could not keep the last change. */
  readonly trouble: string;
  look(): Promise<void>;
  keep(next: Kept): Promise<void>;
  change(next: Family): Promise<void>;
  begin(family: Family): Promise<void>;
  /** Leaves what is open, without touching what is kept. */
  leave(): void;
  /** Everything was erased: nothing of what was open is shown any more, but what `Erased` says. */
  vanish(Erased: Component): void;
  readonly vanished: Component | undefined;
}

export const [getPath, setPath] = createContext<Path>();

const zoneOfDevice = (): string => Temporal.Now.timeZoneId();

/** What a path is made of, the same for everyone. */
export interface Parts {
  readonly schedule: Schedule;
  readonly words: JourneyWords;
  readonly calls: readonly Call[];
}

/** Opens the path of a device; with `shared`, one that lives in the memory of the page and nowhere else. */
export const openPath = ({ schedule, words, calls }: Parts, shared = false): Path => {
  const safe = openSafe();
  let found = $state.raw<Found>({ state: 'empty' });
  let trouble = $state('');
  let vanished = $state.raw<Component>();
  let instant = $state.raw(Temporal.Now.instant());
  const kept = $derived(found.state === 'open' ? found.kept : undefined);
  const now = $derived(instant.toZonedDateTimeISO(kept?.family.timeZone ?? zoneOfDevice()).toPlainDateTime());
  const today = $derived(now.toPlainDate());
  const timeline = $derived(kept ? resolveTimeline(schedule, kept.family, today) : undefined);

  const keep = async (changed: Kept): Promise<void> => {
    instant = Temporal.Now.instant();
    const next = noteChange(kept, changed, today);
    found = { state: 'open', kept: next };
    if (shared) return;
    try {
      // Only whoever asked to be reminded brings the planning of it.
      const planning =
        next.settings.reminders === 'push' ? await import('./hours.ts').catch(() => undefined) : undefined;
      const moments = planning?.momentsOf(next, resolveTimeline(schedule, next.family, today), now) ?? [];
      await safe.save(next, moments);
      if (planning) void planning.updateReminders(moments);
      trouble = '';
    } catch {
      trouble = words.settings.saveFailed;
    }
  };

  return {
    words,
    calls,
    safe,
    shared,
    get found() {
      return found;
    },
    get kept() {
      return kept;
    },
    get family() {
      return kept?.family;
    },
    get today() {
      return today;
    },
    get now() {
      return now;
    },
    get timeline() {
      return timeline;
    },
    get trouble() {
      return trouble;
    },
    resolve: (family) => resolveTimeline(schedule, family, today),
    look: async () => {
      instant = Temporal.Now.instant();
      if (shared) return;
      found = await safe.find(today);
      if (found.state !== 'open') return;
      const family = forget(found.kept.family, today);
      // Hours are told again at each opening: those of the schedule may have changed, and more come into sight.
      if (family !== found.kept.family || found.kept.settings.reminders === 'push')
        await keep({ ...found.kept, family });
    },
    keep,
    change: async (next) => {
      if (kept) await keep({ ...kept, family: next });
    },
    begin: (family) => keep(emptyKept(family)),
    get vanished() {
      return vanished;
    },
    vanish: (Erased) => {
      vanished = Erased;
      found = { state: 'empty' };
    },
    leave: () => {
      found = shared ? { state: 'empty' } : { state: 'locked' };
    },
  };
};
