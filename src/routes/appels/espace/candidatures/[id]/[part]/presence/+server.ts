import { json } from '@sveltejs/kit';
import { clockWords } from '#modules/calls/index.ts';
import { ownFile, readPart, sayHere } from '#modules/calls/server/index.ts';
import { fieldsSaid, partOf } from '../part-data.ts';

/** Says that the part is open here; answers who else has it open, and the version that stands with its fields. */
export const POST = async ({ params, locals }) => {
  const { actor, ...rest } = locals.context;
  if (actor.kind !== 'person') return json({}, { status: 401 });
  const context = { ...rest, actor };
  const file = await ownFile(context, params.id);
  const part = file && partOf(file, params.part);
  if (!part) return json({}, { status: 404 });
  const others = await sayHere(context, params.id, part);
  const { version, content, by, at } = await readPart(context, params.id, part);
  const zone = file.words.call.calendar?.zone ?? file.words.zone;
  return json({
    ...{ others: others ?? [], version, by: by ?? '', at: at ? clockWords(at, zone, context.clock.now()) : '' },
    fields: fieldsSaid(context, part, content),
  });
};
