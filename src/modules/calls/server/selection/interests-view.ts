import { sql } from 'kysely';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { noCall } from '../../call.ts';
import { kindOf } from '../../call-kind.ts';
import { type Found, isHidden, noInterest, unanswered } from '../../selection/interests.ts';
import { readCall } from '../call-stream.ts';
import { readTexts } from '../rows.ts';
import { ownPlaceIn, type SelectionPlace, tiesOf } from './file-access.ts';
import { foundFor } from './found.ts';
import { interestOf } from './interest-stream.ts';

/** All that is shown of a file before interests are declared: who carries it, and with whom. One must know it to answer. */
export interface NamedFile {
  readonly application: string;
  readonly holder: string;
  readonly partners: readonly string[];
}

/**
 * The files about which the actor answers, by holder: names of the holder and of the partners, and nothing else. Those
 * from which they are recused are not there any more. An expert is shown the only ones they are asked about.
 */
export const namedFiles = async (context: PersonContext, call: string): Promise<readonly NamedFile[]> => {
  const place = await ownPlaceIn(context, call);
  return place ? namedFor(context, call, place) : [];
};

const namedFor = async (context: PersonContext, call: string, place: SelectionPlace): Promise<readonly NamedFile[]> => {
  const { db, actor } = context;
  const interest = (await interestOf(context, call, actor.account))?.state;
  const rows = await db
    .selectFrom('call_application')
    .innerJoin('call_snapshot', 'call_snapshot.application', 'call_application.id')
    .select(['call_application.id as application', 'holder'])
    .select(sql<string[]>`jsonb_path_query_array(content, '$.partners.partners[*].name')`.as('partners'))
    .distinctOn('call_application.id')
    .where('call_application.call', '=', call)
    .where('status', 'not in', ['draft', 'withdrawn', 'lapsed', 'converted'])
    .orderBy('call_application.id')
    .orderBy('call_snapshot.number', 'desc')
    .execute();
  const asked = place.role === 'expert' ? await askedOf(context, call) : undefined;
  return rows
    .filter(({ application }) => interest?.files[application]?.stand !== 'recused')
    .filter(({ application }) => !asked || asked.has(application))
    .sort((a, b) => a.holder.localeCompare(b.holder, 'fr') || (a.application < b.application ? -1 : 1));
};

const askedOf = async ({ db, actor }: PersonContext, call: string): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('call_opinion')
    .select('application')
    .where('call', '=', call)
    .where('email', '=', actor.email)
    .where('status', 'in', ['asked', 'accepted', 'given'])
    .execute();
  return new Set(rows.map(({ application }) => application));
};

/** What the actor declared for a call, and what waits for their answer. Nothing without a part in its selection. */
export const interestsView = async (context: PersonContext, call: string) => {
  const place = await ownPlaceIn(context, call);
  if (!place) return undefined;
  const interest = await interestOf(context, call, context.actor.account);
  const state = interest?.state ?? noInterest;
  const found = await foundFor(context, call, await tiesOf(context, place, interest?.sirens ?? []));
  const byFile = new Map<string, Found>(found.map((one) => [one.application, one]));
  const automatic = found.filter((one) => one.automatic && isHidden(state.files[one.application], one));
  const named = (await namedFor(context, call, place)).filter(
    ({ application }) => !automatic.some((one) => one.application === application),
  );
  const holderOf = new Map(named.map((one) => [one.application, one.holder]));
  const files = Object.entries(state.files);
  const texts = await readTexts(
    context,
    files.flatMap(([, { reason }]) => (reason ? [reason] : [])),
  );
  return {
    framed: kindOf((await readCall(context, call))?.kind ?? noCall.kind).framed,
    ...{ role: place.role, status: state.status, answer: state.answer, sirens: interest?.sirens ?? [], named },
    toAnswer: unanswered(state, found).flatMap((one) => {
      const holder = holderOf.get(one.application);
      return holder === undefined ? [] : [{ ...one, holder }];
    }),
    // A recusal is told by what the person said of it: the file itself is not named any more.
    recusals: files
      .filter(([application, { stand }]) => stand === 'recused' && !byFile.get(application)?.automatic)
      .map(([, { kind, reason }]) => ({ kind, reason: reason ? texts.get(reason) : undefined })),
    automatic: automatic.length,
    links: files
      .filter(([application, { stand }]) => stand !== 'recused' && holderOf.has(application))
      .map(([application, { stand, kind, reason }]) => ({
        ...{ application, holder: holderOf.get(application) ?? '', stand, kind },
        reason: reason ? texts.get(reason) : undefined,
      })),
  };
};

/** The calls in whose selection the actor has a part by their mailbox, for their cover page. */
export const ownSelections = async ({ db, actor }: PersonContext) => {
  const sits = db
    .selectFrom('call_juror')
    .select(['call', sql<'jury' | 'opinion'>`'jury'`.as('as')])
    .where('email', '=', actor.email)
    .where('left_at', 'is', null);
  const asked = db
    .selectFrom('call_opinion')
    .select(['call', sql<'jury' | 'opinion'>`'opinion'`.as('as')])
    .where('email', '=', actor.email)
    .where('status', 'in', ['asked', 'accepted', 'given']);
  return sits.union(asked).orderBy('call').orderBy('as').execute();
};
