import { createHash } from 'node:crypto';
import { type Choosing, hideLaureate, type Laureate, showLaureate } from '#modules/initiatives/server/index.ts';
import { isPriorityNumber } from '#modules/priorities/index.ts';
import { parseTerritory } from '#modules/territory/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical, type Json } from '#platform/server/journal/chain.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  type AgreedText,
  decideShowcase,
  evolveShowcase,
  noShowcase,
  remadeOf,
  type ShowcaseEvent,
  type ShowcaseOrder,
  type ShowcaseState,
  type ShowcaseText,
  showcaseSchema,
} from '../../after/showcase.ts';
import type { CallState } from '../../call.ts';
import { callOf, noSuchApplication } from '../application/application-stream.ts';
import { snapshotsOf } from '../application/snapshots.ts';
import { asOne } from '../calls.ts';
import { titleOf } from '../title.ts';
import { followed } from './agreement-stream.ts';
import { grantOf } from './grant.ts';
import { holderMailboxes } from './holder-mailboxes.ts';
import { initiativeOf, initiativesKept, keepInitiative } from './projects.ts';
import './tables.ts';

export const showcaseStream: StreamDefinition<ShowcaseState, ShowcaseEvent> = {
  name: 'call-showcase',
  initial: noShowcase,
  evolve: evolveShowcase,
  project: async ({ db, clock }, id, state) => {
    const row = { status: state.status, slug: state.slug, changed_at: clock.now(), state: JSON.stringify(state) };
    const call = await callOf({ db }, id);
    await db
      .insertInto('call_showcase')
      .values({ application: id, call, ...row })
      .onConflict((known) => known.column('application').doUpdateSet(row))
      .execute();
  },
};

/** Proposes the words by which the library will show a laureate. Its holder agrees to these very words, or not. */
export const proposeShowcase = (context: PersonContext, id: string, text: ShowcaseText): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const read = showcaseSchema.safeParse(text);
    if (!read.success) {
      const field = String(read.error.issues[0]?.path[0] ?? 'title');
      return refuse({ ...unsound, field });
    }
    const deposited = (await snapshotsOf(inside, id)).at(-1)?.content;
    const agreed: AgreedText = { ...read.data, ...(deposited ? { remade: remadeOf(deposited) } : {}) };
    const sha256 = createHash('sha256')
      .update(canonical(agreed as Json))
      .digest('hex');
    const row = await inside.db
      .insertInto('call_showcase_text')
      .values({
        ...{ application: id, content: JSON.stringify(agreed), sha256 },
        ...{ written_by: inside.actor.account, written_at: inside.clock.now() },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const done = await command(inside, id, { command: 'propose', text: { id: row.id, sha256 } });
    if (!done.ok) return done;
    await tellHolder(inside, id);
    return ok(undefined);
  });

/** The holder agrees to the words that they read. */
export const agreeToShowcase = (context: PersonContext, id: string, sha256: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const done = await command(inside, id, { command: 'agree', sha256 });
    return done.ok ? ok(undefined) : done;
  });

/** Publishes the agreed words: a new page of the library, or one more call on the page of the same project. */
export const publishShowcase = (context: PersonContext, id: string): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const found = await followed(inside, id);
    if (!found) return noSuchApplication;
    const text = await showcaseTextOf(inside, await readShowcase(inside, id));
    if (!text) return refuse(nothingAgreed);
    const known = (await initiativeOf(inside, id)) ?? undefined;
    const by = { ...(await choosing(inside, id, found.call)), reserved: await initiativesKept(inside) };
    const slug = await showLaureate(inside.db, known, laureateOf(text.content), by);
    const done = await command(inside, id, { command: 'publish', slug });
    if (!done.ok) return done;
    await keepInitiative(inside, id, slug);
    return ok(slug);
  });

/** Takes a laureate off the library: its holder takes their agreement back, or an organiser decides so. */
export const withdrawShowcase = (context: PersonContext, id: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const before = await readShowcase(inside, id);
    const done = await command(inside, id, { command: 'withdraw' });
    if (!done.ok) return done;
    if (before.status !== 'published' || before.slug === null) return ok(undefined);
    await hideLaureate(inside.db, before.slug, id);
    await showAgain(inside, before.slug);
    return ok(undefined);
  });

