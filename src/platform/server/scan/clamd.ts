import { connect, type Socket } from 'node:net';
import type { Scan, Scanner } from './scanner.ts';

/** Much more than a scan takes: beyond, clamd is stuck. */
const PATIENCE_MS = 60_000;
/** clamd answers with a few words. */
const MOST_ANSWER = 4_096;

/**
 * ClamAV's daemon, over `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`, with its command INSTREAM: pieces of a length
 * and its bytes, a length of zero at the end, then its answer (clamd(8)). Whatever goes wrong is `unavailable`.
 */
export const clamd = (url: string, patience = PATIENCE_MS): Scanner => ({
  scan: async (content) => {
    const { protocol, hostname, port, pathname } = new URL(url);
    const socket = protocol === 'unix:' ? connect(pathname) : connect(Number(port || 3310), hostname);
    try {
      return await talk(socket, content, patience);
    } catch {
      return { state: 'unavailable' };
    } finally {
      socket.destroy();
    }
  },
});

const talk = async (socket: Socket, content: AsyncIterable<Uint8Array>, patience: number): Promise<Scan> => {
  socket.setTimeout(patience, () => socket.destroy(new Error('clamd is silent')));
  const answer = read(socket);
  // Somebody else may hear of a failure first.
  answer.catch(() => {});
  await send(socket, Buffer.from('zINSTREAM\0'), answer);
  for await (const part of content) {
    if (part.length === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    // It answers before the end when the content is longer than it takes.
    if (await send(socket, Buffer.concat([length, part]), answer)) break;
  }
  await send(socket, Buffer.alloc(4), answer);
  return understood(await answer);
};

/** Sends, no faster than it is read. True when the answer came meanwhile: nobody reads any more. */
const send = async (socket: Socket, bytes: Uint8Array, answer: Promise<string>): Promise<boolean> => {
  if (socket.writableEnded || socket.destroyed) return true;
  if (socket.write(bytes)) return false;
  const drained = new Promise<false>((resolve) => socket.once('drain', () => resolve(false)));
  return Promise.race([drained, answer.then(() => true)]);
};

const read = (socket: Socket): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const end = () => resolve(said.replaceAll('\0', '').trim());
    socket.on('data', (bytes) => {
      said += bytes.toString('latin1');
      if (said.includes('\0') || said.length > MOST_ANSWER) end();
    });
    socket.once('end', end);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('clamd closed')));
  });

/** « stream: OK », « stream: Eicar-Signature FOUND »; anything else is a failure. */
const understood = (answer: string): Scan => {
  if (answer === 'stream: OK') return { state: 'clean' };
  const [, name] = /^stream: (.{1,200}) FOUND$/.exec(answer) ?? [];
  return name === undefined
    ? { state: 'unavailable' }
    : { state: 'infected', name: name.replaceAll(/[^\w.:/-]/g, ' ') };
};
