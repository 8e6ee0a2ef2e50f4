import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMailbox } from '#platform/server/mail/address.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { longest, readMessage, subjects, type Typed } from './message.ts';
import { sendMessage } from './server/index.ts';

const typed = (more: Partial<Typed> = {}): Typed => ({
  subject: 'lieu',
  territory: 'Bégard',
  text: 'Où se réunit le groupe du mardi ?',
  replyTo: 'odile@famille.example',
  ...more,
});

const fieldsRefused = (more: Partial<Typed>): (string | undefined)[] => {
  const read = readMessage(typed(more));
  return read.ok ? [] : read.error.map(({ field }) => field);
};

test.each<[string, Partial<Typed>, string[]]>([
  ['a whole message', {}, []],
  ['without a place nor an address', { territory: '', replyTo: ' ' }, []],
  ['without a text', { text: ' \n ' }, ['text']],
  ['with an unknown subject', { subject: 'x' }, ['subject']],
  ['of exactly 4 000 characters', { text: '👶'.repeat(4_000) }, []],
  ['whose line breaks come from a browser', { text: `${'a\r\n'.repeat(1_999)}ab` }, []],
  ['of 4 001 characters', { text: 'a'.repeat(4_001) }, ['text']],
  ['with half an address', { replyTo: 'odile@famille' }, ['replyTo']],
  ['with two addresses', { replyTo: 'a@b.example,c@d.example' }, ['replyTo']],
  ['with a header for an address', { replyTo: 'a@b.example\nBcc: c@d.example' }, ['replyTo']],
  ['with a tale for a place', { territory: 'a'.repeat(101) }, ['territory']],
  ['with nothing', { subject: '', text: '', territory: '', replyTo: '' }, ['subject', 'text']],
])('a message %s', (_what, more, fields) => {
  expect(fieldsRefused(more)).toEqual(fields);
});

test('a text that is too long is told its length', () => {
  const read = readMessage(typed({ text: 'a'.repeat(4_312) }));
  expect(read.ok ? '' : read.error[0]?.message.replaceAll(/\s/g, ' ')).toContain('4 312 signes, pour 4 000 au plus');
});

test('whatever is typed, what is accepted can be sent', () => {
  fc.assert(
    fc.property(
      fc.record({
        subject: fc.constantFrom(...subjects.map(({ value }) => value)),
        territory: fc.string({ unit: 'binary', maxLength: 120 }),
        text: fc.string({ unit: 'binary' }),
        replyTo: fc.oneof(fc.emailAddress(), fc.string()),
      }),
      (all) => {
        const read = readMessage(all);
        if (!read.ok) return;
        expect(read.value.territory ?? '').not.toMatch(/\p{Cc}/u);
        // PostgreSQL keeps no NUL, and a mail shows nothing of the others.
        expect(read.value.text).not.toMatch(/[^\P{Cc}\n\t]/u);
        expect([...read.value.text].length).toBeLessThanOrEqual(longest.text);
        if (read.value.replyTo) expect(readMailbox(read.value.replyTo)).toBeDefined();
      },
    ),
    { numRuns: 500 },
  );
});

test('it goes to whoever answers, who can answer to the person', async () => {
  const { db } = await testDatabase();
  const context = testContext(db);
  const message = readMessage(typed());
  if (!message.ok) throw new Error('refused');
  await sendMessage(context, 'equipe@mille-jours.example', message.value);
  expect(context.posted).toEqual([
    {
      to: 'equipe@mille-jours.example',
      subject: '[lieu] Bégard',
      text: expect.stringMatching(
        /^Où se réunit le groupe du mardi \?\n[\s\S]*Lieu\s: Bégard\n[\s\S]*répondez à ce message/,
      ),
      replyTo: 'odile@famille.example',
    },
  ]);
});
