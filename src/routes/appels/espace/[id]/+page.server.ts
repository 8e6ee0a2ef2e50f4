import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import {
  agencyWords,
  callKinds,
  callSections,
  deadlineWords,
  publishedStatuses,
  readings,
  rules,
  sectionWords,
} from '#modules/calls/index.ts';
import {
  amendCall,
  callView,
  dismissPartner,
  invitePartner,
  moveCall,
  partnersOf,
  partnerTasks,
  publicationLeaves,
  type RemarkAnswer,
  readCalendar,
  remark,
  remarksOf,
  settleRemark,
} from '#modules/calls/server/index.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { callBody } from '../../call-body.ts';
import { act, goTo, mayWrite, type Sent } from '../act.ts';
import { statusWords } from '../words.ts';
import { calendarParts } from './calendar-parts.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await callView(context, params.id);
  if (!view) error(404, 'Cet appel n’existe pas, ou n’est pas pour vous.');
  const { call, frame, texts } = view;
  const zone = call.calendar?.zone ?? view.zone;
  const dayOf = (instant: string): string =>
    formatDay('fr', Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString());
  const remarks = await remarksOf(context, params.id, view);
  return {
    ...{
      here: view.title,
      id: params.id,
      role: view.role,
      ...{ status: call.status, published: publishedStatuses.includes(call.status) },
      slug: call.slug,
      sign: callKinds[call.kind].words,
    },
    ...{ title: view.title, statusSaid: statusWords[call.status], done: url.searchParams.get('fait') },
    who: call.agencies.map((agency) => agencyWords[agency]).join(' et '),
    seen: Math.max(0, ...Object.values(call.written)),
    approvals: call.agencies.map((agency) => ({
      ...{ agency, name: agencyWords[agency], given: call.approvals.includes(agency) },
      mine: view.approvesFor.includes(agency),
    })),
    sections: callSections.map((section) => ({
      href: `/appels/espace/${params.id}/${section}`,
      title: sectionWords[section],
      detail: call.written[section] ? 'Écrit' : 'Pas encore écrit',
    })),
    closes: call.calendar ? deadlineWords(call.calendar.closesAt, zone, view.where.locative) : undefined,
    calendar: call.calendar ? calendarParts(call.calendar) : undefined,
    departures: call.departures.map(({ rule, motive, section }) => ({
      ...{ rule, section, quotation: rules[rule].quotation, motive: texts.get(motive) ?? '', reading: readings[rule] },
    })),
    leaves: await leavesOf(context, params.id, view),
    amendments: call.amendments.map(({ text, at }) => ({ on: dayOf(at), text: texts.get(text) ?? '' })),
    reason: call.reason ? texts.get(call.reason) : undefined,
    partners: view.role === 'partner' ? [] : await partnersOf(context, params.id),
    groups: frame.partners.map(({ code, title, examples }) => ({
      value: code,
      label: title,
      hint: examples.join(', '),
    })),
    tasks: Object.entries(partnerTasks).map(([value, label]) => ({ value, label })),
    body: callBody(context, view, { inside: true }),
    remarks: remarks.map(({ written_at, settled_at, section, ...said }) => ({
      ...{ ...said, settled: settled_at !== null, on: dayOf(written_at.toString()) },
      ...{ about: sectionWords[section], href: `/appels/espace/${params.id}/${section}` },
    })),
    zone,
  };
};

/** What the buttons under a remark send. */
const answers: Readonly<Record<string, RemarkAnswer>> = { reprendre: 'taken', note: 'noted' };

/** What a publication would leave aside, for whoever may publish it now. */
const leavesOf = async (
  context: PersonContext,
  id: string,
  { call, frame, role }: NonNullable<Awaited<ReturnType<typeof callView>>>,
) => {
  if (call.status !== 'submitted' || role !== 'approver') return [];
  const { rules: left, leftOut } = await publicationLeaves(context, id, call);
  const actors = frame.partners.filter(({ code }) => leftOut.includes(code)).map(({ title }) => title);
  return left.map((rule) => ({
    ...{ rule, quotation: rules[rule].quotation, reading: readings[rule] },
    actors: rule === 'R-70' ? actors : [],
  }));
};

const here = ({ params }: Sent, done: string): string => `/appels/espace/${params.id}?fait=${done}`;
const idOf = ({ params }: Sent): string => params.id ?? '';

const moving = (name: string, command: 'submit' | 'publish' | 'reopen' | 'cancel' | 'approve') =>
  act(name, async (sent) => {
    const { context, text, origin } = sent;
    const reason = text(command === 'publish' ? 'motive' : 'reason');
    const order = { command, reason, agency: text('agency'), seen: Number(text('seen')), origin };
    return goTo(await moveCall(context, idOf(sent), order), here(sent, name));
  });

export const actions = {
  relire: moving('relire', 'submit'),
  reprendre: moving('reprendre', 'reopen'),
  accord: moving('accord', 'approve'),
  publier: moving('publier', 'publish'),
  annuler: moving('annuler', 'cancel'),
  additif: act('additif', async (sent) => {
    const view = await callView(sent.context, idOf(sent));
    const calendar = readCalendar(sent.form, view?.call.calendar?.zone ?? 'Europe/Paris');
    if (!calendar.ok) return calendar;
    const said = { text: sent.text('reason'), calendar: calendar.value, origin: sent.origin };
    return goTo(await amendCall(sent.context, idOf(sent), said), here(sent, 'additif'));
  }),
  inviter: act('inviter', async (sent) => {
    const { context, form, text, origin, limits } = sent;
    const free = await mayWrite(limits, text('email'));
    if (!free.ok) return free;
    const tasks = form.getAll('tasks').map(String);
    const asked = { organisation: text('organisation'), kind: text('kind'), email: text('email'), tasks, origin };
    return goTo(await invitePartner(context, idOf(sent), asked), here(sent, 'inviter'));
  }),
  retirer: act('retirer', async (sent) =>
    goTo(await dismissPartner(sent.context, idOf(sent), sent.text('partner')), here(sent, 'retirer')),
  ),
  remarquer: act('remarquer', async (sent) => {
    const said = { section: sent.text('section'), field: '', text: sent.text('text') };
    return goTo(await remark(sent.context, idOf(sent), said), here(sent, 'remarquer'));
  }),
  repondre: act('repondre', async (sent) => {
    const answer = answers[sent.text('answer')] ?? 'read';
    const settled = await settleRemark(sent.context, idOf(sent), { remark: sent.text('remark'), answer });
    return goTo(settled, here(sent, answer === 'taken' ? 'repris' : 'repondre'));
  }),
};
