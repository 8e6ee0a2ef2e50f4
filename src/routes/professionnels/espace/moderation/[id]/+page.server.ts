import { error, fail, redirect } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { priorityTitle } from '#modules/priorities/server/index.ts';
import { attestationWords } from '#modules/professionals/index.ts';
import { caseView, commandAttestationOf, decideOnCase, undoCase } from '#modules/professionals/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { readForm } from '#platform/server/http/form.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { caseWords } from '../../../words.ts';

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const found = await caseView(context, params.id, priorityTitle);
  if (!found) error(404, 'Cette proposition n’existe pas, ou elle concerne un autre territoire.');
  const { kind, status, name, lines, words, reason, mayDecide, createdAt, author } = found;
  return {
    here: name,
    ...{ id: params.id, name, lines, words, reason, author },
    kind: caseWords.kinds[kind],
    state: caseWords.states[status],
    on: formatDay('fr', dayAt(createdAt, 'Europe/Paris').toString()),
    open: mayDecide && (status === 'waiting' || status === 'published'),
    visible: status === 'published',
    // What is still to be read is refused rather than taken back.
    undoable:
      mayDecide && ((kind === 'duplicate' && status === 'published') || (undoWords[kind] && status === 'accepted'))
        ? undoWords[kind]
        : undefined,
    letter: mayDecide && status === 'waiting' && found.letter ? { sent: found.letter.sentAt !== null } : undefined,
    reasonAsked: kind === 'claim' && status === 'waiting',
    attestation:
      found.attestation && mayDecide
        ? { title: attestationWords[found.attestation.status].title, status: found.attestation.status }
        : undefined,
  };
};

const undoWords: Readonly<Partial<Record<string, string>>> = {
  duplicate: 'Séparer de nouveau les deux fiches',
  claim: 'Retirer la fiche à cette équipe',
};

export const actions = {
  decider: async ({ params, request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    const command = form?.get('decision');
    if (!form || (command !== 'accept' && command !== 'refuse'))
      return fail(400, { message: 'Choisissez une réponse.', reason: '' });
    const reason = String(form.get('reason') ?? '');
    const decided = await decideOnCase(context, params.id, { command, reason }, locals.publicOrigin);
    if (!decided.ok)
      return fail(decided.error.code === 'not_allowed' ? 403 : 409, { message: decided.error.message, reason });
    redirect(303, '/professionnels/espace/moderation');
  },
  reprendre: async ({ params, request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const reason = String((await readForm(request))?.get('reason') ?? '');
    const undone = await undoCase(context, params.id, reason);
    if (!undone.ok) return fail(409, { message: undone.error.message, reason });
    redirect(303, `/professionnels/espace/moderation/${params.id}`);
  },
  attestation: async ({ params, request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const [form, found] = [await readForm(request), await caseView(context, params.id, priorityTitle)];
    const command = (['dispute', 'clear', 'withdraw'] as const).find((known) => known === form?.get('command'));
    if (!form || !command || !found?.attestation) return fail(400, { message: 'Choisissez une réponse.', reason: '' });
    const reason = String(form.get('reason') ?? '');
    const done = await commandAttestationOf(context, found.attestation.registration, command, reason);
    if (!done.ok) return fail(409, { message: done.error.message, reason });
    redirect(303, `/professionnels/espace/moderation/${params.id}`);
  },
};
