import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { kindOf } from '../../call-kind.ts';
import { isSettled, missingGroups } from '../../selection/jury.ts';
import { readCall } from '../call-stream.ts';
import { roleFor } from '../call-view.ts';
import { partnersOf } from '../partners.ts';
import { readTexts } from '../rows.ts';
import { titleOf, wordsOf } from '../title.ts';
import { presidesOver } from './declare-interests.ts';
import { fileAccess } from './file-access.ts';
import { groupsOf, juryOf, sittingRow } from './jury.ts';
import { type Standing, standingsOf } from './standings.ts';

/**
 * The jury of a call, for its organisers and its members: who sits, in what quality, what each answered; the actors
 * recommended of whom nobody sits; the roll of recusals on the files that the actor may read. Nothing for anybody else.
 */
export const juryView = async (context: PersonContext, id: string) => {
  const call = await readCall(context, id);
  if (!call) return undefined;
  const role = await roleFor(context, id, call);
  const own = await sittingRow(context, id);
  const organises = role === 'approver' || role === 'writer';
  if (!organises && !own) return undefined;
  const { db } = context;
  const [jury, people, title, choices] = [
    await juryOf(context, id),
    await standingsOf(context, id),
    await titleOf(context, call),
    await wordsOf(context, call, 'choices'),
  ];
  const groups = groupsOf(call);
  const missing = missingGroups(
    jury,
    groups.map(({ code }) => code),
  );
  const emails = await db
    .selectFrom('call_juror')
    .select(['id', 'email', 'partner_group'])
    .where('call', '=', id)
    .execute();
  const texts = await readTexts(
    context,
    [jury.body, jury.settled?.motive].filter((text) => typeof text === 'string'),
  );
  const sitting = new Set(emails.map(({ email }) => email));
  return {
    ...{
      title,
      call,
      organises,
      presides: own !== undefined && own.id === jury.president,
      own: own?.id,
      groups,
      missing,
      framed: kindOf(call.kind).framed,
    },
    members: people.flatMap((one) => {
      const row = emails.find(({ id: known }) => known === one.juror);
      return one.juror && row
        ? [{ ...pick(one), id: one.juror, group: row.partner_group, email: organises ? row.email : '' }]
        : [];
    }),
    body: texts.get(jury.body ?? ''),
    settled: isSettled(
      jury,
      groups.map(({ code }) => code),
    ),
    motive: texts.get(jury.settled?.motive ?? ''),
    leftOut: groups.filter(({ code }) => jury.settled?.leftOut.includes(code)).map((group) => group.title),
    // Whoever writes the call with the organisers may sit too: proposed, never put there.
    proposed: organises ? (await partnersOf(context, id)).filter(({ email }) => !sitting.has(email)) : [],
    quorum: choices.quorum ?? '',
    voters: choices.voters ?? '',
    recusals: await recusalsSeen(context, id, people),
  };
};

/** The roll of recusals on the files that the actor may read, and whether they may give each back. */
const recusalsSeen = async (context: PersonContext, call: string, people: readonly Standing[]) => {
  const access = await fileAccess(context, call);
  if (
    !access.open ||
    (access.role !== 'instructor' && access.role !== 'president' && !(await isDelegate(context, call)))
  )
    return [];
  const files = await context.db
    .selectFrom('call_application')
    .select(['id', 'number', 'holder'])
    .where('call', '=', call)
    .where('deposited_at', 'is not', null)
    .$if(access.recused.size > 0, (query) => query.where('id', 'not in', [...access.recused]))
    .orderBy('number')
    .execute();
  const roll = [];
  for (const file of files)
    for (const { interest, account, name, state, found, hidden } of people) {
      if (!hidden(file.id) || !interest || account === context.actor.account) continue;
      const stand = state.files[file.id];
      const automatic = found.some((one) => one.application === file.id && one.automatic);
      if (stand?.stand !== 'recused' && !automatic) continue;
      roll.push({ ...file, application: file.id, interest, name, kind: stand?.kind ?? null, automatic });
    }
  const may = new Map<string, boolean>();
  for (const { application } of roll)
    if (!may.has(application)) may.set(application, await presidesOver(context, call, application));
  return roll.map((line) => ({ ...line, lifts: may.get(line.application) ?? false }));
};

const isDelegate = async (context: PersonContext, call: string): Promise<boolean> => {
  const own = await sittingRow(context, call);
  return own !== undefined && (await juryOf(context, call)).delegate === own.id;
};

const pick = ({ name, organisation, quality, voice, sits, presides, delegate, state }: Standing) => ({
  ...{ name, organisation, quality, voice, sits, presides, delegate, declared: state.status },
});
