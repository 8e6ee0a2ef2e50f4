import type { Context } from '#platform/server/context.ts';
import { readCall } from '../call-stream.ts';
import { standingsOf } from '../selection/standings.ts';
import { titleOf } from '../title.ts';
import { applicationRow } from './application-stream.ts';
import '../tables.ts';

/**
 * Writes to the members of the jury to whom an application was given, and to whom an opinion on it is awaited, that it is
 * withdrawn: in the transaction of what happened. The message names no file, and whoever is recused from it learns nothing (I-6).
 */
export const tellEvaluators = async (context: Context, id: string, origin: string | undefined): Promise<void> => {
  const row = await applicationRow(context, id);
  const call = row && (await readCall(context, row.call));
  if (!row || !call) return;
  const people = await standingsOf(context, row.call);
  const asked = [...(await evaluatorsOf(context, id)), ...(await expertsOf(context, id))];
  const told = asked.filter(({ juror, account }) => {
    const person = people.find((one) => (juror ? one.juror === juror : one.account === account));
    return !person?.hidden(id);
  });
  const title = await titleOf(context, call);
  for (const { email, what, page } of told)
    await context.mail.post({
      ...{ to: email, subject: 'Une candidature est retirée', key: `call-withdrawn/${id}/${page}/${email}` },
      text: [
        ...['Bonjour,', '', `${what} : son porteur la retire. Vous n’avez plus rien à faire pour elle.`, ''],
        ...[`Appel : ${title}`, '', `${origin ?? ''}/appels/espace/${row.call}/${page}`],
      ].join('\n'),
    });
};

interface Asked {
  readonly juror: string | undefined;
  readonly account: string | null;
  readonly email: string;
  readonly what: string;
  /** Where they read what is left to do. */
  readonly page: string;
}

const evaluatorsOf = async ({ db }: Context, application: string): Promise<readonly Asked[]> => {
  const rows = await db
    .selectFrom('call_evaluation')
    .innerJoin('call_juror', 'call_juror.id', 'call_evaluation.juror')
    .select(['call_juror.id', 'call_juror.email'])
    .where('application', '=', application)
    .where('status', 'in', ['todo', 'submitted', 'reopened'])
    .where('left_at', 'is', null)
    .where('email', '!=', '')
    .orderBy('email')
    .execute();
  const what = 'Une candidature vous était confiée pour cet appel à projets';
  return rows.map(({ id, email }) => ({ juror: id, account: null, email, what, page: 'evaluations' }));
};

const expertsOf = async ({ db, clock }: Context, application: string): Promise<readonly Asked[]> => {
  const rows = await db
    .selectFrom('call_opinion')
    .leftJoin('account', 'account.email', 'call_opinion.email')
    .select(['call_opinion.id', 'call_opinion.email', 'account.id as account'])
    .where('application', '=', application)
    .where('call_opinion.status', 'in', ['asked', 'accepted'])
    .where('due', '>', clock.now())
    .orderBy('call_opinion.email')
    .execute();
  const what = 'Votre avis était demandé sur une candidature à cet appel à projets';
  return rows.map(({ id, ...row }) => ({ ...row, juror: undefined, what, page: `jury/avis/${id}` }));
};
