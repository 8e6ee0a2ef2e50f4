import { error } from '@sveltejs/kit';
import { FEW_VOICES, jurorQualities, linkKinds, rules, voices } from '#modules/calls/index.ts';
import {
  inviteJuror,
  juryView,
  leaveJury,
  liftRecusal,
  nameInJury,
  pointToBody,
  replaceJuror,
  settleJury,
} from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { act, goTo, mayWrite, type Sent } from '../../act.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const view = await juryView(context, params.id);
  if (!view) error(404, 'Cet appel n’existe pas, ou vous n’êtes pas de son jury.');
  const { members, organises, groups } = view;
  return {
    ...{ id: params.id, title: view.title, here: 'Le jury', done: url.searchParams.get('fait'), few: FEW_VOICES },
    trail: organises ? [{ href: `/appels/espace/${params.id}`, label: 'L’appel' }] : [],
    ...{ organises, presides: view.presides, own: view.own, settled: view.settled, motive: view.motive },
    ...{ body: view.body ?? '', leftOut: view.leftOut, quorum: view.quorum, voters: view.voters },
    members: members.map(({ quality, voice, group, declared, ...member }) => ({
      ...{ ...member, declared, quality: quality ? jurorQualities[quality] : '', voice: voice ? voices[voice] : '' },
      group: groups.find(({ code }) => code === group)?.title,
    })),
    missing: groups
      .filter(({ code }) => view.missing.includes(code))
      .map(({ title, examples }) => ({ title, examples: examples.join(', ') })),
    proposed: view.proposed.map(({ organisation, email }) => ({ organisation, email })),
    recusals: view.recusals.map(({ kind, ...line }) => ({ ...line, kind: kind ? linkKinds[kind] : '' })),
    qualities: Object.entries(jurorQualities).map(([value, label]) => ({ value, label })),
    voices: Object.entries(voices).map(([value, label]) => ({ value, label })),
    groups: groups.map(({ code, title, examples }) => ({ value: code, label: title, hint: examples.join(', ') })),
    advice: groups.length > 0 ? rules['R-70'].quotation : '',
    // What the national instruction says, of the calls that it frames.
    texts: view.framed
      ? { existing: rules['R-76'].quotation, choice: rules['R-77'].quotation, vigilance: rules['R-75'].quotation }
      : undefined,
  };
};

const idOf = ({ params }: Sent): string => params.id ?? '';
const here = (sent: Sent, done: string): string => `/appels/espace/${idOf(sent)}/jury?fait=${done}`;

const invited = ({ text, origin }: Sent) => ({
  ...{ name: text('name'), email: text('email'), organisation: text('organisation'), siren: text('siren') },
  ...{ represents: text('represents'), quality: text('quality'), voice: text('voice'), group: text('group'), origin },
});

export const actions = {
  inviter: act('inviter', async (sent) => {
    const free = await mayWrite(sent.limits, sent.text('email'));
    if (!free.ok) return free;
    const member = sent.text('member');
    const done = member
      ? await replaceJuror(sent.context, idOf(sent), member, invited(sent))
      : await inviteJuror(sent.context, idOf(sent), invited(sent));
    return goTo(done, here(sent, member ? 'remplacer' : 'inviter'));
  }),
  retirer: act('retirer', async (sent) => {
    const left = await leaveJury(sent.context, idOf(sent), sent.text('member'));
    return goTo(left, sent.text('own') === 'yes' ? '/appels/espace?fait=jury-quitte' : here(sent, 'retirer'));
  }),
  presider: act('presider', async (sent) =>
    goTo(await nameInJury(sent.context, idOf(sent), 'preside', sent.text('member')), here(sent, 'presider')),
  ),
  deleguer: act('deleguer', async (sent) =>
    goTo(await nameInJury(sent.context, idOf(sent), 'delegate', sent.text('member')), here(sent, 'deleguer')),
  ),
  instance: act('instance', async (sent) =>
    goTo(await pointToBody(sent.context, idOf(sent), sent.text('body')), here(sent, 'instance')),
  ),
  arreter: act('arreter', async (sent) =>
    goTo(await settleJury(sent.context, idOf(sent), sent.text('motive')), here(sent, 'arreter')),
  ),
  lever: act('lever', async (sent) => {
    const { text } = sent;
    const lifted = { interest: text('interest'), application: text('application'), reason: text('reason') };
    return goTo(await liftRecusal(sent.context, idOf(sent), lifted), here(sent, 'lever'));
  }),
};
