import { timedCalendar } from '#platform/calendar-file.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { loadStream } from '#platform/server/journal/stream.ts';
import { deadlineWords } from '../../calendar.ts';
import { readCall } from '../call-stream.ts';
import { placeOf, zoneOf } from '../call-view.ts';
import { readTexts } from '../rows.ts';
import { titleOf } from '../title.ts';
import { ownPlaceIn } from './file-access.ts';
import { readSession, sessionStream } from './sessions.ts';
import './tables.ts';

type What = 'convened' | 'moved' | 'agenda' | 'cancelled';

/**
 * Writes to every member of a jury that a session is convened, changed or cancelled: when, where, and no file, since some are
 * recused from some. In the transaction of what happened; one message for each version of the session.
 */
export const tellJurors = async (
  context: PersonContext,
  id: string,
  { what, origin }: { readonly what: What; readonly origin: string | undefined },
): Promise<void> => {
  const { state, version } = await loadStream(context, sessionStream, id);
  const call = await readCall(context, state.call);
  if (!call) return;
  const texts = await readTexts(
    context,
    [state.place, state.reason].filter((text) => typeof text === 'string'),
  );
  const zone = call.calendar?.zone ?? zoneOf(context, call.territory);
  const space = `${origin ?? ''}/appels/espace/${state.call}/seances`;
  const at = deadlineWords(state.at, zone, placeOf(context, call.territory).locative);
  const text = [
    ...['Bonjour,', '', ...lines(what, at), ''],
    ...(state.reason ? [`Motif : ${texts.get(state.reason) ?? ''}`] : []),
    ...(what !== 'cancelled' && state.place ? [`Lieu : ${texts.get(state.place) ?? ''}`] : []),
    ...[`Appel : ${await titleOf(context, call)}`, ''],
    ...(what === 'cancelled'
      ? ['Pour l’ôter de votre agenda :']
      : ['Son ordre du jour, une fois vos intérêts déclarés :', space, '', 'Pour la mettre à votre agenda :']),
    `${space}/${id}/seance.ics`,
  ].join('\n');
  const people = await context.db
    .selectFrom('call_juror')
    .select(['id', 'email'])
    .where('call', '=', state.call)
    .where('left_at', 'is', null)
    .where('email', '!=', '')
    .orderBy('id')
    .execute();
  for (const { id: juror, email } of people)
    await context.mail.post({
      to: email,
      subject: subjects[what],
      text,
      key: `call-session/${id}/${version}/${juror}`,
    });
};

const subjects: Readonly<Record<What, string>> = {
  convened: 'Une séance du jury est convoquée',
  moved: 'La séance du jury change de date, d’heure ou de lieu',
  agenda: 'L’ordre du jour de la séance du jury change',
  cancelled: 'La séance du jury est annulée',
};

const lines = (what: What, at: string): readonly string[] => {
  if (what === 'convened') return [`Une séance du jury se tiendra le ${at}.`];
  if (what === 'moved') return [`La séance du jury se tiendra désormais le ${at}.`];
  if (what === 'agenda') return [`L’ordre du jour de la séance a changé. Elle se tient le ${at}.`];
  return [`La séance du jury n’aura pas lieu. Elle était prévue le ${at}.`];
};

/** A session as a calendar to keep, for who sits or organises, declared or not: when and where, no file. Nothing for anybody else. */
export const sessionCalendar = async (
  context: PersonContext,
  call: string,
  id: string,
  origin: string,
): Promise<string | undefined> => {
  const place = await ownPlaceIn(context, call);
  const session = await readSession(context, id);
  const state = await readCall(context, call);
  if (!place || place.role === 'expert' || !state || session?.call !== call) return undefined;
  const where = session.place ? (await readTexts(context, [session.place])).get(session.place) : undefined;
  const url = `${origin}/appels/espace/${call}/seances`;
  const event = {
    ...{ uid: `seance-${id}@mille-jours`, start: Temporal.Instant.from(session.at), minutes: 0, url },
    ...{ title: 'Séance du jury', text: await titleOf(context, state), cancelled: session.status === 'cancelled' },
    ...(where ? { place: where } : {}),
  };
  return timedCalendar([event], context.clock.now());
};
