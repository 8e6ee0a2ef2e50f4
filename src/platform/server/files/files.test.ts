import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { s3Server } from '#testing/s3-server.ts';
import { openFiles } from './files.ts';
import { openFolder } from './folder.ts';
import { openS3 } from './s3.ts';
import type { FileStore } from './store.ts';

const temporaryFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mille-jours-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

const read = async (store: FileStore, key: string): Promise<string | undefined> => {
  const found = await store.get(key);
  return found && new Response(found.body).text();
};

async function* pieces(number: number, size: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < number; piece += 1) yield new Uint8Array(size).fill(piece);
}

const stores: [string, () => Promise<{ store: FileStore; drafts: string }>][] = [
  [
    'a folder',
    async () => {
      const folder = temporaryFolder();
      return { store: openFolder(folder), drafts: path.join(folder, '.drafts') };
    },
  ],
  [
    'S3',
    async () => {
      const server = await s3Server();
      const drafts = temporaryFolder();
      const { url, region, id, secret } = server;
      return {
        store: openS3({ url, region, accessKeyId: id, secretAccessKey: secret, draftsFolder: drafts }),
        drafts,
      };
    },
  ],
];

describe.each(stores)('files in %s', (_where, open) => {
  test('a file is found again, replaced, and removed', async () => {
    const { store, drafts } = await open();
    expect(await store.get('a/b.pdf')).toBeUndefined();
    const kept = await store.put('a/b.pdf', text('un élan'), { maxBytes: 100 });
    const sha256 = createHash('sha256').update('un élan').digest('hex');
    expect(kept).toEqual({ ok: true, value: { bytes: 8, sha256 } });
    expect((await store.get('a/b.pdf'))?.bytes).toBe(8);
    expect(await read(store, 'a/b.pdf')).toBe('un élan');
    await store.put('a/b.pdf', text('autre'), { maxBytes: 100 });
    expect(await read(store, 'a/b.pdf')).toBe('autre');
    await store.delete('a/b.pdf');
    await store.delete('a/b.pdf');
    expect(await store.get('a/b.pdf')).toBeUndefined();
    expect(readdirSync(drafts)).toEqual([]);
  });

  test('a stream is kept whole, and an empty file is a file', async () => {
    const { store } = await open();
    expect(await store.put('large', pieces(50, 100_000), { maxBytes: 5_000_000 })).toMatchObject({ ok: true });
    const found = await store.get('large');
    expect((await new Response(found?.body).bytes()).length).toBe(5_000_000);
    await store.put('empty', text(''), { maxBytes: 1 });
    expect(await read(store, 'empty')).toBe('');
  });

  test('what is too large is refused before its end is read, and the file that was there stays', async () => {
    const { store, drafts } = await open();
    await store.put('x', text('before'), { maxBytes: 100 });
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield new Uint8Array(1_000);
      }
    }
    const refused = await store.put('x', endless(), { maxBytes: 2_500_000 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'file_too_large' } });
    expect(refused.ok ? '' : refused.error.message).toContain('2,5 Mo');
    expect(given).toBe(2_501);
    expect(await read(store, 'x')).toBe('before');
    expect(readdirSync(drafts)).toEqual([]);
  });

  test('a stream that breaks leaves nothing', async () => {
    const { store, drafts } = await open();
    async function* broken() {
      yield text('half');
      throw new Error('the visitor left');
    }
    await expect(store.put('x', broken(), { maxBytes: 100 })).rejects.toThrow('the visitor left');
    expect(await store.get('x')).toBeUndefined();
    expect(readdirSync(drafts)).toEqual([]);
  });

  test.each([
    '../secret',
    'a/../../b',
    '/etc/passwd',
    'a//b',
    'a/',
    '',
    '.hidden',
    'A',
    'a\\b',
    'a\0',
    'é',
    `${'a/'.repeat(9)}b`,
  ])('the key %j is refused', async (key) => {
    const { store } = await open();
    await expect(async () => store.put(key, text('x'), { maxBytes: 10 })).rejects.toThrow('not a key');
    await expect(async () => store.get(key)).rejects.toThrow('not a key');
    await expect(async () => store.delete(key)).rejects.toThrow('not a key');
  });
});

test('what a death left half written is removed after a day', async () => {
  const root = temporaryFolder();
  const drafts = path.join(root, '.drafts');
  await mkdir(drafts);
  for (const name of ['old.partial', 'new.partial']) writeFileSync(path.join(drafts, name), 'half');
  const twoDaysAgo = Date.now() / 1_000 - 172_800;
  utimesSync(path.join(drafts, 'old.partial'), twoDaysAgo, twoDaysAgo);
  await openFolder(root).put('x', text('x'), { maxBytes: 10 });
  expect(readdirSync(drafts)).toEqual(['new.partial']);
});

describe('S3', () => {
  const client = (server: Awaited<ReturnType<typeof s3Server>>, secret = server.secret) =>
    openS3({
      ...{ url: server.url, region: server.region, accessKeyId: server.id, secretAccessKey: secret },
      draftsFolder: temporaryFolder(),
      patience: { milliseconds: 150, tries: 3 },
    });

  test('the signature is right; with another secret nothing is kept', async () => {
    const server = await s3Server();
    await client(server).put('territoire/plan-2026_v1.pdf', text('x'), { maxBytes: 10 });
    expect([...server.objects.keys()]).toEqual(['/bucket/territoire/plan-2026_v1.pdf']);
    const wrong = client(server, 'another secret');
    await expect(wrong.put('b', text('x'), { maxBytes: 10 })).rejects.toThrow('403 SignatureDoesNotMatch');
    await expect(wrong.get('b')).rejects.toThrow('403');
    await expect(wrong.delete('b')).rejects.toThrow('403');
    expect(server.objects.size).toBe(1);
  });

  test('a failure, a cut and a silence are asked again; a refusal is not', async () => {
    const server = await s3Server();
    const store = client(server);
    server.misbehave('500', 'cut');
    expect(await store.put('a', text('kept'), { maxBytes: 10 })).toMatchObject({ ok: true });
    server.misbehave('hang');
    expect(await read(store, 'a')).toBe('kept');
    expect(server.received).toHaveLength(5);
    await expect(client(server, 'wrong').get('a')).rejects.toThrow('403');
    expect(server.received).toHaveLength(6);
  });

  test('a store that never answers well is given up with a word', async () => {
    const server = await s3Server();
    server.misbehave('500', '500', '500');
    await expect(client(server).get('a')).rejects.toThrow('the file store answered 500 InternalError');
    server.misbehave('hang', 'cut', 'hang');
    await expect(client(server).delete('a')).rejects.toThrow('the file store does not answer');
  });
});

test('the settings choose: the bucket when there is one, else a folder of the data', async () => {
  const folder = temporaryFolder();
  const none = {
    S3_URL: undefined,
    S3_REGION: 'us-east-1',
    S3_ACCESS_KEY_ID: undefined,
    S3_SECRET_ACCESS_KEY: undefined,
  };
  await openFiles({ DATA_DIR: folder, ...none }).put('a', text('x'), { maxBytes: 10 });
  expect(readdirSync(path.join(folder, 'files'))).toContain('a');

  const server = await s3Server();
  const bucket = {
    S3_URL: server.url,
    S3_REGION: server.region,
    S3_ACCESS_KEY_ID: server.id,
    S3_SECRET_ACCESS_KEY: server.secret,
  };
  await openFiles({ DATA_DIR: folder, ...bucket }).put('b', text('x'), { maxBytes: 10 });
  expect([...server.objects.keys()]).toEqual(['/bucket/b']);
});
