import { clockWords, readPartForm } from '#modules/calls/index.ts';
import { ownFile, type PartConflict, writePart } from '#modules/calls/server/index.ts';
import type { Refusal } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { differenceWith, fieldsSaid, partOf, settingOf } from './part-data.ts';

/**
 * Keeps what a form says of a part. `kept`: with what could not be read, field by field (those kept what they were).
 * `conflict`: somebody else wrote meanwhile, nothing was changed, and both texts are there. Nothing for whoever is not of
 * the file.
 */
export const keepPart = async (context: PersonContext, id: string, code: string, form: FormData) => {
  const file = await ownFile(context, id);
  const part = file && partOf(file, code);
  if (!part) return undefined;
  const zone = file.words.call.calendar?.zone ?? file.words.zone;
  const at = (instant: string): string => clockWords(instant, zone, context.clock.now());
  const read = readPartForm(part, form, file.content[part], settingOf(context, file));
  const written = await writePart(context, id, part, read.content, { seen: Number(form.get('seen')) });
  if (written.ok) {
    const { version } = written.value;
    return {
      ...{ state: 'kept' as const, version, said: `Enregistré ${at(written.value.at)}.` },
      ...{ troubles: read.troubles, choices: read.choices ?? [], left: read.left ?? '' },
      ...{ content: read.content, fields: fieldsSaid(context, part, read.content) },
    };
  }
  if (!isConflict(written.error))
    return { state: 'refused' as const, troubles: [written.error], choices: read.choices ?? [] };
  const { theirs } = written.error;
  return {
    ...{ state: 'conflict' as const, version: theirs.version, by: theirs.by ?? '', content: theirs.content },
    ...{ said: theirs.at ? at(theirs.at) : '', troubles: [], choices: [] },
    lines: differenceWith(context, file, part, read.content, theirs.content),
  };
};

const isConflict = (refusal: Refusal): refusal is PartConflict => 'theirs' in refusal;
