import { formatDay } from '#messages/format.ts';
import { isScope } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { Names } from '../../application/readable.ts';
import type { Frame } from '../../frame.ts';
import type { Words } from '../../section-words.ts';
import { placeOf } from '../call-view.ts';

/** The names that the applications to a call refer to. */
export const namesIn = (
  context: Pick<Context, 'indexes'>,
  { frame, form }: { readonly frame: Pick<Frame, 'axes'>; readonly form: Words<'form'> },
): Names => ({
  axis: (number) => frame.axes.find((axis) => axis.number === number)?.short ?? `Axe ${number}`,
  territory: (scope) => (isScope(scope) ? placeOf(context, scope).name : scope),
  day: (iso) => formatDay('fr', iso),
  questions: form.questions.map(({ label }) => label),
});
