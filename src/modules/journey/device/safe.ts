import { type Result, refuse } from '#platform/result.ts';
import { type Kept, keptToText, newer, readKept } from '../kept.ts';
import { DATABASE, hasPath, type Moment, readAll, remove, type Stored, writeAll } from './database.ts';
import type { CodeKey } from './seal.ts';

/** What a device holds when a page opens. */
export type Found =
  | { readonly state: 'empty' }
  | { readonly state: 'locked' }
  | { readonly state: 'open'; readonly kept: Kept }
  /** Something is there that this page cannot read: it is left as it is, and the sentence says why. */
  | { readonly state: 'unreadable'; readonly message: string };

/** The safe of a family on its device: one document, in clear or sealed with a code. Nothing of it is sent anywhere. */
export interface Safe {
  find(today: Temporal.PlainDate): Promise<Found>;
  /** Opens what a code sealed. A wrong code changes nothing. */
  unlock(code: string, today: Temporal.PlainDate): Promise<Result<Kept>>;
  /** Writes the document: sealed when a code was set or given to `unlock`, in clear otherwise. */
  save(kept: Kept, moments?: readonly Moment[]): Promise<void>;
  /** Seals from now on with this code; `undefined` takes the lock away. The document must be open. */
  setCode(code: string | undefined, kept: Kept): Promise<void>;
  /** Forgets the key: what is sealed asks for its code again. */
  lock(): void;
  readonly hasCode: boolean;
  /** Takes away everything this site keeps on the device, caches and subscription included. */
  erase(): Promise<void>;
}

/** Opens the safe. Nothing is created on the device before something is saved. */
export const openSafe = (): Safe => {
  let key: CodeKey | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** One at a time, in the order asked: an older document never covers a newer one, nor comes back after an erasing. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
  const find = async (today: Temporal.PlainDate): Promise<Found> => {
    const stored = await readStored().catch((reason: unknown) => sentenceOf(reason));
    if (typeof stored === 'string') return { state: 'unreadable', message: stored };
    if (!stored) return { state: 'empty' };
    if ('sealed' in stored && !key) return { state: 'locked' };
    const text = 'sealed' in stored ? key && (await (await sealing()).unseal(stored.sealed, key)) : stored.text;
    if (text === undefined) return { state: 'locked' };
    const kept = readKept(text, today);
    return kept.ok ? { state: 'open', kept: kept.value } : { state: 'unreadable', message: kept.error.message };
  };
  const unlock = async (code: string, today: Temporal.PlainDate): Promise<Result<Kept>> => {
    const stored = await readStored();
    if (!stored || !('sealed' in stored)) return refuse(wrongCode);
    const { drawKey, saltOf, unseal } = await sealing();
    const drawn = await drawKey(code, saltOf(stored.sealed));
    const text = await unseal(stored.sealed, drawn);
    if (text === undefined) return refuse(wrongCode);
    const kept = readKept(text, today);
    if (kept.ok) key = drawn;
    return kept;
  };
  const setCode = async (code: string | undefined, kept: Kept): Promise<void> => {
    const drawn = code === undefined ? undefined : await (await sealing()).drawKey(code);
    await write(kept, drawn, []);
    key = drawn;
  };
  return {
    get hasCode() {
      return key !== undefined;
    },
    find: (today) => inTurn(() => find(today)),
    unlock: (code, today) => inTurn(() => unlock(code, today)),
    save: (kept, moments = []) => inTurn(() => write(kept, key, moments)),
    setCode: (code, kept) => inTurn(() => setCode(code, kept)),
    lock: () =>
      void inTurn(async () => {
        key = undefined;
      }),
    erase: () =>
      inTurn(async () => {
        key = undefined;
        await eraseDevice();
      }),
  };
};

/** What encrypts comes with its own file: most devices have no code. */
const sealing = () => import('./seal.ts');

const wrongCode = { code: 'wrong_code', field: 'code', message: 'Ce n’est pas le bon code. Rien n’a été effacé.' };

/** Why a database does not open. Nothing of it is touched then. */
const sentenceOf = (reason: unknown): string =>
  reason instanceof DOMException && reason.name === 'VersionError'
    ? newer.message
    : 'Ce navigateur n’ouvre pas ce qu’il garde de ce site. La navigation est peut-être privée. Rien n’a été effacé.';

const readStored = async (): Promise<Stored | undefined> => ((await hasPath()) ? (await readAll()).stored : undefined);

/** The document and its moments change together, or not at all. A locked safe keeps no moment. */
const write = async (kept: Kept, key: CodeKey | undefined, moments: readonly Moment[]): Promise<void> => {
  const text = keptToText(kept);
  if (key) await writeAll({ sealed: await (await sealing()).seal(text, key) }, []);
  else await writeAll({ text }, moments);
};

/** Everything of ours, whatever part of the site wrote it: databases, caches, small storage, notifications, subscription. */
const eraseDevice = async (): Promise<void> => {
  const names = indexedDB.databases ? (await indexedDB.databases()).map(({ name }) => name) : [DATABASE];
  await Promise.all(names.map((name) => (name ? remove(name) : undefined)));
  globalThis.localStorage?.clear();
  globalThis.sessionStorage?.clear();
  const workers = globalThis.navigator?.serviceWorker;
  const registration = await workers?.getRegistration();
  if (registration) {
    const subscription = await registration.pushManager?.getSubscription();
    await subscription?.unsubscribe();
    for (const notification of await registration.getNotifications()) notification.close();
    await registration.unregister();
  }
  if (globalThis.caches) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
};

/** What storage of this site is left on the device: for the page that says so, and for the test that proves the erasing. */
export const whatIsLeft = async (): Promise<string[]> => [
  ...(indexedDB.databases ? (await indexedDB.databases()).map(({ name }) => `base ${name}`) : []),
  ...Object.keys(globalThis.localStorage ?? {}).map((key) => `clé ${key}`),
  ...(globalThis.caches ? (await caches.keys()).map((name) => `cache ${name}`) : []),
];
