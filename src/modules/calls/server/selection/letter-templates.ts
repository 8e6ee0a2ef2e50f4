import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import type { CallState } from '../../call.ts';
import { type IssueCode, issueCodes } from '../../selection/decision.ts';
import { defaultTemplates, type LetterTemplate, readTemplate } from '../../selection/letter.ts';
import { noSuchCall, readCall, roleNow } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { wordsOf } from '../title.ts';
import { fileAccess } from './file-access.ts';
import './decision-tables.ts';

const APPEAL = 'appeal';

/** The templates of a call: those that its organisers wrote, else ours. */
export const templatesOf = async (
  { db }: Pick<Context, 'db'>,
  call: string,
): Promise<Readonly<Record<IssueCode, LetterTemplate & { readonly own: boolean }>>> => {
  const rows = await db.selectFrom('call_letter_template').selectAll().where('call', '=', call).execute();
  return Object.fromEntries(
    issueCodes.map((issue) => {
      const written = rows.find((row) => row.issue === issue);
      const { subject, text } = written ?? defaultTemplates[issue];
      return [issue, { subject, text, own: written !== undefined }];
    }),
  ) as Record<IssueCode, LetterTemplate & { own: boolean }>;
};

/** How and until when one may appeal: as the call says, else as its organisers wrote since. Empty: not written. */
export const appealTermsOf = async ({ db }: Pick<Context, 'db'>, id: string, call: CallState): Promise<string> => {
  const since = await db
    .selectFrom('call_letter_template')
    .select('text')
    .where('call', '=', id)
    .where('issue', '=', APPEAL)
    .executeTakeFirst();
  return (since?.text ?? (await wordsOf({ db }, call, 'choices')).appeal_terms ?? '').trim();
};

/** Writes the template of an issue, or the terms of appeal (`appeal`). */
export const writeTemplate = (
  context: PersonContext,
  call: string,
  issue: string,
  typed: LetterTemplate,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const state = await readCall(inside, call);
    if (!state) return refuse(noSuchCall);
    const { role } = await roleNow(inside, state, call);
    const access = await fileAccess(inside, call);
    if (!access.open || (role !== 'approver' && role !== 'writer')) return refuse(noSuchCall);
    const known = issueCodes.find((code) => code === issue);
    const read = known ? readTemplate(known, typed) : appealOf(issue, typed);
    if (!read.ok) return read;
    const row = { ...read.value, written_by: inside.actor.account, written_at: inside.clock.now() };
    await inside.db
      .insertInto('call_letter_template')
      .values({ call, issue, ...row })
      .onConflict((before) => before.columns(['call', 'issue']).doUpdateSet(row))
      .execute();
    return ok(undefined);
  });

const appealOf = (issue: string, { text }: LetterTemplate): Result<LetterTemplate> => {
  const typed = typedText(text);
  if (issue !== APPEAL || typed === '') return refuse(noText);
  return typed.length > 4_000
    ? refuse({ ...noText, message: 'C’est trop long : 4 000 caractères au plus.' })
    : ok({ subject: '', text: typed });
};

const noText: Refusal = { code: 'words_missing', field: 'text', message: 'Écrivez les voies et délais de recours.' };
