import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type Evaluator, shareOut } from '../../selection/share-out.ts';
import { evaluatedFiles } from './evaluation-views.ts';
import { fileAccess } from './file-access.ts';
import { standingsOf } from './standings.ts';
import './tables.ts';

/** Files proposed at once: what a person can read over before they confirm. The others come once these are given. */
const FILES_AT_ONCE = 100;

/**
 * A proposal to share files out, `each` evaluators a file; recusals and what is given already are kept in mind. The first
 * files that lack evaluators, a hundred at most; `later`: how many come afterwards.
 */
export const proposedShares = async (context: PersonContext, call: string, each: number) => {
  const none = { shares: [], later: 0 };
  const access = await fileAccess(context, call);
  if (!access.open || (access.role !== 'instructor' && access.role !== 'president')) return none;
  const people = new Map(
    (await standingsOf(context, call)).flatMap((one) =>
      one.juror && one.sits && one.state.status === 'declared' ? [[one.juror, one] as const] : [],
    ),
  );
  const rows = await context.db
    .selectFrom('call_evaluation')
    .select(['application', 'juror', 'status'])
    .where('call', '=', call)
    .where('status', '!=', 'unassigned')
    .execute();
  const declined = new Set(
    rows.filter(({ status }) => status === 'declined').map(({ application, juror }) => `${application} ${juror}`),
  );
  const given = new Map<string, string[]>();
  const load = new Map<string, number>();
  for (const { application, juror, status } of rows) {
    if (status === 'declined') continue;
    given.set(application, [...(given.get(application) ?? []), juror]);
    load.set(juror, (load.get(juror) ?? 0) + 1);
  }
  const files = await evaluatedFiles(context, call, access, ['admissible', 'evaluating'])
    .select(['id', 'number', 'title'])
    .orderBy('number')
    .execute();
  const mayRead = (juror: string, file: string): boolean =>
    !(people.get(juror)?.hidden(file) ?? true) && !declined.has(`${file} ${juror}`);
  const lacking = files.filter(({ id }) => {
    const held = given.get(id) ?? [];
    return held.length < each && [...people.keys()].some((juror) => mayRead(juror, id) && !held.includes(juror));
  });
  const now = lacking.slice(0, FILES_AT_ONCE);
  const evaluators: Evaluator[] = [...people.keys()].map((juror) => ({ juror, load: load.get(juror) ?? 0 }));
  const shares = shareOut(
    now.map(({ id }) => ({ id, given: given.get(id) ?? [] })),
    ...([evaluators, mayRead, each] as const),
  );
  return {
    shares: shares.flatMap(({ file, jurors }, at) => {
      const of = now[at];
      const names = jurors.map((juror) => ({ juror, name: people.get(juror)?.name ?? '' }));
      return of && names.length > 0 ? [{ id: file, number: of.number, title: of.title, jurors: names }] : [];
    }),
    later: lacking.length - now.length,
  };
};
