import { json } from '@sveltejs/kit';
import { count, readTaps } from '#modules/houses/server/index.ts';

/** The touches that a welcome desk kept on its device. Each answer in the order of what was sent. */
export const POST = async ({ params, request, locals }) => {
  const { context } = locals;
  const { actor } = context;
  if (actor.kind !== 'person') return json({}, { status: 401 });
  const taps = readTaps(await request.json().catch(() => undefined));
  if (!taps) return json({}, { status: 400 });
  const counted = await count({ ...context, actor }, params.id, taps);
  return counted.ok ? json({ outcomes: counted.value }) : json({}, { status: 403 });
};
