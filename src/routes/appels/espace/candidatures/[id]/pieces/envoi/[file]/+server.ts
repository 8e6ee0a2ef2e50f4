import { json } from '@sveltejs/kit';
import { attachmentProgress, attachmentRules, receiveSlice } from '#modules/calls/server/index.ts';
import { refusedJson } from '../refused-json.ts';

/** Where the file stands: `{ received, whole }`. What came before a cut or a death of the server is still there. */
export const GET = async ({ locals, params }) => {
  const { context } = locals;
  const { actor } = context;
  if (actor.kind !== 'person') return signedOut();
  const file = { application: params.id, id: params.file };
  const state = await attachmentProgress({ ...context, actor }, file, attachmentRules(locals.settings));
  return state.ok ? json(state.value) : refusedJson(state.error);
};

/**
 * The next slice, its bytes as they are, with `Content-Range: bytes 0-262143/1000000`. Answers as GET; 409 when it is not
 * the next one. The last one ends the file.
 */
export const PUT = async ({ request, locals, params }) => {
  const { context } = locals;
  const { actor } = context;
  if (actor.kind !== 'person') return signedOut();
  const [, from] = /^bytes (\d{1,12})-\d{1,12}\/\d{1,12}$/.exec(request.headers.get('content-range') ?? '') ?? [];
  if (from === undefined) return json({ message: 'Il manque où commence ce morceau.' }, { status: 400 });
  const slice = { offset: Number(from), content: await request.bytes() };
  const file = { application: params.id, id: params.file };
  const state = await receiveSlice({ ...context, actor }, file, slice, attachmentRules(locals.settings));
  return state.ok ? json(state.value) : refusedJson(state.error);
};

const signedOut = () => json({ message: 'Votre connexion a pris fin.' }, { status: 401 });
