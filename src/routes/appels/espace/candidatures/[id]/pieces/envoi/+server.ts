import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { announceAttachment, attachmentRules } from '#modules/calls/server/index.ts';
import { refusedJson } from './refused-json.ts';

const announced = z.object({
  piece: z.string().max(300),
  name: z.string().min(1).max(300),
  bytes: z.number().int().positive(),
});

/**
 * A file is announced, then sent by slices: `POST { piece, name, bytes }` answers `{ id, received }`, the same `id` for the
 * same file that this person did not finish. See `[file]/+server.ts` for the slices.
 */
export const POST = async ({ request, locals, params }) => {
  const { context } = locals;
  const { actor } = context;
  if (actor.kind !== 'person') return json({ message: 'Votre connexion a pris fin.' }, { status: 401 });
  const read = announced.safeParse(await request.json().catch(() => undefined));
  if (!read.success) return json({ message: 'Ce fichier ne peut pas être envoyé ainsi.' }, { status: 400 });
  const begun = await announceAttachment({ ...context, actor }, params.id, read.data, attachmentRules(locals.settings));
  return begun.ok ? json(begun.value, { status: 201 }) : refusedJson(begun.error);
};
