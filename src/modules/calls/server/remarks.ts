import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedText } from '#platform/text.ts';
import { type CallSection, type CallState, callSections } from '../call.ts';
import type { SectionLine } from '../section-lines.ts';
import { sectionWords } from '../section-words.ts';
import { commandCall, noSuchCall, readCall, settled } from './call-stream.ts';
import { callWords } from './call-view.ts';
import { asOne, writeSection } from './calls.ts';
import { linesNow, sectionWith, type WholeCall } from './section-now.ts';

/** The longest remark, and as long as a line of the specification for a proposal. */
const MOST = 10_000;

/** How many remarks of one person may wait for an answer in one call. */
const MOST_OPEN = 100;

/**
 * A comment on a part, or a proposal: one of its lines (`field`) said otherwise. By the organisers and by the partners whom
 * they invited. Refuses a proposal that the form of this part would not read.
 */
export const remark = (
  context: PersonContext,
  id: string,
  { section, field, text: typed }: { readonly section: string; readonly field: string; readonly text: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const part = callSections.find((one) => one === section);
    const text = typedText(typed);
    const call = part && isUuid(id) ? await readCall(inside, id) : undefined;
    if (!part || !call) return refuse(noSuchCall);
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
        ...{ call: id, section: part, field: field || null },
        ...{ text, author: actor.account, written_at: clock.now() },
        author_name: [actor.name ?? actor.email, partner?.organisation].filter(Boolean).join(', '),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    // Who may speak is asked first: a stranger learns nothing of what a part says.
    const made = await commandCall(inside, id, { command: 'remark', remark: remarked, section: part });
    if (!made.ok) return made;
    if ((await openOf(inside, id)) > MOST_OPEN) return refuse(tooManyOpen);
    if (!field) return ok(undefined);
    const whole = await callWords(inside, call);
    const read = sectionWith(inside, whole, part, { name: field, value: text });
    if (!read.ok) return refuse({ ...read.error, field: 'text' });
    const instead = lineNow(inside, whole, part, field)?.value ?? '';
    if (instead === text) return refuse(sameWords);
    await db.updateTable('call_remark').set({ instead }).where('id', '=', remarked).execute();
    return settled(made);
  });

/** How many remarks of the actor wait for an answer in a call. */
const openOf = async ({ db, actor }: PersonContext, id: string): Promise<number> => {
  const { open } = await db
    .selectFrom('call_remark')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('call', '=', id)
    .where('author', '=', actor.account)
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  return open;
};

/** `taken`: the words of a proposal are put in the call. `noted`: somebody sees to it by hand. `read`: left aside. */
export type RemarkAnswer = 'taken' | 'noted' | 'read';

/**
 * Answers a remark. A proposal is `taken` while the call is being written and while its line says what it said when it was
 * made; what it leads to obeys every rule of its part. Refused, nothing is answered, and the refusal says where to write.
 */
export const settleRemark = (
  context: PersonContext,
  id: string,
  { remark: asked, answer }: { readonly remark: string; readonly answer: RemarkAnswer },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const call = await readCall(inside, id);
    if (!call || !isUuid(asked)) return refuse(noRemark);
    const adopted = answer !== 'read';
    const found = await inside.db
      .updateTable('call_remark')
      .set({ settled_at: inside.clock.now(), adopted, applied: answer === 'taken' })
      .where('id', '=', asked)
      .where('call', '=', id)
      .where('settled_at', 'is', null)
      .returning(['section', 'field', 'instead', 'text'])
      .executeTakeFirst();
    if (!found) return refuse(noRemark);
    const answered = await commandCall(inside, id, { command: 'settleRemark', remark: asked, adopted });
    if (!answered.ok || answer !== 'taken') return settled(answered);
    const section = callSections.find((one) => one === found.section);
    if (!section || found.field === null) return refuse(noWords);
    const taken = await take(inside, id, call, { ...found, section, field: found.field });
    return taken.ok || taken.error.code === 'not_now' ? taken : refuse(byHand(section, taken.error));
  });

/** What was said of a call, oldest first; of a proposal, the line that it is about and whether it still says the same. */
export const remarksOf = async (context: Context, id: string, whole: WholeCall) => {
  const rows = await context.db
    .selectFrom('call_remark')
    .select(['id', 'section', 'field', 'instead', 'text', 'author_name', 'written_at', 'settled_at'])
    .select(['adopted', 'applied'])
    .where('call', '=', id)
    .orderBy('written_at')
    .orderBy('id')
    .execute();
  return rows.map(({ section: named, field, instead, text, ...said }) => {
    const section = callSections.find((one) => one === named) ?? 'specification';
    const now = field === null ? undefined : lineNow(context, whole, section, field);
    return {
      ...{ ...said, section, instead: saidIn(now, instead), text: saidIn(now, text) ?? text },
      proposal:
        field === null
          ? undefined
          : { label: now?.label ?? 'une ligne qui n’y est plus', changed: !sameAs(now?.value, instead) },
    };
  });
};

const lineNow = (context: Pick<Context, 'indexes'>, whole: WholeCall, section: CallSection, field: string) =>
  linesNow(context, whole, section).find(({ name }) => name === field);

/** One answer among some is kept by its code, and read by its words. */
const saidIn = (line: SectionLine | undefined, text: string | null): string | null =>
  line?.answers?.find(({ value }) => value === text)?.label ?? text;

/** Those made before proposals kept what they would replace are taken as they are. */
const sameAs = (now: string | undefined, instead: string | null): boolean =>
  now !== undefined && (instead === null || now === instead);

const take = async (
  inside: PersonContext,
  id: string,
  call: CallState,
  { section, field, instead, text }: { section: CallSection; field: string; instead: string | null; text: string },
): Promise<Result<void>> => {
  const whole = await callWords(inside, call);
  if (!sameAs(lineNow(inside, whole, section, field)?.value, instead)) return refuse(changedSince);
  const read = sectionWith(inside, whole, section, { name: field, value: text });
  if (!read.ok) return read;
  return writeSection(inside, id, read.value, { seen: call.written[section] ?? 0, motive: '' });
};

const byHand = (section: CallSection, { message, rule }: Refusal): Refusal => ({
  ...{ code: 'not_taken', ...(rule ? { rule } : {}) },
  message: `Cette proposition ne s’applique pas telle quelle. ${message} Écrivez-la dans « ${sectionWords[section]} », puis répondez « Pris en compte ».`,
});

const noText: Refusal = {
  code: 'remark_missing',
  field: 'text',
  message: 'Écrivez votre remarque, 10 000 signes au plus.',
};
const tooManyOpen: Refusal = {
  ...{ code: 'too_many_open', field: 'text' },
  message: `${MOST_OPEN} de vos remarques attendent déjà une réponse dans cet appel : laissez le temps de vous répondre.`,
};
const sameWords: Refusal = {
  code: 'same_words',
  field: 'text',
  message: 'C’est déjà ce qui est écrit : changez les mots, puis proposez.',
};
const noRemark: Refusal = { code: 'no_remark', message: 'Cette remarque a déjà reçu une réponse.' };
const noWords: Refusal = { code: 'no_words', message: 'Une remarque ne se reprend pas mot pour mot.' };
const changedSince: Refusal = {
  code: 'line_changed',
  message: 'La ligne dont elle parle a changé depuis.',
};
