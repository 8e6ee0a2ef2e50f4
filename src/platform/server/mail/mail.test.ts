import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { fixedClock } from '#platform/clock.ts';
import { testContext } from '#testing/context.ts';
import { type TestDatabase, testDatabase } from '#testing/database.ts';
import { type Context, inTransaction } from '../context.ts';
import { openJobs } from '../jobs/boss.ts';
import { createLogger } from '../log.ts';
import { applyRetention } from '../retention/apply.ts';
import { readMailbox } from './address.ts';
import { addressHash, forgetRefusal, isRefused, noteRefusal, readAddress, setSilent } from './addresses.ts';
import { mailJobs } from './deliver.ts';
import { countMails, createMailer, listMails, readMail, resendMail } from './outbox.ts';
import { leadsNowhere } from './refusal.ts';
import { mailRetention } from './retention.ts';

const from = 'Mille jours <ne-pas-repondre@mille-jours.example>';

/** A mail server that keeps what it receives. `refuse` answers each recipient: an SMTP code, or nothing to accept. */
const mailServer = async (refuse: (address: string) => number | undefined = () => undefined) => {
  const received: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) => {
      const code = refuse(address);
      done(code ? Object.assign(new Error(`5.1.1 ${address} refused`), { responseCode: code }) : undefined);
    },
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', async () => {
        received.push(await PostalMime.parse(Buffer.concat(parts)));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { received, url: `smtp://127.0.0.1:${port}` };
};

const outbox = ({ db }: TestDatabase, smtpUrl: string | undefined, clock = fixedClock('2026-11-21T10:00:00Z')) => {
  const recorded = testContext(db, { clock });
  const context: Context = { ...recorded, mail: createMailer(db, recorded.jobs) };
  const [deliver, sweep] = mailJobs({ SMTP_URL: smtpUrl, MAIL_FROM: from });
  if (!deliver || !sweep) throw new Error('two jobs are expected');
  return {
    context,
    clock,
    enqueued: recorded.enqueued,
    /** Posts one message and returns its id. */
    post: async (to = 'odile@mairie.example', subject = 'Bonjour'): Promise<string> => {
      await context.mail.post({ to, subject, text: 'Un texte.' });
      return z.object({ id: z.string() }).parse(recorded.enqueued.at(-1)?.data).id;
    },
    deliver: (id: string) => deliver.handle(context, { id }),
    sweep: () => sweep.handle(context, {}),
    erase: () => applyRetention(context, mailRetention),
  };
};

test('a message posted in a transaction arrives with its accents and its reply address', async () => {
  const database = await testDatabase();
  const server = await mailServer();
  const jobs = await openJobs({
    ...database,
    definitions: mailJobs({ SMTP_URL: server.url, MAIL_FROM: from }),
    log: createLogger('silent'),
    pollSeconds: 0.5,
  });
  onTestFinished(() => jobs.stop());
  const context = testContext(database.db, { jobs: jobs.jobs, mail: createMailer(database.db, jobs.jobs) });

  await inTransaction(context, async (inside) => {
    await inside.mail.post({
      to: 'Mairie de Bégard <accueil@mairie.example>',
      subject: 'Une question sur l’éveil — « où aller ? »',
      text: 'Où trouver un lieu d’accueil ?\nMerci à vous.',
      html: '<p>Où trouver un lieu d’accueil ?</p>',
      replyTo: 'odile@famille.example',
    });
  });
  await expect(
    inTransaction(context, async (inside) => {
      await inside.mail.post({ to: 'accueil@mairie.example', subject: 'Jamais', text: 'Jamais.' });
      throw new Error('changed our mind');
    }),
  ).rejects.toThrow();
  await jobs.work(() => context);
  for (let waited = 0; waited < 100 && server.received.length === 0; waited += 1) await sleep(100);

  expect(server.received).toHaveLength(1);
  const [mail] = server.received;
  expect(mail?.subject).toBe('Une question sur l’éveil — « où aller ? »');
  expect(mail?.text?.trim()).toBe('Où trouver un lieu d’accueil ?\nMerci à vous.');
  expect(mail?.html).toContain('lieu d’accueil');
  expect(mail?.to).toEqual([{ name: 'Mairie de Bégard', address: 'accueil@mairie.example' }]);
  expect(mail?.from).toEqual({ name: 'Mille jours', address: 'ne-pas-repondre@mille-jours.example' });
  expect(mail?.replyTo?.[0]?.address).toBe('odile@famille.example');
  expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  for (let waited = 0; waited < 50 && (await listMails(database.db))[0]?.status !== 'sent'; waited += 1)
    await sleep(50);
  expect(await listMails(database.db)).toMatchObject([{ status: 'sent', attempts: 1, last_error: null }]);
});

