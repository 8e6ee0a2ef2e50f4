import { error } from '@sveltejs/kit';
import { badgeSvg } from '#modules/professionals/index.ts';
import { labelView } from '#modules/professionals/server/index.ts';

export const GET = async ({ params, locals }) => {
  const label = await labelView(locals.context, params.token);
  if (!label) error(404, 'Cette attestation n’existe pas.');
  return new Response(badgeSvg(label.status), {
    headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
};
