import { error } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { formatDay } from '#messages/format.ts';
import { priorityTitle } from '#modules/priorities/server/index.ts';
import { labelView } from '#modules/professionals/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, url }) => {
  const label = await labelView(locals.context, params.token);
  if (!label) error(404, 'Cette attestation n’existe pas. L’adresse est peut-être incomplète.');
  const { token, status, title, text, holder, givenOn, until } = label;
  return unsent({
    ...{ token, status, title, text },
    address: `${url.origin}/label/${token}`,
    qr: renderSVG(`${url.origin}/label/${token}`, { border: 2 }),
    givenOn: givenOn ? formatDay('fr', givenOn) : undefined,
    until: until ? formatDay('fr', until) : undefined,
    holder: holder && {
      ...holder,
      contributions: holder.contributions.map(({ priority, words }) => ({
        ...{ priority, words },
        title: priorityTitle(priority),
      })),
    },
  });
};
