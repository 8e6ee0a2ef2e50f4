import { error } from '@sveltejs/kit';
import { type AppealKind, nextSteps, readCents } from '#modules/calls/index.ts';
import {
  answerAppeal,
  answerReport,
  askReport,
  linkProject,
  mailboxesOf,
  moveAgreement,
  projectView,
  receiveAppeal,
  recordPermanence,
  relatives,
  stepPayment,
} from '#modules/calls/server/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { datePartsOf, readDate } from '#platform/ui/date-fields.ts';
import { act, goTo, mayWrite, type Sent } from '../../../act.ts';
import { projectData } from '../project-data.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await organised(context, params);
  const { title } = view.application;
  return {
    ...projectData(view),
    ...{ here: title, id: params.id, application: params.application, done: url.searchParams.get('fait') },
    trail: [
      { href: `/appels/espace/${params.id}`, label: 'L’appel' },
      { href: `/appels/espace/${params.id}/suivi`, label: 'Suivi' },
    ],
    nextSteps: Object.entries(nextSteps).map(([value, label]) => ({ value, label })),
    relatives: (await relatives(context, params.application)).map(({ id, title: name, number, call }) => ({
      ...{ value: id, label: `${name} (n° ${number}, ${call})` },
    })),
  };
};

/** The follow-up of an application of this very call, for somebody who organises it. */
const organised = async (context: PersonContext, params: { readonly [name: string]: string }) => {
  const view = await projectView(context, params.application ?? '');
  if (view?.role !== 'organiser' || view.application.call !== params.id)
    error(404, 'Ce suivi n’existe pas, ou n’est pas pour vous.');
  return view;
};

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/${params.id}/suivi/${params.application}?fait=${done}`;
const idOf = ({ params }: Sent): string => params.application ?? '';

const moving = (name: string, command: 'submit' | 'takeBack' | 'dropAmendment' | 'start' | 'dropEnd') =>
  act(name, async (sent) => {
    const free = command === 'submit' ? await firstMailbox(sent) : ok(undefined);
    if (!free.ok) return free;
    return goTo(await moveAgreement(sent.context, idOf(sent), { command }, sent.origin), here(sent, name));
  });

/** Given to sign, it writes to whoever signs first: a mailbox that was typed. */
const firstMailbox = async ({ context, params, limits }: Sent): Promise<Result<void>> => {
  const { terms } = (await organised(context, params)).agreement;
  const mailbox = (await mailboxesOf(context, terms)).get(terms?.parties[0] ?? '');
  return mailbox ? mayWrite(limits, mailbox) : ok(undefined);
};

const reasoned = (name: string, command: 'amend' | 'askEnd') =>
  act(name, async (sent) => {
    const move = { command, reason: sent.text('reason') };
    return goTo(await moveAgreement(sent.context, idOf(sent), move, sent.origin), here(sent, name));
  });

const ending = (name: string, command: 'confirmEnd' | 'close') =>
  act(name, async (sent) => {
    const due = readCents(sent.text('due'), 'due');
    if (!due.ok) return due;
    const move = { command, due: due.value ?? 0 };
    return goTo(await moveAgreement(sent.context, idOf(sent), move, sent.origin), here(sent, name));
  });

const dayIn = (sent: Sent, field: string): Result<string> => {
  const read = readDate(datePartsOf(sent.form, field), field);
  if (!read.ok) return read;
  return read.value ? ok(read.value.toString()) : refuse({ ...noDay, field });
};
const noDay: Refusal = { code: 'date_missing', message: 'Donnez le jour.' };

export const actions = {
  relire: moving('relire', 'submit'),
  reprendre: moving('reprendre', 'takeBack'),
  annuler: moving('annuler', 'dropAmendment'),
  avenant: reasoned('avenant', 'amend'),
  fin: reasoned('fin', 'askEnd'),
  poursuivre: moving('poursuivre', 'dropEnd'),
  arreter: ending('arreter', 'confirmEnd'),
  solder: ending('solder', 'close'),
  reversement: act('reversement', async (sent) => {
    const cents = readCents(sent.text('cents'), 'cents');
    if (!cents.ok) return cents;
    const on = dayIn(sent, 'on');
    if (!on.ok) return on;
    const move = { command: 'recordRefund', cents: cents.value ?? 0, on: on.value } as const;
    return goTo(await moveAgreement(sent.context, idOf(sent), move, sent.origin), here(sent, 'reversement'));
  }),
  ecrire: act('ecrire', async (sent) => {
    const command = (['ask', 'settle', 'pay', 'cancel'] as const).find((one) => one === sent.text('step')) ?? 'ask';
    const payment = sent.text('payment');
    const on = dayIn(sent, `on-${payment}`);
    if (!on.ok) return on;
    const cents = readCents(sent.text('cents'), `cents-${payment}`);
    if (!cents.ok) return cents;
    const order = { command, id: payment, on: on.value, cents: cents.value };
    return goTo(await stepPayment(sent.context, idOf(sent), order), here(sent, 'ecrire'));
  }),
  demander: act('demander', async (sent) => {
    const view = await organised(sent.context, sent.params);
    const kind = sent.text('kind') === 'interim' ? 'interim' : 'final';
    const asked = { today: view.today, origin: sent.origin };
    return goTo(await askReport(sent.context, idOf(sent), kind, asked), here(sent, 'demander'));
  }),
  repondre: act('repondre', async (sent) => {
    const command =
      (['findComplete', 'validate', 'askMore'] as const).find((one) => one === sent.text('answer')) ?? 'findComplete';
    const answer = { command, reason: sent.text('reason'), origin: sent.origin };
    return goTo(await answerReport(sent.context, idOf(sent), sent.text('report'), answer), here(sent, 'repondre'));
  }),
  suite: act('suite', async (sent) => {
    const on = readDate(datePartsOf(sent.form, 'since'), 'since');
    if (!on.ok) return on;
    const next = Object.keys(nextSteps).find((one): one is keyof typeof nextSteps => one === sent.text('next'));
    if (!next) return { ok: false, error: { code: 'next_missing', field: 'next', message: 'Choisissez ce qui suit.' } };
    const said = { next, on: on.value?.toString() ?? null, words: sent.text('words') };
    return goTo(await recordPermanence(sent.context, idOf(sent), said), here(sent, 'suite'));
  }),
  recours: act('recours', async (sent) => {
    const on = dayIn(sent, 'arrived');
    if (!on.ok) return on;
    const kind: AppealKind = sent.text('kind') === 'hierarchical' ? 'hierarchical' : 'gracious';
    const said = { kind, on: on.value, text: sent.text('text') };
    return goTo(await receiveAppeal(sent.context, idOf(sent), said), here(sent, 'recours'));
  }),
  instruire: act('instruire', async (sent) => {
    const command = (['study', 'confirm', 'reform'] as const).find((one) => one === sent.text('answer')) ?? 'study';
    const said = { command, text: sent.text('answer_text') };
    return goTo(await answerAppeal(sent.context, idOf(sent), sent.text('appeal'), said), here(sent, 'instruire'));
  }),
  rattacher: act('rattacher', async (sent) => {
    const typed = sent
      .text('initiative')
      .trim()
      .replace(/^.*\/initiatives\//, '')
      .replace(/[/?#].*$/, '');
    return goTo(await linkProject(sent.context, idOf(sent), typed || sent.text('same')), here(sent, 'rattacher'));
  }),
};
