import { error } from '@sveltejs/kit';
import { badgePng, labelView } from '#modules/professionals/server/index.ts';

export const GET = async ({ params, locals }) => {
  const label = await labelView(locals.context, params.token);
  if (!label) error(404, 'Cette attestation n’existe pas.');
  return new Response(await badgePng(label.status), {
    headers: { 'content-type': 'image/png', 'cache-control': 'public, max-age=3600' },
  });
};