/** Where a showcase stands. For whoever follows the application: ask first. */
export const readShowcase = async ({ db }: Pick<Context, 'db'>, id: string): Promise<ShowcaseState> => {
  const row = await db.selectFrom('call_showcase').select('state').where('application', '=', id).executeTakeFirst();
  return row ? (row.state as ShowcaseState) : noShowcase;
};

/** The words of a showcase, with the hash that an agreement names. */
export const showcaseTextOf = async (
  { db }: Pick<Context, 'db'>,
  { text }: Pick<ShowcaseState, 'text'>,
): Promise<{ readonly content: AgreedText; readonly sha256: string } | undefined> => {
  if (!text) return undefined;
  const row = await db.selectFrom('call_showcase_text').select('content').where('id', '=', text.id).executeTakeFirst();
  return row && { content: row.content as AgreedText, sha256: text.sha256 };
};

const command = async (inside: PersonContext, id: string, order: ShowcaseOrder): Promise<Result<ShowcaseState>> => {
  const found = await followed(inside, id);
  if (!found) return noSuchApplication;
  const laureate = (await grantOf(inside, id, found.call)) !== undefined;
  return withStream(inside, showcaseStream, id, (state) =>
    decideShowcase(state, order, { role: found.role, laureate }),
  );
};

/** A page that lost the words of one call takes those of another one that still shows it. */
const showAgain = async (inside: PersonContext, slug: string): Promise<void> => {
  const other = await inside.db
    .selectFrom('call_showcase')
    .innerJoin('call', 'call.id', 'call_showcase.call')
    .select(['application', 'call_showcase.state', 'call.state as call'])
    .where('call_showcase.slug', '=', slug)
    .where('call_showcase.status', '=', 'published')
    .orderBy('call_showcase.changed_at', 'desc')
    .executeTakeFirst();
  const text = other && (await showcaseTextOf(inside, other.state as ShowcaseState));
  if (!other || !text) return;
  const by = await choosing(inside, other.application, other.call as CallState);
  await showLaureate(inside.db, slug, laureateOf(text.content), by);
};

const laureateOf = (text: ShowcaseText): Laureate => {
  const place = parseTerritory(text.place);
  return {
    ...{ title: text.title, name: text.name || undefined, holder: text.holder, summary: text.summary },
    ...{ priorities: text.priorities.filter(isPriorityNumber), regions: text.regions, departements: text.departements },
    ...{ axis: text.axis_words || undefined, proposed: text.proposed },
    place:
      place.ok && place.value.kind === 'commune'
        ? { commune: place.value.code }
        : place.ok && place.value.kind === 'epci'
          ? { epci: place.value.code }
          : undefined,
  };
};

const choosing = async (inside: PersonContext, application: string, call: CallState): Promise<Choosing> => ({
  ...{ application, kind: call.configuration ? '1000-premiers-jours' : null, title: await titleOf(inside, call) },
  ...{ path: `/appels/${call.slug}`, edition: call.frame.edition },
});

/** At most once an hour for one project, however often its text is proposed again. */
const tellHolder = async (inside: PersonContext, id: string): Promise<void> => {
  for (const member of await holderMailboxes(inside, id)) {
    await inside.mail.post({
      ...{ to: member.email, subject: 'Votre projet dans la bibliothèque des initiatives ?' },
      key: `call-showcase/${id}/${member.id}/${inside.clock.now().toString().slice(0, 13)}`,
      text: [
        ...[
          'Bonjour,',
          '',
          'Un texte vous est proposé pour faire connaître votre projet. Rien n’est publié sans votre',
        ],
        ...['accord, que vous donnez ou non depuis la page de suivi de votre candidature.'],
      ].join('\n'),
    });
  }
};

const unsound: Refusal = {
  code: 'showcase_unsound',
  message: 'Il faut un titre de 90 signes au plus, un résumé de 420 signes au plus, et au moins une priorité.',
};
const nothingAgreed: Refusal = { code: 'nothing_agreed', message: 'Aucun texte n’a reçu l’accord du porteur.' };
