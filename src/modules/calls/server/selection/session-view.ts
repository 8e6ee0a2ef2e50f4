import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { footers, sayer, taggedPdf } from '#platform/server/pdf/tagged-pdf.ts';
import { type CallState, noCall } from '../../call.ts';
import { agencyWords } from '../../call-kind.ts';
import { addAmounts } from '../../selection/allocation.ts';
import { mustLeave, votersOf } from '../../selection/decide-session.ts';
import { type Minutes, minutesOf } from '../../selection/minutes.ts';
import type { SessionState } from '../../selection/session.ts';
import { readCall, regionOf } from '../call-stream.ts';
import { placeOf } from '../call-view.ts';
import { readTexts } from '../rows.ts';
import { titleOf, wordsOf } from '../title.ts';
import { fileAccess } from './file-access.ts';
import { type Sitting, sittingOf } from './session-members.ts';
import { minutesHash, readSession, sessionRole, sessionVersion, textsOf } from './sessions.ts';

/** A session for whoever sits or runs it; of what they are recused from, the number alone. Nothing for anybody else. */
export const sessionView = async (context: PersonContext, call: string, id: string) => {
  const version = await sessionVersion(context, id);
  const session = await readSession(context, id);
  const state = await readCall(context, call);
  if (!session || !state || session.call !== call) return undefined;
  const access = await fileAccess(context, call);
  const role = sessionRole(access);
  if (!access.open || role === 'other') return undefined;
  const named = namedIn(session);
  const members = await sittingOf(context, call, named);
  const sitting = members.filter(({ left, declared }) => !left && declared);
  const files = await context.db
    .selectFrom('call_application')
    .select(['id', 'number', 'title', 'holder', 'territories', 'asked_cents'])
    .where('id', 'in', named)
    .execute();
  const choices = await wordsOf(context, state, 'choices');
  const texts = await readTexts(context, textsOf(session));
  return {
    ...{
      session,
      version,
      state,
      role,
      access,
      sitting,
      texts,
      quorum: choices.quorum,
      title: await titleOf(context, state),
    },
    runs: role === 'manager' || role === 'president',
    /** Of the points that the actor may hear about: a sum with the others would tell what they were given. */
    given: addAmounts(
      session.items.flatMap(({ application, outcome }) =>
        outcome && !access.recused.has(application) ? [outcome.amounts] : [],
      ),
    ),
    undeclared: members.filter(({ left, declared }) => !left && !declared),
    items: session.items.map((item) => {
      const file = files.find((one) => one.id === item.application);
      const hidden = access.recused.has(item.application);
      return {
        ...{ item, hidden, number: file?.number ?? 0, out: mustLeave(session, item.application, sitting) },
        ...{ voters: hidden ? [] : votersOf(item, sitting) },
        // Of a hidden point, and on the screen of the room: the number and the region, never where exactly it is.
        region: regionsOf(context, file?.territories ?? []),
        territory: hidden ? '' : territoriesOf(context, file?.territories ?? []),
        title: hidden ? '' : (file?.title ?? ''),
        holder: hidden ? '' : (file?.holder ?? ''),
        askedCents: hidden ? 0 : (file?.asked_cents ?? 0),
      };
    }),
  };
};

/** The minutes of a session, and the hash that they are signed by. For whoever runs it; not for who is recused from a point. */
export const minutesView = async (
  context: PersonContext,
  call: string,
  id: string,
  say: (instant: string) => string,
) => {
  const session = await readSession(context, id);
  const state = await readCall(context, call);
  const access = await fileAccess(context, call);
  const role = sessionRole(access);
  if (!session || !state || session.call !== call || !access.open || role === 'other') return undefined;
  const members = await sittingOf(context, call, namedIn(session));
  return {
    ...{ session, role, whole: namedIn(session).every((file) => !access.recused.has(file)) },
    minutes: await minutesFor(context, session, members, access.recused, say),
    signed: signedWords(session, say),
    hash: await minutesHash(context, call, session, members),
  };
};

/** The minutes as somebody recused from some files reads them; from none, whole. For whoever asked `fileAccess` first. */
export const minutesFor = async (
  context: Context,
  session: SessionState,
  members: readonly Sitting[],
  recused: ReadonlySet<string>,
  say: (instant: string) => string,
): Promise<Minutes> => {
  const state = (await readCall(context, session.call)) ?? noCall;
  const files = await context.db
    .selectFrom('call_application')
    .select(['id', 'number', 'title'])
    .where('id', 'in', namedIn(session))
    .execute();
  // What somebody is recused from is hidden from them here too: their own copy says that a point was held, and no more.
  return minutesOf(withoutRecused(session, recused), {
    ...{ title: await titleOf(context, state), members, texts: await readTexts(context, textsOf(session)), say },
    organisers: organisersOf(state),
    files: new Map(
      files.map((file) => [
        file.id,
        recused.has(file.id) ? { number: file.number, title: 'en déport pour vous' } : file,
      ]),
    ),
    quorum: (await wordsOf(context, state, 'choices')).quorum,
  });
};

/** Who signed the minutes of a session, and their hash; nothing before. */
export const signedWords = (
  { minutes }: Pick<SessionState, 'minutes'>,
  say: (instant: string) => string,
): string | undefined =>
  minutes
    ? `Signé par ${minutes.by === 'president' ? 'la présidence du jury' : 'un organisateur'} le ${say(minutes.at)}. Empreinte (SHA-256) : ${minutes.sha256}`
    : undefined;

/** The files on the agenda of a session. */
export const namedIn = ({ items }: Pick<SessionState, 'items'>): readonly string[] =>
  items.map(({ application }) => application);

/** The minutes as a tagged PDF. Read the stream, or destroy it. */
export const minutesPdf = (
  { title, parts }: Minutes,
  madeOn: string,
  signed: string | undefined,
): PDFKit.PDFDocument => {
  const doc = taggedPdf({ size: 'A4', margin: 56, title, subject: 'Procès-verbal de séance' });
  const whole = doc.struct('Document');
  doc.addStructure(whole);
  const say = sayer(doc, whole, 11);
  say.heading(0, title);
  for (const { heading, lines } of parts) {
    say.heading(2, heading);
    for (const line of lines) say.text(line);
  }
  if (signed) say.text(signed);
  whole.end();
  footers(doc, madeOn, 11).then(
    () => doc.end(),
    (error: Error) => doc.destroy(error),
  );
  return doc;
};

const withoutRecused = (session: SessionState, recused: ReadonlySet<string>): SessionState => ({
  ...session,
  items: session.items.map((item) =>
    recused.has(item.application) ? { ...item, present: [], out: [], outcome: null } : item,
  ),
});

const organisersOf = ({ agencies }: CallState): string => agencies.map((agency) => agencyWords[agency]).join(' et ');

/** The regions of some territories: « Bretagne ». */
const regionsOf = (context: PersonContext, scopes: readonly string[]): string =>
  [...new Set(scopes.flatMap((scope) => regionOf(context, scope as CallState['territory']) ?? []))]
    .map((region) => placeOf(context, `region:${region}`).name)
    .join(', ');

const territoriesOf = (context: PersonContext, scopes: readonly string[]): string => {
  const [first, ...others] = scopes;
  if (!first) return '';
  const name = placeOf(context, first as CallState['territory']).name;
  return others.length === 0 ? name : `${name} et ${others.length} ${others.length > 1 ? 'autres' : 'autre'}`;
};
