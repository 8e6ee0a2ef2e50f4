import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { serverThat } from '#testing/small-server.ts';
import { download, isAddress } from './download.ts';

const fileServer = (answer: RequestListener): Promise<string> => serverThat(answer, '/donn%C3%A9es/extraction.csv?v=1');

test('brings a whole file, and takes it away again', async () => {
  const result = await download(await fileServer((_, response) => response.end('a;b\n')));
  if (!result.ok) throw new Error(result.error);
  expect(readFileSync(result.value.file, 'utf8')).toBe('a;b\n');
  await result.value.remove();
  expect(existsSync(result.value.file)).toBe(false);
});

test('follows where the file has gone', async () => {
  const there = await fileServer((_, response) => response.end('a;b\n'));
  const result = await download(await fileServer((_, response) => response.writeHead(302, { location: there }).end()));
  expect(result.ok).toBe(true);
  if (result.ok) await result.value.remove();
});

test.each<[string, RequestListener, RegExp]>([
  ['answers 404', (_, response) => response.writeHead(404).end('non'), /répond 404/],
  ['is empty', (_, response) => response.end(), /vide/],
  [
    'announces too much',
    (_, response) => response.writeHead(200, { 'content-length': '9999999' }).flushHeaders(),
    /dépasse/,
  ],
  ['gives too much', (_, response) => response.end('x'.repeat(5_000)), /dépasse/],
  ['never answers', () => {}, /rien n’est venu/],
  ['falls silent', (_, response) => void response.write('a;b\n'), /rien n’est venu/],
  [
    'cuts the line',
    (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('a;b\n', () => response.destroy());
    },
    /en entier/,
  ],
])('gives up on a server that %s', async (_, answer, sentence) => {
  const result = await download(await fileServer(answer), { mostBytes: 1_000, silence: 200 });
  expect(result).toEqual({ ok: false, error: expect.stringMatching(sentence) });
});

test.each(['ftp://serveur.example/x', 'file:///etc/passwd', 'data://text/csv,a'])('refuses %s', async (address) => {
  expect(isAddress(address)).toBe(true);
  expect(await download(address)).toEqual({ ok: false, error: expect.stringContaining('https://') });
});

test('a path of Windows is a file', () => expect(isAddress('C:\\données\\x.csv')).toBe(false));
