import { expect, test } from 'vitest';
import { askToRun, decideTeam } from '#modules/respite/server/index.ts';
import { datesOf, publish } from '#testing/agenda.ts';
import { callDoor, type Door } from '#testing/doors.ts';
import { addReceiving, openedHouse } from '#testing/houses.ts';
import { moderatorOf, site } from '#testing/professionals.ts';
import { actions as book } from './agenda/[slug]/[date]/+page.server.ts';
import { actions as report } from './agenda/[slug]/signaler/+page.server.ts';
import { actions as follow } from './bus/suivi/+page.server.ts';
import { actions as meet } from './groupes/+page.server.ts';
import { actions as appoint } from './maisons/[slug]/rendez-vous/[hours]/+page.server.ts';
import { actions as invite } from './mon-compte/equipe/[organisation]/+page.server.ts';
import { actions as note } from './professionnels/espace/agenda/[id]/[date]/+page.server.ts';
import { actions as sit } from './souffler/garde/+page.server.ts';

test('no form writes to a mailbox that has received too much, whoever types it', async () => {
  const opened = await openedHouse();
  const { context, as, who, registration: organisation } = opened;
  const { hours } = await addReceiving(opened, 'Sage-femme');
  const id = await publish(who, organisation);
  const [number = 0] = await datesOf(context, id);
  const moderator = await as('pmi@exemple.fr', moderatorOf('departement:35'));
  expect(await askToRun(who, organisation, { reach: 'commune', words: 'Nous les rencontrons.' })).toMatchObject({
    ok: true,
  });
  expect(await decideTeam(moderator, organisation, 'open', site)).toMatchObject({ ok: true });
  const { slug } = await context.db
    .selectFrom('event_series')
    .select('slug')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

  const forms: readonly (readonly [Door, string, Record<string, string>, Record<string, string>])[] = [
    [
      book.default,
      `/agenda/${slug}/${number}`,
      { slug, date: String(number) },
      { adults: '1', contact: 'Sam+1@exemple.fr' },
    ],
    [
      note.inscrire,
      `/professionnels/espace/agenda/${id}/${number}`,
      { id, date: String(number) },
      { adults: '1', contact: 'sam@exemple.fr' },
    ],
    [
      sit.default,
      `/souffler/garde?code=35238&organisme=${organisation}`,
      {},
      {
        day: '2026-11-28',
        part: 'soir',
        children: '1',
        ages: 'un-an',
        email: 'sam@exemple.fr',
        phone: '06 39 98 00 00',
      },
    ],
    [
      appoint.default,
      `/maisons/${opened.slug}/rendez-vous/${hours}?debut=2026-11-24T09:00`,
      { slug: opened.slug, hours },
      { contact: 'sam@exemple.fr' },
    ],
    [report.default, `/agenda/${slug}/signaler`, { slug }, { message: 'Faux.', reply: 'sam@exemple.fr' }],
    [follow.default, '/bus/suivi', {}, { commune: 'Rennes', code: '35238', email: 'sam@exemple.fr' }],
    [meet.default, '/groupes?code=35238', {}, { month: '2027-03', email: 'sam@exemple.fr' }],
    [
      invite.inviter,
      `/mon-compte/equipe/${organisation}`,
      { organisation },
      { email: 'sam@exemple.fr', role: 'reader' },
    ],
  ];
  const asked: string[] = [];
  let full = true;
  const yes = async () => ({ allowed: true }) as const;
  const mailbox = async (email: string) => {
    asked.push(email);
    return full ? ({ allowed: false, retryAfterSeconds: 60 } as const) : yes();
  };
  const limits = { form: yes, api: yes, signIn: yes, mailbox };
  const lettersOf = async (each: (typeof forms)[number]) => {
    const [door, address, params, form] = each;
    const before = context.posted.length;
    const { status } = await callDoor(who, door, { address, params, form: { name: 'Sam', ...form }, limits });
    return [status, context.posted.length - before] as const;
  };
  for (const each of forms) {
    const [status, letters] = await lettersOf(each);
    expect([each[1], status >= 400, letters]).toEqual([each[1], true, 0]);
  }
  expect(asked).toHaveLength(forms.length);
  full = false;
  for (const each of forms) {
    const [status, letters] = await lettersOf(each);
    expect([each[1], status, letters > 0]).toEqual([each[1], 303, true]);
  }
});