test('without a mail server a message stays in the outbox, to be read there', async () => {
  const { context, post, deliver } = outbox(await testDatabase(), undefined);
  const id = await post();
  await deliver(id);
  expect(await readMail(context.db, id)).toMatchObject({ status: 'kept', attempts: 0, body: 'Un texte.' });
});

test('a recipient that the server refuses is a failure, told without the address', async () => {
  const server = await mailServer(() => 550);
  const { context, post, deliver } = outbox(await testDatabase(), server.url);
  const id = await post();
  await deliver(id);
  const mail = await readMail(context.db, id);
  expect(mail).toMatchObject({ status: 'failed', attempts: 1, last_error: 'EENVELOPE 550 5.1.1' });
  await deliver(id);
  expect((await readMail(context.db, id))?.attempts).toBe(1);
});

test('an address that a server refuses is known to be dead, until somebody reads a message there', async () => {
  const server = await mailServer(() => 550);
  const { context, post, deliver } = outbox(await testDatabase(), server.url);
  await deliver(await post('Odile <Odile@mairie.example>'));
  expect(await readAddress(context.db, 'odile@mairie.example')).toEqual({ refused: true, silent: false });
  const seen = async () =>
    (await sql<{ refused: boolean }>`select ${isRefused(sql`'ODILE@mairie.example'`)} as refused`.execute(context.db))
      .rows[0]?.refused;
  expect(await seen()).toBe(true);
  await forgetRefusal(context.db, addressHash('odile@mairie.example'));
  expect([await seen(), await readAddress(context.db, 'odile@mairie.example')]).toEqual([
    false,
    { refused: false, silent: false },
  ]);
});

test('what is known of an address is erased after a year, except that it wants to be left alone', async () => {
  const { context, clock, erase } = outbox(await testDatabase(), undefined);
  await noteRefusal(context.db, 'morte@mairie.example', '550 5.1.1', clock.now());
  await noteRefusal(context.db, 'les-deux@mairie.example', '550 5.1.1', clock.now());
  await setSilent(context.db, addressHash('les-deux@mairie.example'), clock.now());
  clock.moveTo('2027-11-20T10:00:00Z');
  await erase();
  expect(await context.db.selectFrom('mail_address').select('hash').execute()).toHaveLength(2);
  clock.moveTo('2027-11-22T10:00:00Z');
  await erase();
  expect(await context.db.selectFrom('mail_address').selectAll().execute()).toMatchObject([
    { hash: addressHash('les-deux@mairie.example'), refused_at: null, refusal: null },
  ]);
});

test.each([
  [550, '5.1.1', true, true],
  [550, '5.1.10', true, true],
  [550, '5.2.1', true, true],
  [552, '5.2.2', true, false],
  [550, '5.7.1', true, false],
  [550, undefined, true, true],
  [551, undefined, true, true],
  [554, undefined, true, false],
  [550, undefined, false, false],
  [450, '4.2.1', true, false],
])('%i %s about the recipient: %s, leads nowhere: %s', (code, enhanced, aboutRecipient, expected) => {
  expect(leadsNowhere({ code, enhanced, aboutRecipient })).toBe(expected);
});

