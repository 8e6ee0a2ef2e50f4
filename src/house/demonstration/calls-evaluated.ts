import { assignFiles, evaluationView, submitEvaluation } from '#modules/calls/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { must } from './actors.ts';
import { SITE } from './register.ts';

/** Files given to somebody of the jury, by whoever instructs. */
export const assign = async (
  who: PersonContext,
  call: string,
  juror: string,
  files: readonly string[],
): Promise<void> => {
  must(
    await assignFiles(
      who,
      call,
      files.map((application) => ({ application, juror })),
      SITE,
    ),
  );
};

/** What somebody says of a file that was given to them: a sentence for each criterion of the grid. */
export const evaluate = async (who: PersonContext, call: string, file: string, words: readonly string[]) => {
  const own = (await evaluationView(who, call, file))?.own;
  if (!own) throw new Error('this file was given to somebody else');
  const criteria = words.map((one) => ({ points: null, words: one }));
  must(await submitEvaluation(who, own.id, { criteria, conclusion: 'À discuter en séance.' }));
};
