import { json } from '@sveltejs/kit';
import { readForm } from '#platform/server/http/form.ts';
import { keepPart } from '../keep-part.ts';

/** What the script of the page keeps as it is typed: the answer says what became of it, in words. */
export const POST = async ({ params, request, locals }) => {
  const { context } = locals;
  const { actor } = context;
  if (actor.kind !== 'person') return json({ state: 'signed-out' }, { status: 401 });
  const form = await readForm(request);
  const kept = form && (await keepPart({ ...context, actor }, params.id, params.part, form));
  if (!kept) return json({ state: 'gone' }, { status: 404 });
  return json(kept, { status: kept.state === 'kept' ? 200 : kept.state === 'conflict' ? 409 : 400 });
};