test('a message with a key is written once, whoever begins again', async () => {
  const { context, enqueued } = outbox(await testDatabase(), undefined);
  for (const text of ['Un texte.', 'Le même, recommencé.']) {
    await context.mail.post({ to: 'odile@mairie.example', subject: 'Bonjour', text, key: 'essai/1' });
  }
  expect(await countMails(context.db)).toMatchObject({ waiting: 1 });
  expect(enqueued).toHaveLength(1);
});

test('a message that may be stopped says so to mail programmes', async () => {
  const server = await mailServer();
  const { context, enqueued, deliver } = outbox(await testDatabase(), server.url);
  const unsubscribe = 'https://mille-jours.example/x/desabonnement';
  await context.mail.post({ to: 'odile@mairie.example', subject: 'Bonjour', text: 'Un texte.', unsubscribe });
  await deliver(z.object({ id: z.string() }).parse(enqueued.at(-1)?.data).id);
  const headers = Object.fromEntries(server.received[0]?.headers.map(({ key, value }) => [key, value]) ?? []);
  expect(headers).toMatchObject({
    'list-unsubscribe': `<${unsubscribe}>`,
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
  });
});

test('a server that asks to come back later is tried again, nine times at most', async () => {
  const answers = [451, undefined];
  const server = await mailServer(() => answers.shift());
  const { context, post, deliver } = outbox(await testDatabase(), server.url);
  const id = await post();
  await expect(deliver(id)).rejects.toThrow('mail not sent: EENVELOPE 451');
  expect(await readMail(context.db, id)).toMatchObject({ status: 'waiting', attempts: 1 });
  await deliver(id);
  expect(await readMail(context.db, id)).toMatchObject({ status: 'sent', attempts: 2, last_error: null });

  const away = outbox(await testDatabase(), 'smtp://127.0.0.1:9');
  const never = await away.post();
  for (let number = 1; number < 9; number += 1) await expect(away.deliver(never)).rejects.toThrow('mail not sent');
  await away.deliver(never);
  expect(await readMail(away.context.db, never)).toMatchObject({ status: 'failed', attempts: 9 });
});

test('two processes never send the same message together', async () => {
  const server = await mailServer();
  const { post, deliver } = outbox(await testDatabase(), server.url);
  const id = await post();
  await Promise.all([deliver(id), deliver(id), deliver(id)]);
  expect(server.received).toHaveLength(1);
});

test('what waits without a job is taken up again; what has just been posted is left alone', async () => {
  const { context, clock, enqueued, post, sweep } = outbox(await testDatabase(), undefined);
  const id = await post();
  const posted = (await readMail(context.db, id))?.posted_at ?? clock.now();
  clock.moveTo(posted.add({ minutes: 5 }).toString());
  await sweep();
  expect(enqueued).toHaveLength(1);
  clock.moveTo(posted.add({ minutes: 11 }).toString());
  await sweep();
  expect(enqueued.slice(1)).toEqual([{ name: 'mail.deliver', data: { id } }]);
});

test('a message sent is erased after thirty days, and one that was kept is not', async () => {
  const server = await mailServer();
  const database = await testDatabase();
  const { context, clock, post, deliver, erase } = outbox(database, server.url);
  const sent = await post();
  await deliver(sent);
  const keeping = outbox(database, undefined, clock);
  const kept = await keeping.post();
  await keeping.deliver(kept);
  clock.moveTo('2026-12-20T10:00:00Z');
  await erase();
  expect(await listMails(context.db)).toHaveLength(2);
  clock.moveTo('2026-12-22T10:00:00Z');
  await erase();
  expect((await listMails(context.db)).map(({ id }) => id)).toEqual([kept]);
  clock.moveTo('2036-12-22T10:00:00Z');
  await erase();
  expect(await listMails(context.db)).toEqual([]);
});

