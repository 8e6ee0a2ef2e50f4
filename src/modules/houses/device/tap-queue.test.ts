import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tap } from '../counter.ts';
import { tapQueue } from './tap-queue.ts';

const tap = (key: string, undone = false): Tap => ({
  ...{ key, undone, site: 'site', question: 'who', answer: 'parent', day: '2026-11-21', half: 'matin' },
});

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => {
      kept.set(name, value);
    },
  };
};

/** A site that counts each key once, behind a network that loses requests and answers as `losses` says, in turn. */
const site = (losses: readonly ('request' | 'answer' | 'nothing')[]) => {
  const counted = new Map<string, boolean>();
  let turn = 0;
  const send = async (body: string): Promise<Response> => {
    const loss = losses[turn] ?? 'nothing';
    turn += 1;
    if (loss === 'request') throw new TypeError('offline');
    const { taps } = JSON.parse(body) as { taps: Tap[] };
    for (const { key, undone } of taps) counted.set(key, undone || (counted.get(key) ?? false));
    if (loss === 'answer') throw new TypeError('cut');
    return Response.json({ outcomes: taps.map(() => 'done') });
  };
  return { send, total: () => [...counted.values()].filter((undone) => !undone).length };
};

test('whatever the network loses, each touch counts once in the end and those taken back do not', async () => {
  const acts = fc.array(fc.record({ undo: fc.boolean(), send: fc.boolean() }), { maxLength: 120 });
  const losses = fc.array(fc.constantFrom('request' as const, 'answer' as const, 'nothing' as const), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(acts, losses, async (steps, lost) => {
      const { send, total } = site(lost);
      const queue = tapQueue(memory(), 'desk', send);
      const live: string[] = [];
      for (const [at, { undo, send: now }] of steps.entries()) {
        const last = undo ? live.pop() : undefined;
        if (last !== undefined) queue.add(tap(last, true));
        else {
          queue.add(tap(`key ${at}`));
          live.push(`key ${at}`);
        }
        if (now) await queue.send();
      }
      for (let more = 0; more <= lost.length && (await queue.send()).state !== 'sent'; more += 1);
      expect(queue.waiting).toBe(0);
      expect(total()).toBe(live.length);
    }),
    { numRuns: 100 },
  );
});

test('what waits survives the page, and signing out', async () => {
  const store = memory();
  const first = tapQueue(store, 'desk', async () => new Response(null, { status: 401 }));
  first.add(tap('a'));
  expect(await first.send()).toEqual({ state: 'signed-out', refused: 0 });
  const { send, total } = site([]);
  const next = tapQueue(store, 'desk', send);
  expect(next.waiting).toBe(1);
  expect(await next.send()).toEqual({ state: 'sent', refused: 0 });
  expect(total()).toBe(1);
});

test('what the site refuses is said and not sent for ever; an answer that is none keeps it', async () => {
  const queue = tapQueue(memory(), 'desk', async () => Response.json({ outcomes: ['refused'] }));
  queue.add(tap('a'));
  expect(await queue.send()).toEqual({ state: 'sent', refused: 1 });
  expect(queue.waiting).toBe(0);
  const elsewhere = tapQueue(memory(), 'desk', async () => new Response('<html>Portail du wifi</html>'));
  elsewhere.add(tap('b'));
  expect((await elsewhere.send()).state).toBe('waiting');
  expect(elsewhere.waiting).toBe(1);
});

test('a store that is full loses nothing', async () => {
  const { send, total } = site([]);
  const store = memory();
  const queue = tapQueue(store, 'desk', send);
  queue.add(tap('a'));
  store.setItem = () => {
    throw new Error('full');
  };
  queue.add(tap('b'));
  await queue.send();
  expect(total()).toBe(2);
});

test('where the device keeps nothing, the page does', async () => {
  const { send, total } = site([]);
  const refuses = () => {
    throw new Error('no storage here');
  };
  const queue = tapQueue({ getItem: refuses, setItem: refuses }, 'desk', send);
  queue.add(tap('a'));
  expect((await queue.send()).state).toBe('sent');
  expect(total()).toBe(1);
});
