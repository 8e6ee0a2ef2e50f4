/** One mailbox: `Mairie de Brest <contact@mairie.example>` or `contact@mairie.example`. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

const addressOnly = '[^\\s<>@,;:"()\\\\\\p{Cc}]+@[^\\s<>@,;:"()\\\\\\p{Cc}]+';
const mailbox = new RegExp(
  `^(?:(?<name>[^<>@,;:"\\\\\\p{Cc}]*?) ?<(?<boxed>${addressOnly})>|(?<bare>${addressOnly}))$`,
  'u',
);

/**
 * Reads one mailbox. Returns nothing for anything else: two addresses, a line break, a group, a comment. So a text
 * that came from a form can neither add a recipient nor a header.
 */
export const readMailbox = (text: string): Mailbox | undefined => {
  const groups = mailbox.exec(text)?.groups;
  const address = groups?.boxed ?? groups?.bare;
  return address === undefined ? undefined : { name: groups?.name ?? '', address };
};
