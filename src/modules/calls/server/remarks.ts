import { isUuid } from '#platform/ids.ts';
import { type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { callSections } from '../call.ts';
import { specificationFields } from '../section-words.ts';
import { commandCall, noSuchCall, readCall, settled } from './call-stream.ts';
import { asOne, keepWords } from './calls.ts';
import { wordsOf } from './title.ts';

/** The longest remark, and as long as a line of the specification for a proposal. */
const MOST = 10_000;

/**
 * A comment on a part, or a proposal: other words for one line of the specification. By the organisers and by the
 * partners whom they invited.
 */
export const remark = (
  context: PersonContext,
  id: string,
  { section, field, text: typed }: { readonly section: string; readonly field: string; readonly text: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const part = callSections.find((one) => one === section);
    const text = typedText(typed);
    if (!part || !isUuid(id) || (await readCall(inside, id)) === undefined) return refuse(noSuchCall);
    if (text === '' || text.length > MOST) return refuse(noText);
    const { actor, clock, db } = inside;
    const partner = await db
      .selectFrom('call_partner')
      .select('organisation')
      .where('call', '=', id)
      .where('email', '=', actor.email)
      .executeTakeFirst();
    const { id: remarked } = await db
      .insertInto('call_remark')
      .values({
        ...{ call: id, section: part, field: part === 'specification' && field in specificationFields ? field : null },
        ...{ text, author: actor.account, written_at: clock.now() },
        author_name: [actor.name ?? actor.email, partner?.organisation].filter(Boolean).join(', '),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return settled(await commandCall(inside, id, { command: 'remark', remark: remarked, section: part }));
  });

/**
 * Answers a remark. An adopted proposal replaces the line of the specification that it is about, while the call is being
 * written.
 */
export const settleRemark = (
  context: PersonContext,
  id: string,
  { remark: asked, adopted, seen }: { readonly remark: string; readonly adopted: boolean; readonly seen: number },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const call = await readCall(inside, id);
    if (!call || !isUuid(asked)) return refuse(noRemark);
    const found = await inside.db
      .updateTable('call_remark')
      .set({ settled_at: inside.clock.now(), adopted })
      .where('id', '=', asked)
      .where('call', '=', id)
      .where('settled_at', 'is', null)
      .returning(['field', 'text'])
      .executeTakeFirst();
    if (!found) return refuse(noRemark);
    const answered = await commandCall(inside, id, { command: 'settleRemark', remark: asked, adopted });
    if (!answered.ok || !adopted || found.field === null) return settled(answered);
    const words = { ...(await wordsOf(inside, call, 'specification')), [found.field]: found.text };
    const kept = await keepWords(inside, id, 'specification', words);
    if (!kept.ok) return kept;
    const order = { command: 'write', section: 'specification', seen, leftOut: [], ...kept.value } as const;
    return settled(await commandCall(inside, id, order));
  });

/** What was said of a call, oldest first. */
export const remarksOf = ({ db }: Pick<Context, 'db'>, id: string) =>
  db
    .selectFrom('call_remark')
    .select(['id', 'section', 'field', 'text', 'author_name', 'written_at', 'settled_at', 'adopted'])
    .where('call', '=', id)
    .orderBy('written_at')
    .orderBy('id')
    .execute();

const noText: Refusal = {
  code: 'remark_missing',
  field: 'text',
  message: 'Écrivez votre remarque, 10 000 signes au plus.',
};
const noRemark: Refusal = { code: 'no_remark', message: 'Cette remarque a déjà reçu une réponse.' };
