import { z } from 'zod';
import { formatDay } from '#messages/format.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { momentIn } from '../../calendar.ts';
import { readCall } from '../call-stream.ts';
import { zoneOf } from '../call-view.ts';
import { asOne } from '../calls.ts';
import { sittingOf } from './session-members.ts';
import { minutesFor, minutesPdf, minutesView, namedIn, signedWords } from './session-view.ts';
import { commandSession, noSuchSession, readSession } from './sessions.ts';
import './decision-tables.ts';

/**
 * Signs the minutes of a closed session, by the hash of what was read, and keeps the document as it is at that moment: what
 * everybody reads from then on is its bytes, whatever is written later.
 */
export const signMinutes = (context: PersonContext, id: string, sha256: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const session = await readSession(inside, id);
    if (!session) return refuse(noSuchSession);
    const done = await commandSession(inside, session.call, id, { command: 'signMinutes', sha256 });
    if (!done.ok) return done;
    await keepMinutes(inside, id);
    return ok(undefined);
  });

/** Signed minutes as they were kept; nothing before, and for who is recused from a point: theirs is another document. */
export const keptMinutes = async (context: PersonContext, call: string, id: string) => {
  const view = await minutesView(context, call, id, String);
  if (!view?.whole || !view.session.minutes) return undefined;
  return context.files.get(minutesKey(id));
};

/** The minutes that somebody’s erased account was in are kept anew: their role, no name, and the hash that was signed (I-17). */
export const keepMinutesJob = defineJob({
  name: 'calls.minutes',
  data: z.object({ session: z.uuid() }),
  purpose: 'Après l’effacement d’un compte : ôte le nom des procès-verbaux signés, et garde leur empreinte',
  handle: (context, { session }) =>
    inTransaction(context, async (inside) => {
      // Whoever is signing holds this row until their document is kept: what they made with the name is then made anew.
      await inside.db.selectFrom('call_session').select('id').where('id', '=', session).forNoKeyUpdate().execute();
      await keepMinutes(inside, session);
    }),
});

const keepMinutes = async (context: Context, id: string): Promise<void> => {
  const session = await readSession(context, id);
  const call = session && (await readCall(context, session.call));
  if (!call || !session?.minutes) return;
  const zone = call.calendar?.zone ?? zoneOf(context, call.territory);
  const say = momentIn(zone);
  const members = await sittingOf(context, session.call, namedIn(session));
  const minutes = await minutesFor(context, session, members, new Set(), say);
  const day = Temporal.Instant.from(session.minutes.at).toZonedDateTimeISO(zone).toPlainDate().toString();
  const pdf = minutesPdf(minutes, formatDay('fr', day), signedWords(session, say));
  const kept = await context.files.put(minutesKey(id), pdf, { maxBytes: MOST_BYTES });
  if (!kept.ok) throw new Error(kept.error.code);
  await context.db
    .updateTable('call_session')
    .set({ minutes_sha256: kept.value.sha256 })
    .where('id', '=', id)
    .execute();
};

/** Far more than the longest agenda makes. */
const MOST_BYTES = 50_000_000;

const minutesKey = (session: string): string => `calls/minutes/${session}.pdf`;
