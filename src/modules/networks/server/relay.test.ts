import { expect, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { eraseAccount } from '#platform/server/identity/rights.ts';
import { readStream } from '#platform/server/journal/journal.ts';
import { applyRetention } from '#platform/server/retention/apply.ts';
import { again, moderatorOf, professionalsHouse, publishedRow, site } from '#testing/professionals.ts';
import { relayLimits } from '../message.ts';
import { answer, readDelivery, writeTo } from './relay.ts';
import { chooseFromLink, ownRelayChoices, receiveMessages, unblockAll } from './relay-choices.ts';
import { letWrite, reportedMessages, settleMessage, stoppedWriters } from './relay-reports.ts';
import { networksRetention } from './retention.ts';
import { forgetInNetworks } from './rights.ts';

/** Two professionals of Rennes who are listed, and what posts messages between them. */
const two = async () => {
  const { context, as } = await professionalsHouse();
  const listed = async (email: string, name: string) => {
    const who = await as(email);
    const id = await publishedRow(who, name);
    return { who: await again(who), id, email };
  };
  const camille = await listed('camille@exemple.example', 'Camille Exemple');
  const dominique = await listed('dominique@exemple.example', 'Dominique Essai');
  const write = (text: string, from: PersonContext = camille.who, as = camille.id) =>
    writeTo(from, { to: dominique.id, as, text, origin: site });
  /** The last message that reached somebody, and the token of its link. */
  const lastTo = (email: string) => {
    const mail = context.posted.findLast(({ to }) => to === email);
    return { mail, token: /\/relais\/([\w-]{43})\n/.exec(mail?.text ?? '')?.[1] ?? '' };
  };
  return { context, as, camille, dominique, write, lastTo };
};

const code = (result: { ok: boolean; error?: { code: string } }): string => result.error?.code ?? 'ok';

test('a message goes from one to the other and back, and neither sees an address', async () => {
  const { context, camille, dominique, write, lastTo } = await two();
  expect(code(await write('Bonjour,\nprenons-nous un café ?'))).toBe('ok');
  const { mail, token } = lastTo(dominique.email);
  expect(mail?.subject).toBe('Message de Camille Exemple, par Mille jours');
  expect(mail?.text).toContain('> Bonjour,\n> prenons-nous un café ?');
  expect(mail?.text).toContain(`${site}/relais/${token}/desabonnement`);
  expect(mail?.replyTo).toBeUndefined();
  expect(mail?.unsubscribe).toBe(`${site}/relais/${token}/desabonnement`);
  expect(mail?.secret).toBe(true);
  expect(JSON.stringify(mail)).not.toContain(camille.email);

  // From the link, without signing in.
  expect(code(await answer(context, token, 'Avec plaisir, jeudi.', site))).toBe('ok');
  const back = lastTo(camille.email);
  expect(back.mail?.subject).toBe('Message de Dominique Essai, par Mille jours');
  expect(back.mail?.text).toContain('> Avec plaisir, jeudi.');
  expect(JSON.stringify(back.mail)).not.toContain(dominique.email);
  expect(code(await answer(context, back.token, 'À jeudi.', site))).toBe('ok');
  expect(lastTo(dominique.email).mail?.text).toContain('> À jeudi.');
});

test('a header in a name or in a text stays what it is: words on their line, sent to nobody else', async () => {
  const { context, camille, dominique } = await two();
  for (const [name, text, subject] of [
    [
      'Camille\r\nBcc: voleur@exemple.example',
      'texte',
      'Message de Camille Bcc: voleur@exemple.example, par Mille jours',
    ],
    ['Camille\u2028Bcc: x', 'texte', 'Message de Camille Bcc: x, par Mille jours'],
    ['Camille', 'x\r\n\r\nBcc: voleur@exemple.example\r\n.\r\nQUIT', 'Message de Camille, par Mille jours'],
  ] as const) {
    const renamed = { ...camille.who, actor: { ...camille.who.actor, name } };
    await context.db
      .updateTable('registration')
      .set({ published: JSON.stringify({ as: 'alone', name, places: [{ insee: '35238' }] }) })
      .where('id', '=', camille.id)
      .execute();
    const before = context.posted.length;
    expect(code(await writeTo(renamed, { to: dominique.id, as: camille.id, text, origin: site }))).toBe('ok');
    const posted = context.posted.slice(before);
    expect(posted.map((mail) => [mail.to, mail.subject])).toEqual([[dominique.email, subject]]);
    // Every line that somebody else wrote is marked.
    for (const line of (posted[0]?.text ?? '').split('\n')) expect(line).not.toMatch(/^(Bcc|QUIT|\.$)/);
  }
});

test('who is not listed, whose registration it is not, and who is an agent elsewhere cannot write', async () => {
  const { as, camille, dominique, write } = await two();
  const stranger = await as('inconnu@exemple.example');
  expect(code(await write('x', stranger, camille.id))).toBe('not_allowed');
  expect(code(await write('x', stranger, ''))).toBe('not_allowed');
  expect(code(await write('x', stranger, crypto.randomUUID()))).toBe('not_listed');
  expect(code(await write('x', camille.who, '../..'))).toBe('not_listed');
  const there = await as('agent@exemple.example', { agency: 'departement', role: 'reader', scope: 'departement:35' });
  expect(code(await write('x', there, ''))).toBe('ok');
  const elsewhere = await as('autre@exemple.example', {
    agency: 'departement',
    role: 'administrator',
    scope: 'departement:29',
  });
  expect(code(await write('x', elsewhere, ''))).toBe('not_allowed');
  const nobody = { to: crypto.randomUUID(), as: camille.id, text: 'x', origin: site };
  expect(code(await writeTo(camille.who, nobody))).toBe('nobody_there');
  expect(code(await writeTo(dominique.who, { ...nobody, to: camille.id, as: dominique.id, text: '  \n ' }))).toBe(
    'text_missing',
  );
  const long = 'é'.repeat(relayLimits.signs + 1);
  expect(code(await writeTo(dominique.who, { ...nobody, to: camille.id, as: dominique.id, text: long }))).toBe(
    'text_too_long',
  );
});

test('one receiver gets three messages a day, everybody together twenty; the next day opens again', async () => {
  const { context, camille, dominique, write } = await two();
  for (let sent = 0; sent < relayLimits.aDayToOne; sent += 1) expect(code(await write('x'))).toBe('ok');
  expect(code(await write('x'))).toBe('too_many_to_one');
  const [{ thread } = { thread: '' }] = await context.db
    .selectFrom('relay_message')
    .select('thread')
    .limit(1)
    .execute();
  await context.db
    .insertInto('relay_message')
    .values(
      Array.from({ length: relayLimits.aDay }, () => ({
        ...{ thread, author: dominique.who.actor.account, author_name: 'x', text: 'x' },
        ...{ sent_at: context.clock.now(), reported_at: null, settled_at: null },
      })),
    )
    .execute();
  const other = { to: camille.id, as: dominique.id, text: 'x', origin: site };
  expect(code(await writeTo(dominique.who, other))).toBe('too_many_messages');
  const tomorrow = fixedClock(context.clock.now().add({ hours: 25 }).toString());
  expect(code(await writeTo({ ...dominique.who, clock: tomorrow }, other))).toBe('ok');
  expect(code(await write('x', { ...camille.who, clock: tomorrow }))).toBe('ok');
});

test('of ten messages sent at the same moment, the limit lets three through', async () => {
  const { write } = await two();
  const codes = await Promise.all(Array.from({ length: 10 }, async () => code(await write('x'))));
  expect(codes.filter((said) => said === 'ok')).toHaveLength(relayLimits.aDayToOne);
});

test('one click stops everything, another this person: whoever writes is told the same, and one may come back', async () => {
  const { context, camille, dominique, write, lastTo } = await two();
  await write('x');
  const { token } = lastTo(dominique.email);
  expect(code(await chooseFromLink(context, token, 'arreter'))).toBe('ok');
  expect(code(await chooseFromLink(context, token, 'arreter'))).toBe('ok');
  expect(await ownRelayChoices(dominique.who)).toEqual({ receives: false, blocked: 0 });
  const refused = await write('x');
  expect(code(refused)).toBe('not_reachable');
  await receiveMessages(dominique.who, true);
  expect(code(await chooseFromLink(context, token, 'bloquer'))).toBe('ok');
  expect(await write('x')).toEqual(refused);
  expect(await ownRelayChoices(dominique.who)).toEqual({ receives: true, blocked: 1 });
  // Whom one blocked, one does not write to by mistake; they may still read what was written before.
  await unblockAll(dominique.who);
  expect(code(await write('x'))).toBe('ok');
  expect(await ownRelayChoices(camille.who)).toEqual({ receives: true, blocked: 0 });
});

test('a link opens one message for one mailbox, and nothing once the account is erased', async () => {
  const { context, dominique, write, lastTo } = await two();
  await write('x');
  const { token } = lastTo(dominique.email);
  expect(await readDelivery(context, token)).toMatchObject({ account: dominique.who.actor.account, text: 'x' });
  for (const other of ['', 'x', `${token}x`, token.split('').reverse().join('')]) {
    expect(await readDelivery(context, other)).toBeUndefined();
    expect(code(await answer(context, other, 'x', site))).toBe('link_dead');
    expect(code(await chooseFromLink(context, other, 'arreter'))).toBe('link_dead');
  }
  const kept = JSON.stringify(await context.db.selectFrom('relay_delivery').selectAll().execute());
  expect(kept).not.toContain(token);
  await forgetInNetworks(dominique.who, dominique.who.actor.account);
  await eraseAccount(dominique.who, dominique.who.actor.account);
  expect(await readDelivery(context, token)).toBeUndefined();
});

test('a reported message reaches the moderators of that territory, who may stop its author', async () => {
  const { context, as, camille, dominique, write, lastTo } = await two();
  await write('Des mots déplacés.');
  await write('D’autres, sans suite.');
  const { token } = lastTo(dominique.email);
  await chooseFromLink(context, token, 'signaler');
  const here = await as('ici@agence.example', moderatorOf('departement:35'));
  const elsewhere = await as('ailleurs@agence.example', moderatorOf('departement:29'));
  const [message, ...others] = await reportedMessages(here);
  expect(others).toEqual([]);
  expect(message).toMatchObject({ authorName: 'Camille Exemple', text: 'D’autres, sans suite.', stopped: false });
  expect(await reportedMessages(elsewhere)).toEqual([]);
  expect(await reportedMessages(camille.who)).toEqual([]);
  expect(code(await settleMessage(elsewhere, message?.id ?? '', true))).toBe('not_allowed');
  expect(code(await settleMessage(here, 'x', true))).toBe('no_such_message');
  expect(code(await settleMessage(here, message?.id ?? '', true))).toBe('ok');
  expect(await reportedMessages(here)).toEqual([]);
  expect(code(await write('x'))).toBe('relay_stopped');
  expect(code(await answer(context, token, 'Merci.', site))).toBe('ok');
  expect(code(await answer(context, lastTo(camille.email).token, 'x', site))).toBe('relay_stopped');

  // Those who moderate there, and they alone, may give it back; the journal knows both.
  const { account } = camille.who.actor;
  expect(await stoppedWriters(here)).toMatchObject([{ account, name: 'Camille Exemple' }]);
  expect([await stoppedWriters(elsewhere), await stoppedWriters(camille.who)]).toEqual([[], []]);
  for (const who of [elsewhere, camille.who]) expect(code(await letWrite(who, account))).toBe('not_allowed');
  expect(code(await letWrite(here, account))).toBe('ok');
  expect(code(await letWrite(here, account))).toBe('not_stopped');
  expect(await stoppedWriters(here)).toEqual([]);
  expect(code(await write('x'))).toBe('ok');
  expect((await readStream(context.db, `relay-writer/${account}`)).map(({ type }) => type)).toEqual([
    ...['RelayWriterStopped-V1', 'RelayWriterLetWrite-V1'],
  ]);
});

test('a reported text is emptied thirty days after moderators settled it, or a year after the report', async () => {
  const { context, as, dominique, write, lastTo } = await two();
  for (const words of ['traité', 'oublié']) {
    await write(words);
    await chooseFromLink(context, lastTo(dominique.email).token, 'signaler');
  }
  const here = await as('ici@agence.example', moderatorOf('departement:35'));
  const [first] = await reportedMessages(here);
  const start = context.clock.now();
  const at = (hours: number) => ({ clock: fixedClock(start.add({ hours }).toString()) });
  expect(code(await settleMessage({ ...here, ...at(40 * 24) }, first?.id ?? '', false))).toBe('ok');
  const emptied = async (hours: number) =>
    (await applyRetention({ ...context, ...at(hours) }, networksRetention))
      .filter(({ rows }) => rows > 0)
      .map(({ rule, rows }) => [rule.name, rows]);
  expect(await emptied(70 * 24 - 1)).toEqual([]);
  expect(await emptied(70 * 24)).toEqual([['networks.text-settled', 1]]);
  expect(await emptied(365 * 24)).toEqual([]);
  expect(await emptied(366 * 24)).toEqual([
    ['networks.text-reported', 1],
    ['networks.thread', 2],
  ]);
});

test('a text is emptied after thirty days, unless it was reported; who wrote to whom is forgotten after a year', async () => {
  const { context, dominique, write, lastTo } = await two();
  await write('signalé');
  await chooseFromLink(context, lastTo(dominique.email).token, 'signaler');
  await write('ordinaire');
  const { token } = lastTo(dominique.email);
  const texts = async () =>
    (await context.db.selectFrom('relay_message').select('text').orderBy('text').execute()).map(({ text }) => text);
  const after = (days: number) => ({
    ...context,
    clock: fixedClock(
      context.clock
        .now()
        .add({ hours: days * 24 })
        .toString(),
    ),
  });
  await applyRetention(after(29), networksRetention);
  expect(await texts()).toEqual(['ordinaire', 'signalé']);
  await applyRetention(after(31), networksRetention);
  expect(await texts()).toEqual(['signalé', null]);
  // The link still stops the messages, and answers no more than that the text is gone.
  expect(await readDelivery(context, token)).toMatchObject({ text: null });
  expect(code(await chooseFromLink(after(300), token, 'arreter'))).toBe('ok');
  await applyRetention(after(366), networksRetention);
  expect(await texts()).toEqual([]);
  expect(await context.db.selectFrom('relay_delivery').selectAll().execute()).toEqual([]);
  expect(await context.db.selectFrom('relay_thread').selectAll().execute()).toEqual([]);
});
