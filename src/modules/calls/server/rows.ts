import { readEmail } from '#platform/email.ts';
import { type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { oneLine, typedText } from '#platform/text.ts';
import './tables.ts';

/** The longest motive, and the longest name. */
const MOST = { text: 2_000, name: 120 } as const;

/** Keeps a text that the journal will name by its id. Nothing for an empty one; refuses one that is too long. */
export const keepText = async (
  { db, clock, actor }: PersonContext,
  typed: string,
  field: string,
): Promise<Result<string | undefined>> => {
  const text = typedText(typed);
  if (text === '') return { ok: true, value: undefined };
  if (text.length > MOST.text) return refuse(tooLong(field, MOST.text));
  const { id } = await db
    .insertInto('call_text')
    .values({ text, written_by: actor.account, written_at: clock.now() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { ok: true, value: id };
};

/** Texts by their ids. */
export const readTexts = async (
  { db }: Pick<Context, 'db'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('call_text')
    .select(['id', 'text'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, text }) => [id, text]));
};

/** Somebody to write to: a director, a referent. */
export interface Contact {
  readonly name: string;
  readonly job: string;
  readonly email: string;
  readonly phone: string;
}

/** Reads a contact of a form: `referent_name`, `referent_job`, `referent_email`, `referent_phone`. Nothing without a name. */
export const readContact = (form: FormData, prefix: string): Result<Contact | undefined> => {
  const of = (name: string): string => oneLine(String(form.get(`${prefix}_${name}`) ?? ''));
  const contact = { name: of('name'), job: of('job'), email: of('email'), phone: of('phone') };
  const long = (['name', 'job', 'phone'] as const).find((name) => contact[name].length > MOST.name);
  if (long) return refuse(tooLong(`${prefix}_${long}`, MOST.name));
  if (contact.name === '') return { ok: true, value: undefined };
  const email = readEmail(contact.email);
  if (!email) return refuse({ ...noEmail, field: `${prefix}_email` });
  return { ok: true, value: { ...contact, email } };
};

/** Keeps a contact; its id is what the journal knows. */
export const keepContact = async ({ db }: Context, contact: Contact | undefined): Promise<string | undefined> => {
  if (!contact) return undefined;
  const kept = await db.insertInto('call_contact').values(contact).returning('id').executeTakeFirstOrThrow();
  return kept.id;
};

/** A contact by its id. */
export const contactOf = async ({ db }: Pick<Context, 'db'>, id: string | null): Promise<Contact | undefined> =>
  id === null
    ? undefined
    : db.selectFrom('call_contact').select(['name', 'job', 'email', 'phone']).where('id', '=', id).executeTakeFirst();

/** Forgets contacts that no longer serve. */
export const forgetContacts = async ({ db }: Context, ids: readonly (string | null)[]): Promise<void> => {
  const gone = ids.filter((id) => id !== null);
  if (gone.length > 0) await db.deleteFrom('call_contact').where('id', 'in', gone).execute();
};

const tooLong = (field: string, most: number): Refusal => ({
  code: 'too_long',
  field,
  message: `C’est trop long : ${most} caractères au plus.`,
});
const noEmail: Refusal = {
  code: 'email_unreadable',
  message: 'Il manque quelque chose à cette adresse. Exemple : prenom.nom@ars.exemple.fr',
};
