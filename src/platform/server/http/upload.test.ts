import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ok, type Result, refuse } from '#platform/result.ts';
import { readUpload, type UploadedFile } from './upload.ts';

const formWith = (content: string, name = 'statuts.pdf'): FormData => {
  const form = new FormData();
  form.set('piece', 'Statuts');
  form.set('file', new File([content], name));
  return form;
};
const sent = (body: BodyInit, headers?: Readonly<Record<string, string>>): Request =>
  new Request('http://localhost/', { method: 'POST', body, ...(headers ? { headers } : {}) });

/** Keeps how much came, and what was said before. */
const measure = async ({
  name,
  fields,
  content,
}: UploadedFile): Promise<Result<readonly [string, string | undefined, number]>> => {
  let bytes = 0;
  for await (const part of content) bytes += part.length;
  return ok([name, fields.get('piece'), bytes]);
};

test('a file and the fields before it', async () => {
  const read = await readUpload({ request: sent(formWith('%PDF-1.7')), platform: undefined }, 1_000, measure);
  expect(read).toEqual({ ok: true, value: ['statuts.pdf', 'Statuts', 8] });
});

test('no file, no form, a cut form are nothing', async () => {
  const empty = new FormData();
  empty.set('piece', 'Statuts');
  const type = { 'content-type': 'multipart/form-data; boundary=x' };
  const cut = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\nabc';
  for (const request of [
    ...[sent(empty), sent(formWith('', '')), sent('a=b', { 'content-type': 'text/plain' })],
    ...[sent('', type), sent('--x', type), sent(cut, type), sent('x', { 'content-type': 'multipart/form-data' })],
  ]) {
    expect(await readUpload({ request, platform: undefined }, 1_000, measure)).toBeUndefined();
  }
});

test('300 MB that say so are refused before anything is read', async () => {
  const body = new ReadableStream({ pull: () => expect.fail('nobody reads it') }, { highWaterMark: 0 });
  const request = new Request('http://localhost/', {
    ...{ method: 'POST', body, duplex: 'half' },
    headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '300000000' },
  } as RequestInit);
  const refused = await readUpload({ request, platform: undefined }, 20_000_000, measure);
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'file_too_large', message: expect.stringContaining('20 Mo') },
  });
});

test('a file that does not say its length is stopped by who keeps it', async () => {
  let given = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n';
      controller.enqueue(given === 0 ? new TextEncoder().encode(head) : new Uint8Array(10_000));
      given += 1;
      if (given > 30_000) controller.close();
    },
  });
  const request = new Request('http://localhost/', {
    ...{ method: 'POST', body, duplex: 'half', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  } as RequestInit);
  let kept = 0;
  const stop = async ({ content }: UploadedFile): Promise<Result<never>> => {
    for await (const part of content) {
      kept += part.length;
      if (kept > 1_000_000) break;
    }
    return refuse({ code: 'file_too_large', message: '' });
  };
  expect(await readUpload({ request, platform: undefined }, 1_000_000, stop)).toMatchObject({ ok: false });
  expect(kept).toBeLessThan(1_200_000);
});

/** One request to a server of Node whose body SvelteKit would not have read. */
const throughNode = async (send: (port: number) => Promise<unknown>): Promise<unknown> => {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const server = createServer((req: IncomingMessage, answer) => {
    const headers = { 'content-type': req.headers['content-type'] ?? '' };
    const request = new Request('http://localhost/', { method: 'POST', headers });
    readUpload({ request, platform: { req } }, 5_000_000, measure)
      .then((read) => {
        answer.end('done');
        resolve(read);
      })
      .catch(reject);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  await send((server.address() as AddressInfo).port);
  return promise;
};

test('what SvelteKit left unread is read from the request of Node', async () => {
  const read = await throughNode((port) =>
    fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: formWith('x'.repeat(2_000_000)) }),
  );
  expect(read).toEqual({ ok: true, value: ['statuts.pdf', 'Statuts', 2_000_000] });
});

test('a connection that dies half-way is nothing, and whoever kept the file hears of it', async () => {
  const read = await throughNode(async (port) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n';
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 90000\r\n\r\n${head}abc`,
      () => socket.destroy(),
    );
  });
  expect(read).toBeUndefined();
});
