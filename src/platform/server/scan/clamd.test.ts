import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clamd } from './clamd.ts';

/** Something that speaks as clamd does, over INSTREAM, and remembers what it was given. */
const fakeClamd = async (answer: (content: Buffer) => string | undefined, where: number | string = 0) => {
  const given: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let held = Buffer.alloc(0);
    let content = Buffer.alloc(0);
    let began = false;
    socket.on('data', (bytes) => {
      held = Buffer.concat([held, typeof bytes === 'string' ? Buffer.from(bytes) : bytes]);
      if (!began && held.includes(0)) {
        expect(held.subarray(0, 10).toString('latin1')).toBe('zINSTREAM\0');
        held = held.subarray(10);
        began = true;
      }
      while (began && held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
        const length = held.readUInt32BE(0);
        if (length === 0) {
          given.push(content);
          const said = answer(content);
          if (said !== undefined) socket.end(`${said}\0`);
          return;
        }
        content = Buffer.concat([content, held.subarray(4, 4 + length)]);
        held = held.subarray(4 + length);
      }
    });
  });
  await new Promise<void>((resolve) => {
    if (typeof where === 'string') server.listen(where, resolve);
    else server.listen(where, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return { given, url: typeof address === 'string' ? `unix://${address}` : `tcp://127.0.0.1:${address?.port}` };
};

async function* content(pieces: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < pieces; piece += 1) yield new Uint8Array(50_000).fill(piece);
}

test('a clean content is sent whole, over a port or a socket of the machine', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'clamd-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const where of [0, path.join(folder, 'clamd.ctl')]) {
    const { url, given } = await fakeClamd(() => 'stream: OK', where);
    expect(await clamd(url).scan(content(20))).toEqual({ state: 'clean' });
    expect(given[0]).toEqual(Buffer.concat(await Array.fromAsync(content(20))));
  }
});

test('an infected one is told with its name, which is only a name', async () => {
  const { url } = await fakeClamd(() => 'stream: Win.Test.EICAR_HDB-1 FOUND');
  expect(await clamd(url).scan(content(1))).toEqual({ state: 'infected', name: 'Win.Test.EICAR_HDB-1' });
  const odd = await fakeClamd(() => 'stream: <script> FOUND');
  expect(await clamd(odd.url).scan(content(1))).toEqual({ state: 'infected', name: ' script ' });
});

test.each(['INSTREAM size limit exceeded. ERROR', 'UNKNOWN COMMAND', ''])(
  '%j is no answer about the content',
  async (said) => {
    const { url } = await fakeClamd(() => said);
    expect(await clamd(url).scan(content(1))).toEqual({ state: 'unavailable' });
  },
);

test('nobody there, a silence and a cut are asked again later', async () => {
  const { url } = await fakeClamd(() => undefined);
  expect(await clamd(url, 50).scan(content(1))).toEqual({ state: 'unavailable' });
  expect(await clamd('unix:///nowhere/clamd.ctl').scan(content(1))).toEqual({ state: 'unavailable' });
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(10);
    throw new Error('the store went away');
  }
  const { url: fine } = await fakeClamd(() => 'stream: OK');
  expect(await clamd(fine).scan(broken())).toEqual({ state: 'unavailable' });
});
