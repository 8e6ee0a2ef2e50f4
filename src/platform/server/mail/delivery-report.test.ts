import { expect, test } from 'vitest';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { readAddress } from './addresses.ts';
import { readDeliveryReport, takeDeliveryReport } from './delivery-report.ts';
import { createMailer } from './outbox.ts';

const ours = '0b0f6d7e-2f0a-4c7e-9f55-1f2f3a4b5c6d';

/** What a mail server sends back when nobody reads an address (RFC 3464, RFC 6522). */
const report = ({ id = ours, action = 'failed', status = '5.1.1', kind = 'message/delivery-status' } = {}): string =>
  [
    'From: MAILER-DAEMON@relais.example',
    'To: ne-pas-repondre@mille-jours.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Message-ID: <20261121100000.ABCDEF@relais.example>',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'The message could not be delivered.',
    '--b',
    `Content-Type: ${kind}`,
    '',
    'Reporting-MTA: dns; relais.example',
    '',
    'Final-Recipient: rfc822; odile@mairie.example',
    `Action: ${action}`,
    `Status: ${status}`,
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${id}@mille-jours.example>`,
    'Subject: Toujours exact',
    '--b--',
  ].join('\r\n');

test.each([
  ['a mailbox that does not exist', {}, { id: ours, status: '5.1.1' }],
  ['a refusal for another reason', { status: '5.7.1' }, { id: ours, status: '5.7.1' }],
  ['a delay', { action: 'delayed', status: '4.4.1' }, undefined],
  ['a delivery', { action: 'delivered', status: '2.0.0' }, undefined],
  ['a message that is not ours', { id: 'x'.repeat(36) }, undefined],
  ['an answer of somebody', { kind: 'text/plain' }, undefined],
])('%s', (_, given, expected) => {
  expect(readDeliveryReport(report(given))).toEqual(expected);
});

test('what comes back tells that an address is dead; what names no message of ours tells nothing', async () => {
  const { db } = await testDatabase();
  const recorded = testContext(db);
  await createMailer(db, recorded.jobs).post({ to: 'odile@mairie.example', subject: 'Bonjour', text: 'Un texte.' });
  const { id } = await db.selectFrom('mail_outbox').select('id').executeTakeFirstOrThrow();
  expect(await takeDeliveryReport(recorded, report())).toBe(false);
  expect(await takeDeliveryReport(recorded, report({ id, status: '5.2.2' }))).toBe(false);
  expect(await takeDeliveryReport(recorded, 'n’importe quoi')).toBe(false);
  expect(await readAddress(db, 'odile@mairie.example')).toMatchObject({ refused: false });
  expect(await takeDeliveryReport(recorded, report({ id }))).toBe(true);
  expect(await readAddress(db, 'odile@mairie.example')).toMatchObject({ refused: true });
});
