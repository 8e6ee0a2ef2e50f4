import { error, redirect } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { labelView } from '#modules/professionals/server/index.ts';

/** The poster of an attestation that holds. Any other has its page only. */
export const load = async ({ params, locals, url }) => {
  const label = await labelView(locals.context, params.token);
  if (!label) error(404, 'Cette attestation n’existe pas. L’adresse est peut-être incomplète.');
  if (label.status !== 'given' || !label.holder) redirect(303, `/label/${params.token}`);
  const address = `${url.origin}/label/${params.token}`;
  return {
    name: label.holder.name,
    what: [label.holder.what, label.holder.where].filter(Boolean).join(', '),
    address,
    qr: renderSVG(address, { border: 2, ecc: 'Q' }),
  };
};
