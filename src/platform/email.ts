import type { Refusal } from './result.ts';

/** Longest address that mail servers carry (RFC 5321, 4.5.3.1.3). */
const longest = 254;

/**
 * Reads the one e-mail address that somebody typed, in the form in which two are compared: small letters, the domain as
 * the network writes it. Nothing for anything else: two addresses, a name, a line break.
 */
export const readEmail = (typed: string): string | undefined => {
  const [, local, domain] =
    /^([^\s<>@,;:"()[\]\\\p{Cc}]{1,64})@([^\s<>@,;:"()[\]\\/?#%\p{Cc}]+)$/u.exec(typed.trim()) ?? [];
  if (local === undefined || domain === undefined || !URL.canParse(`http://${domain}`)) return undefined;
  const host = new URL(`http://${domain}`).hostname;
  // A domain has a name and an ending that is no number: an address of the network alone is nobody's mailbox.
  if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(host)) return undefined;
  const email = `${local.normalize('NFC').toLowerCase()}@${host}`;
  return email.length <= longest ? email : undefined;
};

/** The mailbox behind an address, whatever its label: `lune+2@…` and `lune@…` are read by one person. */
export const mailboxOf = (email: string): string => email.replace(/\+[^@]*(?=@)/, '');

/** The same, of a column of a table. Indexes of tables are on these very words. */
export const MAILBOX_OF_EMAIL = `regexp_replace(email, '\\+[^@]*@', '@')`;

/** Said to whoever typed something else than one address, in the field `email`. */
export const unreadableEmail: Refusal = {
  code: 'email_unreadable',
  field: 'email',
  message: 'Il manque quelque chose à cette adresse. Exemple : prenom@exemple.fr',
};
