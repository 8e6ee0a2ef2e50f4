import { TAPS_AT_ONCE, type Tap } from '../counter.ts';

/** `sent`: nothing waits. `waiting`: no network, or no answer; to be tried again. `signed-out`: to sign in again first. */
export type Sending = 'sent' | 'waiting' | 'signed-out';

/** Touches kept on the device until the site has them. */
export interface TapQueue {
  add(tap: Tap): void;
  readonly waiting: number;
  /** Sends what waits, in its order. Called twice at once, it sends once. */
  send(): Promise<{ readonly state: Sending; readonly refused: number }>;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;
type Send = (body: string) => Promise<Response>;

/**
 * The queue of one desk, under a name of the device’s store. What was not acknowledged stays there, even if the page is
 * closed, and is sent again: the site knows each touch by its key. Where the device keeps nothing, it lives with the page.
 */
export const tapQueue = (store: Store, name: string, send: Send): TapQueue => {
  let memory: readonly Tap[] = [];
  let keeps = true;
  const read = (): readonly Tap[] => {
    if (!keeps) return memory;
    try {
      const kept: unknown = JSON.parse(store.getItem(name) ?? '[]');
      return Array.isArray(kept) ? kept : [];
    } catch {
      return memory;
    }
  };
  const write = (taps: readonly Tap[]): void => {
    memory = taps;
    try {
      store.setItem(name, JSON.stringify(taps));
    } catch {
      // A full or forbidden store: the page itself remembers.
      keeps = false;
    }
  };
  const sendAll = async (): Promise<{ readonly state: Sending; readonly refused: number }> => {
    let refused = 0;
    for (;;) {
      const batch = read().slice(0, TAPS_AT_ONCE);
      if (batch.length === 0) return { state: 'sent', refused };
      const answer = await ask(send, batch);
      if (typeof answer === 'string') return { state: answer, refused };
      refused += answer.filter((outcome) => outcome === 'refused').length;
      // Another tab may have added some meanwhile: only what was answered goes.
      const done = new Set(batch.map(nameOf));
      write(read().filter((tap) => !done.has(nameOf(tap))));
    }
  };
  let sending: ReturnType<typeof sendAll> | undefined;
  return {
    add: (tap) => write([...read(), tap]),
    get waiting() {
      return read().length;
    },
    send: () => {
      sending ??= sendAll().finally(() => {
        sending = undefined;
      });
      return sending;
    },
  };
};

const nameOf = ({ key, undone }: Tap): string => `${key} ${undone}`;

const ask = async (send: Send, taps: readonly Tap[]): Promise<readonly unknown[] | 'waiting' | 'signed-out'> => {
  try {
    const response = await send(JSON.stringify({ taps }));
    if (response.status === 401 || response.status === 403) return 'signed-out';
    const body: unknown = response.ok ? await response.json() : undefined;
    const outcomes = typeof body === 'object' && body !== null && 'outcomes' in body ? body.outcomes : undefined;
    return Array.isArray(outcomes) && outcomes.length === taps.length ? outcomes : 'waiting';
  } catch {
    return 'waiting';
  }
};
