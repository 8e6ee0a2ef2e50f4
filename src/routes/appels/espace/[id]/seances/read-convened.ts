import { readMoment, selectionPlace } from '#modules/calls/server/index.ts';
import type { Sent } from '../../act.ts';

/** What a form says of a session: the day and the hour, as the clock of the call says them, the place, the files. */
export const readConvened = async ({ context, params, form, text, origin }: Sent) => {
  const place = await selectionPlace(context, params.id ?? '');
  const at = readMoment(form, 'at', place?.zone ?? 'Europe/Paris');
  if (!at.ok) return at;
  const agenda = form.getAll('agenda').map(String);
  return {
    ok: true as const,
    value: { at: Temporal.Instant.from(at.value), place: text('place'), agenda, origin },
  };
};
