import { createECDH, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Agent } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import ece from 'http_ece';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { pushKeys } from './keys.ts';
import { register, unregister } from './registration.ts';
import { sendDueMoments } from './send.ts';

interface Received {
  readonly body: Buffer;
  readonly headers: Record<string, string | string[] | undefined>;
}

/**
 * A push service on this machine, and what a browser would give of itself. web-push always speaks https; the agent takes
 * the encryption of the line away, which is Node's own, so that no certificate is needed. That of the message stays.
 */
const pushService = async (status = 201) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ body: Buffer.concat(parts), headers: request.headers });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const device = createECDH('prime256v1');
  const auth = randomBytes(16);
  return {
    received,
    agent: Object.assign(new Agent(), { createConnection: () => connect(port, '127.0.0.1') }),
    registration: {
      endpoint: `https://localhost:${port}/push/abc`,
      p256dh: device.generateKeys().toString('base64url'),
      auth: auth.toString('base64url'),
    },
    decrypt: ({ body }: Received): string =>
      ece
        .decrypt(body, { version: 'aes128gcm', privateKey: device, authSecret: auth.toString('base64url') })
        .toString(),
  };
};

const here = [/^localhost$/];
const sender = { subject: 'mailto:equipe@mille-jours.example', origin: 'https://mille-jours.example' };

describe('waking a device', () => {
  test('at its hour: a neutral message, encrypted for it, short-lived; then nothing is left of it', async () => {
    const { db } = await testDatabase();
    const clock = fixedClock('2026-11-21T08:00:00Z');
    const context = testContext(db, { clock });
    const service = await pushService();
    expect((await register(context, { ...service.registration, moments: ['2026-11-22T09:00:00Z'] }, here)).ok).toBe(
      true,
    );

    expect(await sendDueMoments(context, { ...sender, agent: service.agent })).toEqual({ sent: 0, gone: 0 });
    clock.moveTo('2026-11-22T09:04:00Z');
    expect(await sendDueMoments(context, { ...sender, agent: service.agent })).toEqual({ sent: 1, gone: 0 });

    const [message] = service.received;
    if (!message) throw new Error('nothing was received');
    const text = service.decrypt(message);
    expect(JSON.parse(text)).toEqual({
      web_push: 8030,
      notification: {
        title: 'Mille jours',
        body: 'Un moment pour vous.',
        lang: 'fr',
        navigate: 'https://mille-jours.example/mon-parcours',
      },
      mutable: true,
    });
    expect(text).not.toMatch(/grossesse|bébé|enfant|naissance|vaccin|EPDS/i);
    expect(Number(message.headers.ttl)).toBeLessThanOrEqual(4 * 3600);
    expect(String(message.headers.authorization)).toContain((await pushKeys(context)).publicKey);
    expect(await db.selectFrom('push_registration').selectAll().execute()).toEqual([]);
    expect(await sendDueMoments(context, { ...sender, agent: service.agent })).toEqual({ sent: 0, gone: 0 });
    expect(service.received).toHaveLength(1);
  });

  test('several hours late, it is let sleep', async () => {
    const { db } = await testDatabase();
    const clock = fixedClock('2026-11-21T08:00:00Z');
    const context = testContext(db, { clock });
    const service = await pushService();
    await register(context, { ...service.registration, moments: ['2026-11-22T09:00:00Z'] }, here);
    clock.moveTo('2026-11-22T11:30:00Z');
    expect(await sendDueMoments(context, { ...sender, agent: service.agent })).toEqual({ sent: 0, gone: 0 });
    expect(service.received).toEqual([]);
  });

  test.each([404, 410])('a device that is gone (%d) is forgotten, with its moments to come', async (status) => {
    const { db } = await testDatabase();
    const clock = fixedClock('2026-11-21T08:00:00Z');
    const context = testContext(db, { clock });
    const service = await pushService(status);
    await register(
      context,
      { ...service.registration, moments: ['2026-11-22T09:00:00Z', '2026-12-01T09:00:00Z'] },
      here,
    );
    clock.moveTo('2026-11-22T09:00:00Z');
    expect(await sendDueMoments(context, { ...sender, agent: service.agent })).toEqual({ sent: 0, gone: 1 });
    expect(await db.selectFrom('push_moment').selectAll().execute()).toEqual([]);
  });

  test('a service in trouble loses the moment, not the device', async () => {
    const { db } = await testDatabase();
    const clock = fixedClock('2026-11-21T08:00:00Z');
    const context = testContext(db, { clock });
    const service = await pushService(503);
    await register(
      context,
      { ...service.registration, moments: ['2026-11-22T09:00:00Z', '2026-12-01T09:00:00Z'] },
      here,
    );
    clock.moveTo('2026-11-22T09:00:00Z');
    expect(await sendDueMoments(context, { ...sender, agent: service.agent })).toEqual({ sent: 0, gone: 0 });
    expect(await db.selectFrom('push_moment').selectAll().execute()).toHaveLength(1);
  });
});

describe('what is kept of a device', () => {
  const registration = {
    endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/abc',
    p256dh: 'a'.repeat(87),
    auth: 'b'.repeat(22),
    moments: ['2026-11-22T09:00:00Z', '2026-12-01T09:00:00Z'],
  };

  test('is an endpoint, two keys and hours, replaced by the next registration, gone when it says so', async () => {
    const { db } = await testDatabase();
    const context = testContext(db);
    await register(context, registration);
    await register(context, { ...registration, moments: ['2026-12-24T09:00:00Z', '2026-12-24T09:00:00Z'] });
    expect(await db.selectFrom('push_moment').select('at').execute()).toHaveLength(1);
    const [row] = await db.selectFrom('push_registration').selectAll().execute();
    expect(Object.keys(row ?? {}).sort()).toEqual(['auth', 'endpoint', 'id', 'p256dh']);
    await unregister(context, { endpoint: registration.endpoint });
    expect(await db.selectFrom('push_moment').selectAll().execute()).toEqual([]);
  });

  test('without an hour to come, nothing', async () => {
    const { db } = await testDatabase();
    const context = testContext(db);
    await register(context, registration);
    expect((await register(context, { ...registration, moments: ['2026-11-01T09:00:00Z'] })).ok).toBe(true);
    expect(await db.selectFrom('push_registration').selectAll().execute()).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['another field', { due: '2027-02-20' }],
    ['a stranger to post to', { endpoint: 'https://intranet.example/admin' }],
    ['a look-alike host', { endpoint: 'https://push.apple.com.evil.example/x' }],
    ['no encryption', { endpoint: 'http://fcm.googleapis.com/x' }],
    ['a minute that would tell families apart', { moments: ['2026-11-22T09:07:00Z'] }],
    ['a far future', { moments: ['2028-11-22T09:00:00Z'] }],
    ['too many hours', { moments: Array.from({ length: 201 }, () => '2026-11-22T09:00:00Z') }],
    ['words instead of hours', { moments: ['échographie'] }],
    ['no key', { p256dh: '' }],
  ])('%s is refused', async (_, wrong) => {
    const { db } = await testDatabase();
    const registered = await register(testContext(db), { ...registration, ...wrong });
    expect(registered.ok).toBe(false);
    expect(await db.selectFrom('push_registration').selectAll().execute()).toEqual([]);
  });

  test('two processes that make the keys at once keep the same pair', async () => {
    const { db } = await testDatabase();
    const context = testContext(db);
    const [first, second] = await Promise.all([pushKeys(context), pushKeys(context)]);
    expect(first).toEqual(second);
  });
});
