import { error, fail } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { priorityTitle } from '#modules/priorities/server/index.ts';
import { writeClaimCode } from '#modules/professionals/index.ts';
import { caseView, prepareLetter } from '#modules/professionals/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

const dayOf = (moment: Temporal.Instant): string => formatDay('fr', dayAt(moment, 'Europe/Paris').toString());

export const load = async ({ params, locals, url }) => {
  const context = requirePerson(locals.context, url);
  const found = await caseView(context, params.id, priorityTitle);
  if (!found?.letter || !found.mayDecide || found.status !== 'waiting') error(404, 'Aucune lettre n’est attendue ici.');
  return {
    here: 'La lettre',
    ...{ id: params.id, name: found.name },
    sentOn: found.letter.sentAt ? dayOf(found.letter.sentAt) : undefined,
  };
};

export const actions = {
  default: async ({ params, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const letter = await prepareLetter(context, params.id);
    if (!letter.ok) return fail(409, { message: letter.error.message });
    const { name, address, code, until } = letter.value;
    return {
      letter: {
        ...{ name, address, code: writeClaimCode(code), until: dayOf(until), today: dayOf(context.clock.now()) },
        where: `${locals.publicOrigin ?? url.origin}/professionnels/espace`,
      },
    };
  },
};
