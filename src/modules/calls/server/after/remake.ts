import { catalogue } from '#modules/initiatives/server/index.ts';
import { type Listed, listedNamed, listedOfSiren } from '#modules/professionals/server/index.ts';
import { type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { ShowcaseState } from '../../after/showcase.ts';
import type { ApplicationPart, PartContent } from '../../application/content.ts';
import type { CallState } from '../../call.ts';
import { startApplication } from '../application/start.ts';
import { writePart } from '../application/write-part.ts';
import { noSuchCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { frameOf } from '../frames.ts';
import { titleOf } from '../title.ts';
import { showcaseTextOf } from './showcases.ts';
import './tables.ts';

/** The laureate that an initiative of the library shows; nothing for those that come from documents alone. */
const laureateOf = async ({ db }: Pick<Context, 'db'>, slug: string) =>
  db
    .selectFrom('call_showcase')
    .innerJoin('call_application', 'call_application.id', 'call_showcase.application')
    .innerJoin('call', 'call.id', 'call_showcase.call')
    .select(['call_application.id', 'call_application.siren', 'call.state', 'call_showcase.state as showcase'])
    .where('call_showcase.slug', '=', slug)
    .where('call_showcase.status', '=', 'published')
    .orderBy('call_showcase.changed_at', 'desc')
    .executeTakeFirst();

/**
 * Who to write to about an initiative. `sure`: its holder, known by the SIREN of the application that it comes from. Else the
 * structures registered under its name where it is (`named`): for whoever writes to say which one it is, if any. No contact
 * is made up, and no e-mail shown: the relay carries the message.
 */
export const holderOf = async (
  context: Context,
  slug: string,
): Promise<{ readonly sure: Listed | undefined; readonly named: readonly Listed[] }> => {
  const laureate = await laureateOf(context, slug);
  const initiative = catalogue(context).bySlug.get(slug)?.initiative;
  const sure = laureate && (await listedOfSiren(context, laureate.siren));
  if (sure || laureate || !initiative) return { sure, named: [] };
  return { sure, named: await listedNamed(context, initiative.departements, initiative.holder) };
};

/** The calls where an application may be started now, the next to close first. */
export const openCalls = async (context: Context) => {
  const now = context.clock.now();
  const rows = await context.db
    .selectFrom('call')
    .select(['id', 'state', 'closes_at'])
    .where('status', '=', 'published')
    .where('opens_at', '<=', now)
    .where('closes_at', '>', now)
    .orderBy('closes_at')
    .orderBy('id')
    .limit(100)
    .execute();
  return Promise.all(
    rows.map(async ({ id, state }) => ({
      ...{ id, call: state as CallState, frame: frameOf((state as CallState).frame) },
      title: await titleOf(context, state as CallState),
    })),
  );
};

/**
 * Starts a draft in an open call from an initiative: its axes, its audience and its indicators when it was an application, with
 * no figure of its own taken for ours. An initiative of the documents says its priorities alone: then `axes` are those that
 * the person chose, of what was proposed or not. Where it comes from is kept. Returns the id of the draft.
 */
export const remake = (
  context: PersonContext,
  slug: string,
  call: string,
  axes: readonly number[] = [],
): Promise<Result<string>> =>
  asOne(context, async (inside) => {
    const entry = catalogue(inside).bySlug.get(slug);
    if (!entry) return refuse(noSuchInitiative);
    const target = (await openCalls(inside)).find((one) => one.id === call);
    if (!target) return refuse(noSuchCall);
    const started = await startApplication(inside, call, { kind: 'full' });
    if (!started.ok) return started;
    const { title, holder } = entry.initiative;
    await inside.db
      .insertInto('call_application_source')
      .values({ application: started.value, initiative: slug, title, holder })
      .execute();
    const parts = await partsFrom(inside, slug, target.call, axes);
    for (const { part, content } of parts) {
      const written = await writePart(inside, started.value, part, content, { seen: 0 });
      if (!written.ok) return written;
    }
    return started;
  });

/** What a draft was started from; nothing for most. For whoever may read the draft: ask first. */
export const sourceOfDraft = ({ db }: Pick<Context, 'db'>, application: string) =>
  db
    .selectFrom('call_application_source')
    .select(['initiative', 'title', 'holder'])
    .where('application', '=', application)
    .executeTakeFirst();

type Prefilled =
  | { readonly part: 'axes'; readonly content: PartContent<'axes'> }
  | { readonly part: 'audience'; readonly content: PartContent<'audience'> }
  | { readonly part: 'indicators'; readonly content: PartContent<'indicators'> };

/**
 * What the holder agreed that others take up, and nothing else. Axes only where the call has the same: those of another edition may bear the same number
 * and another meaning.
 */
const partsFrom = async (
  context: PersonContext,
  slug: string,
  call: CallState,
  chosen: readonly number[],
): Promise<readonly (Prefilled & { readonly part: ApplicationPart })[]> => {
  const laureate = await laureateOf(context, slug);
  /** Each once, however many times it was sent. */
  const ofCall = (some: readonly number[]): number[] => call.axes.filter((axis) => some.includes(axis));
  const kept = ofCall(chosen);
  if (!laureate) return kept.length > 0 ? [{ part: 'axes', content: { axes: kept, words: '' } }] : [];
  const text = laureate && (await showcaseTextOf(context, laureate.showcase as ShowcaseState));
  const remade = text?.content.remade;
  if (!remade) return [];
  const same = (laureate.state as CallState).frame.edition === call.frame.edition;
  const axes = same ? ofCall(remade.axes) : [];
  return [
    ...(axes.length > 0 ? [{ part: 'axes' as const, content: { axes, words: '' } }] : []),
    { part: 'audience', content: { words: remade.audience, families: '', stages: [...remade.stages] } },
    {
      part: 'indicators',
      content: {
        indicators: remade.indicators.map((one) => ({
          ...{ ...one, id: crypto.randomUUID(), axis: one.axis !== null && axes.includes(one.axis) ? one.axis : null },
          ...{ baseline: null, target: null, due: '' },
        })),
      },
    },
  ];
};

const noSuchInitiative: Refusal = { code: 'no_such_initiative', message: 'Cette initiative n’existe pas, ou plus.' };
