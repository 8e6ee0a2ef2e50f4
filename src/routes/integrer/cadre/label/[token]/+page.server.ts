import { error } from '@sveltejs/kit';
import { labelView } from '#modules/professionals/server/index.ts';

export const load = async ({ params, locals, url, setHeaders }) => {
  const label = await labelView(locals.context, params.token);
  if (!label) error(404, 'Cette attestation n’existe pas.');
  setHeaders({ 'cache-control': 'public, max-age=3600' });
  return {
    ...{ token: params.token, status: label.status, title: label.title },
    name: label.holder?.name,
    what: label.holder ? [label.holder.what, label.holder.where].filter(Boolean).join(', ') : '',
    address: `${url.origin}/label/${params.token}`,
  };
};