test('a message that opens a door is forgotten once sent, and cannot be sent again; unsent, it lasts a day', async () => {
  const server = await mailServer();
  const database = await testDatabase();
  const { context, enqueued, deliver } = outbox(database, server.url);
  const postSecret = async (mail: Context['mail'], jobs: typeof enqueued): Promise<string> => {
    await mail.post({
      to: 'odile@mairie.example',
      subject: 'Votre code',
      text: '123 456',
      html: '<p>123 456',
      secret: true,
    });
    return z.object({ id: z.string() }).parse(jobs.at(-1)?.data).id;
  };
  const sent = await postSecret(context.mail, enqueued);
  await deliver(sent);
  expect(server.received[0]?.text).toContain('123 456');
  const kept = await readMail(context.db, sent);
  expect(kept).toMatchObject({ status: 'sent', html: null, body: expect.stringContaining('Il n’est pas gardé') });
  expect(JSON.stringify(kept)).not.toContain('123 456');
  expect(await resendMail(context, sent)).toBe(false);

  const without = outbox(database, undefined);
  const id = await postSecret(without.context.mail, without.enqueued);
  await without.deliver(id);
  expect(await readMail(context.db, id)).toMatchObject({ status: 'kept', body: '123 456' });
  const posted = (await readMail(context.db, id))?.posted_at ?? without.clock.now();
  without.clock.moveTo(posted.add({ hours: 23 }).toString());
  await without.erase();
  expect(await readMail(context.db, id)).toBeDefined();
  without.clock.moveTo(posted.add({ hours: 25 }).toString());
  await without.erase();
  expect(await readMail(context.db, id)).toBeUndefined();
});

test('a message that failed or was kept can be sent again', async () => {
  const server = await mailServer();
  const database = await testDatabase();
  const { context, post, deliver } = outbox(database, undefined);
  const id = await post();
  await deliver(id);
  expect(await resendMail(context, id)).toBe(true);
  await outbox(database, server.url).deliver(id);
  expect(await readMail(context.db, id)).toMatchObject({ status: 'sent' });
  expect(await resendMail(context, crypto.randomUUID())).toBe(false);
});

test('a list goes on where it stopped, also among messages of one moment', async () => {
  const { context, post, deliver } = outbox(await testDatabase(), undefined);
  for (let number = 0; number < 5; number += 1) await post();
  const moment = Temporal.Instant.from('2026-11-21T10:00:00Z');
  await context.db.updateTable('mail_outbox').set({ posted_at: moment }).execute();
  await deliver(await post());
  const seen: string[] = [];
  for (let page = await listMails(context.db, { limit: 2 }); page.length > 0; ) {
    seen.push(...page.map(({ id }) => id));
    const after = page.at(-1);
    page = after ? await listMails(context.db, { limit: 2, after }) : [];
  }
  expect(new Set(seen).size).toBe(6);
  expect(await countMails(context.db)).toEqual({ waiting: 5, sent: 0, kept: 1, failed: 0 });
});

test.each([
  ['a line break in the recipient', { to: 'a@b.example\r\nBcc: c@d.example', subject: 'x', text: 'x' }],
  ['two recipients', { to: 'a@b.example, c@d.example', subject: 'x', text: 'x' }],
  ['a line break in the subject', { to: 'a@b.example', subject: 'x\nBcc: c@d.example', text: 'x' }],
  ['a line break in the reply address', { to: 'a@b.example', subject: 'x', text: 'x', replyTo: 'a@b.example\nX: y' }],
])('%s is refused and nothing is written', async (_what, mail) => {
  const { context } = outbox(await testDatabase(), undefined);
  await expect(context.mail.post(mail)).rejects.toThrow();
  expect(await listMails(context.db)).toEqual([]);
});

test.each([
  ['a@b.example', { name: '', address: 'a@b.example' }],
  ['<a@b.example>', { name: '', address: 'a@b.example' }],
  ['Mairie de Brest <a@b.example>', { name: 'Mairie de Brest', address: 'a@b.example' }],
  ['a@b.example <c@d.example>', undefined],
  ['group: a@b.example;', undefined],
  ['a b@c.example', undefined],
  ['', undefined],
])('the mailbox %s', (text, read) => {
  expect(readMailbox(text)).toEqual(read);
});
