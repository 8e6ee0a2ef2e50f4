import { minutesView } from '#modules/calls/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

/** The minutes of a session as the page and the PDF say them, with who signed: a role, and the hash. */
export const minutesPlace = async (
  context: PersonContext,
  call: string,
  id: string,
  say: (instant: Temporal.Instant | string) => string,
) => {
  const view = await minutesView(context, call, id, say);
  if (!view) return undefined;
  const { minutes } = view.session;
  const by = minutes?.by === 'president' ? 'la présidence du jury' : 'un organisateur';
  return {
    ...view,
    signed: minutes ? `Signé par ${by} le ${say(minutes.at)}. Empreinte (SHA-256) : ${minutes.sha256}` : undefined,
  };
};
