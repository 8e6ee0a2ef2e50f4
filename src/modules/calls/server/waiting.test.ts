import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { callsHouse, declared, depositedApplication, done, publishedCall, startedApplication } from '#testing/calls.ts';
import { evaluatedCall, toLetters } from '#testing/calls-selection.ts';
import { inviteJuror, receiveAppeal } from './index.ts';
import { messagesToMinistry, readNational } from './national-reading.ts';
import { whatWaits } from './waiting.ts';

const someone = {
  ...{ name: 'Ugo Exemple', email: 'jury@exemple.example', organisation: 'Caf', siren: '', represents: '' },
  ...{ quality: 'partner', voice: 'deliberative', group: '', origin: undefined },
};
const rouen = { territory: { territories: ['commune:76540'], words: '' } };
const told = async (who: Parameters<typeof whatWaits>[0]) => (await whatWaits(who)).map(({ words }) => words);

it('tells each person what waits for them, at each step, and nothing of a file that is hidden from them (I-6)', async () => {
  const house = await callsHouse();
  const call = await publishedCall(house, { region: '28' });
  const { ars } = call;

  expect(await told(ars)).toEqual([]);
  const { holder } = await startedApplication(house, call, { content: rouen });
  expect(await told(holder)).toEqual(['Écrire et déposer la candidature « Une maison des parents »']);
  await depositedApplication(house, call, { email: 'autre@exemple.example' });
  await depositedApplication(house, call, { email: 'lettre@exemple.example', kind: 'intent' });
  expect(await told(ars)).toEqual(['Déclarer vos intérêts, pour ouvrir les candidatures']);
  await declared(ars, call.id);
  expect(await told(ars)).toEqual(['Lire une lettre d’intention']);

  // At the very instant of closing.
  house.clock.moveTo('2021-07-15T14:00:00Z');
  expect(await told(holder)).toEqual([]);
  expect(await told(ars)).toEqual([
    ...['Lire une lettre d’intention', 'Dire si une candidature est recevable', 'Composer le jury'],
    'Engager la sélection',
  ]);

  const juror = await house.as('jury@exemple.example');
  expect(await told(juror)).toEqual([]);
  done(await inviteJuror(ars, call.id, someone));
  expect(await told(juror)).toEqual(['Déclarer vos intérêts, pour ouvrir les candidatures']);
  expect(await told(ars)).toContain('Arrêter la composition du jury');
  expect(await told(await house.agent('ars', 'region:84'))).toEqual([]);

  // A selection in Bretagne: the DREETS is recused from one of its two files, Béa is found near it.
  house.clock.moveTo('2021-05-10T08:00:00Z');
  const run = await evaluatedCall(house);
  const { plain, hidden, as } = run;
  const bretagne = run.call;
  const { db } = ars;
  expect(await told(bretagne.ars)).toEqual(['Engager la sélection', 'Clore les évaluations d’une candidature']);
  expect(await told(bretagne.dreets)).toEqual(['Engager la sélection']);
  expect(await told(await as('cam'))).toEqual(['Évaluer une candidature']);
  expect(await told(await as('bea'))).toEqual(['Dire si vous avez un lien avec une candidature']);
  // Withdrawn, her page names it no more: nothing is asked.
  const status = (id: string, value: string) =>
    sql`update call_application set status = ${value} where id = ${id}`.execute(db);
  await status(hidden.id, 'withdrawn');
  expect(await told(await as('bea'))).toEqual([]);
  await status(hidden.id, 'evaluating');
  // What is not evaluated any more is not asked of who was to evaluate it.
  for (const value of ['withdrawn', 'evaluated', 'notified']) {
    await status(plain.id, value);
    expect([value, await told(await as('cam'))]).toEqual([value, []]);
  }
  await status(plain.id, 'evaluating');

  const callStatus = (value: string) =>
    sql`update call set state = jsonb_set(state, '{status}', to_jsonb(${value}::text)), status = ${value}
      where id = ${bretagne.id}`.execute(db);
  await callStatus('selecting');
  for (const [value, line] of [
    ['admissible', 'Confier une candidature au jury'],
    ['evaluated', 'Convoquer le jury pour une candidature'],
    ['deliberated', 'Écrire une décision'],
  ] as const) {
    await status(hidden.id, value);
    expect([value, await told(bretagne.ars)]).toEqual([value, [line]]);
    expect([value, await told(bretagne.dreets)]).toEqual([value, []]);
  }
  await status(hidden.id, 'evaluating');
  await callStatus('published');

  await toLetters(house, run);
  expect(await told(bretagne.ars)).toEqual([
    ...['Faire connaître le choix des projets au ministère', 'Écrire une convention'],
  ]);
  expect(await told(bretagne.dreets)).toEqual(['Écrire une convention']);
  expect(await told(plain.holder)).toEqual(['Lire la décision sur « Une maison des parents »']);
  expect(await told(hidden.holder)).toEqual(['Signer la convention de « Motsecret »']);

  // Before that: results to fix, then letters to prepare, then results to notify.
  await callStatus('selecting');
  expect(await told(bretagne.ars)).toEqual(['Arrêter les résultats']);
  await callStatus('decided');
  expect(await told(bretagne.ars)).toEqual(['Notifier les résultats']);
  const decision = (value: string, signed: boolean) =>
    sql`update call_decision set status = ${value}, signed = ${signed} where application = ${hidden.id}`.execute(db);
  await decision('written', true);
  expect([await told(bretagne.ars), await told(bretagne.dreets)]).toEqual([
    ['Préparer un courrier'],
    ['Notifier les résultats'],
  ]);
  await callStatus('notified');
  await decision('notified', true);

  // What follows, of the file from which the DREETS is recused.
  await sql`
    update call_agreement set status = 'running', state = state || ${JSON.stringify({
      payments: [
        { status: 'planned', on: '2021-08-01' },
        { status: 'planned', on: '2021-12-01' },
        { status: 'asked', on: '2021-12-01' },
        { status: 'paid', on: '2021-08-01' },
      ],
      reports: [{ id: 'r', status: 'received', due: '2022-10-30' }],
      end: { by: 'holder', reason: 'r', at: '2021-08-10T08:00:00Z' },
    })}::jsonb where application = ${hidden.id}`.execute(db);
  const showcase = (value: string) =>
    sql`insert into call_showcase (application, call, status, changed_at, state)
      values (${hidden.id}, ${bretagne.id}, ${value}, now(), '{}')
      on conflict (application) do update set status = excluded.status`.execute(db);
  await showcase('proposed');
  expect(await told(hidden.holder)).toEqual(['Accepter, ou non, ce que la bibliothèque dira de « Motsecret »']);
  await showcase('agreed');
  expect(await told(hidden.holder)).toEqual([]);
  const said = { kind: 'gracious', on: '2021-08-01', text: 'Revoyez le montant.' } as const;
  done(await receiveAppeal(hidden.holder, hidden.id, said));
  await sql`update call_letter set sent_at = null where application = ${hidden.id}`.execute(db);
  await sql`delete from call_application_member where application = ${hidden.id}`.execute(db);
  expect(await told(bretagne.ars)).toEqual([
    'Désigner qui signe une candidature : son courrier attend quelqu’un à qui écrire',
    ...['Faire connaître le choix des projets au ministère', 'Écrire une convention'],
    ...['Suivre 2 versements attendus', 'Lire un bilan', 'Répondre à une demande d’abandon'],
    ...['Publier une fiche que son porteur a acceptée', 'Répondre à un recours'],
  ]);
  expect(await told(bretagne.dreets)).toEqual(['Écrire une convention']);

  // The ministry: what came, until they say that they read it; what came since their page was made stays.
  const ministry = await house.agent('ministry', 'france', 'coordinator');
  expect(await told(ministry)).toEqual(['Lire 4 déclarations']);
  const until = house.clock.now();
  house.clock.moveTo('2021-08-20T08:00:00Z');
  await sql`
    insert into call_ministry_sending (call, sent_on, text, written_by, written_at)
    values (${bretagne.id}, '2021-08-20', 'x', ${ars.actor.account}, ${house.clock.now()})`.execute(db);
  done(await readNational(ministry, { edition: '2021', until }));
  expect(await told(ministry)).toEqual(['Lire un message de lauréats']);
  expect((await messagesToMinistry(ministry, '2021')).map(({ text }) => text)).toEqual(['x']);
  expect(await messagesToMinistry(bretagne.ars, '2021')).toEqual([]);
  done(await readNational(ministry, { edition: '2021', until: house.clock.now() }));
  expect(await told(ministry)).toEqual([]);
  expect((await readNational(bretagne.ars, { edition: '2021', until })).ok).toBe(false);
  expect(await told(bretagne.ars)).not.toContain('Faire connaître le choix des projets au ministère');
});
