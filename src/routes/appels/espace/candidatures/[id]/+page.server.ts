import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import {
  applicationParts,
  type DepositPlace,
  deadlineWords,
  letterParts,
  partTitles,
  rules,
} from '#modules/calls/index.ts';
import {
  completionsOf,
  dismissMember,
  handOver,
  inviteMember,
  leaveFile,
  membersOf,
  memberWords,
  ownFile,
  sourceOfDraft,
  whatIsMissing,
} from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo, mayWrite, type Sent } from '../../act.ts';
import { fileWords, kindWords } from '../words.ts';
import { askedWords } from './asked.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const file = await ownFile(context, params.id);
  if (!file) error(404, 'Cette candidature n’existe pas, ou n’est pas ouverte à votre adresse.');
  const { row, role, words, versions } = file;
  const { call, where, title } = words;
  const living = row.status === 'draft' || row.status === 'incomplete';
  const missing = living ? await whatIsMissing(context, params.id) : [];
  const parts = applicationParts.filter((part) =>
    row.kind === 'intent'
      ? letterParts.some((one) => one === part)
      : part !== 'questions' || words.form.questions.length > 0,
  );
  const asked = (await completionsOf(context, params.id)).find(({ id }) => id === row.state.completion?.id);
  const saidOf = (part: DepositPlace): string => {
    const lacks = missing.filter((one) => one.part === part).length;
    if (asked?.parts.every((open) => open !== part)) return 'Déposé';
    if (lacks > 0) return lacks === 1 ? 'Il manque une réponse' : `Il manque ${lacks} réponses`;
    if (asked) return 'À compléter';
    return part !== 'attachments' && part !== 'call' && versions[part] === 0 ? 'Pas encore écrit' : 'Complet';
  };
  return {
    ...{
      id: params.id,
      here: row.title || 'Candidature',
      trail: [{ href: '/appels/espace/candidatures', label: 'Mes candidatures' }],
    },
    ...{ title: row.title || 'Sans titre pour l’instant', role, status: row.status, statusSaid: fileWords[row.status] },
    ...{ kind: row.kind, kindSaid: kindWords[row.kind], number: row.number, holder: row.holder },
    ...{ call: title, slug: call.slug, deposited: row.deposited_at !== null, living },
    done: url.searchParams.get('fait'),
    source: await sourceOfDraft(context, params.id),
    asked:
      asked &&
      askedWords(asked, {
        zone: call.calendar?.zone ?? 'Europe/Paris',
        place: where.locative,
        now: context.clock.now(),
      }),
    lapsedUntil:
      row.status === 'lapsed' &&
      formatDay('fr', dayAt(row.changed_at.add({ hours: 720 }), call.calendar?.zone ?? 'Europe/Paris').toString()),
    // Past it, or once deposited, another date may be what counts: it would mislead.
    closes:
      row.status === 'draft' &&
      call.status !== 'cancelled' &&
      call.calendar &&
      deadlineWords(call.calendar.closesAt, call.calendar.zone, where.locative),
    parts: [...parts, ...(row.kind === 'full' ? (['attachments'] as const) : [])].map((part) => ({
      href: `/appels/espace/candidatures/${params.id}/${part === 'attachments' ? 'pieces' : part}`,
      ...{ title: partTitles[part], detail: saidOf(part) },
    })),
    missing: missing.map(({ part, message, rule, field }) => ({
      href:
        part === 'call'
          ? undefined
          : `/appels/espace/candidatures/${params.id}/${part === 'attachments' ? 'pieces' : part}#${field ?? ''}`,
      ...{ message, rule, part: part === 'call' ? 'L’appel' : partTitles[part] },
    })),
    eligibility: call.configuration ? rules['R-52'].quotation : undefined,
    members: (await membersOf(context, params.id)).map(({ id, email, role: held }) => ({
      ...{ id, email, role: held, said: memberWords[held], me: email === context.actor.email },
    })),
  };
};

const here = ({ params }: Sent, done: string): string => `/appels/espace/candidatures/${params.id}?fait=${done}`;
const idOf = ({ params }: Sent): string => params.id ?? '';

export const actions = {
  inviter: act('inviter', async (sent) => {
    const { context, text, origin, limits } = sent;
    const free = await mayWrite(limits, text('email'));
    if (!free.ok) return free;
    const asked = { email: text('email'), role: text('role'), origin };
    return goTo(await inviteMember(context, idOf(sent), asked), here(sent, 'inviter'));
  }),
  retirer: act('retirer', async (sent) =>
    goTo(await dismissMember(sent.context, idOf(sent), sent.text('member')), here(sent, 'retirer')),
  ),
  remettre: act('remettre', async (sent) => {
    const asked = { member: sent.text('member'), origin: sent.origin };
    return goTo(await handOver(sent.context, idOf(sent), asked), here(sent, 'remettre'));
  }),
  quitter: act('quitter', async (sent) =>
    goTo(await leaveFile(sent.context, idOf(sent)), '/appels/espace/candidatures'),
  ),
};
