import { json } from '@sveltejs/kit';
import { readForm } from '#platform/server/http/form.ts';
import { keepPart } from '../keep-part.ts';

/** What the script of the page keeps as it is typed: the answer says what became of it, in words. */
export const POST = async ({ params, request, locals }) => {
  const { context } = locals;
  const { actor } = context;
  if (actor.kind !== 'person') return json({ state: 'signed-out' }, { status: 401 });
  const form = await readForm(request);
  // Names to add are not guessed while they are typed.
  const adding = form?.get('add');
  form?.delete('add');
  const kept = form && (await keepPart({ ...context, actor }, params.id, params.part, form));
  if (!kept) return json({ state: 'gone' }, { status: 404 });
  const troubles = [...kept.troubles, ...(adding ? [toAdd] : [])];
  return json({ ...kept, troubles }, { status: kept.state === 'kept' ? 200 : kept.state === 'conflict' ? 409 : 400 });
};

const toAdd = { code: 'to_add', field: 'add', message: 'touchez « Ajouter » pour ajouter ces lieux.' };
