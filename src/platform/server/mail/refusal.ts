/** What a mail server answered, as the mailer or a notification tells it. */
export interface ServerAnswer {
  /** `550` */
  readonly code: number;
  /** `5.1.1` (RFC 3463), when the server says one. */
  readonly enhanced: string | undefined;
  /** Whether it answered about the recipient, and not about us or the message. */
  readonly aboutRecipient: boolean;
}

/**
 * Whether nobody reads an address any more. RFC 3463: 5.1.1 to 5.1.3, 5.1.6 and 5.1.10 say that the address leads nowhere, 5.2.1
 * that the mailbox is closed, 5.4.4 that its domain receives no mail. A full mailbox (5.2.2), a policy or a suspicion (5.7)
 * say nothing of who reads it. Without such a code, only the plain refusals of a recipient count (RFC 5321 §4.2.3).
 */
export const leadsNowhere = ({ code, enhanced, aboutRecipient }: ServerAnswer): boolean =>
  enhanced === undefined
    ? aboutRecipient && (code === 550 || code === 551 || code === 553)
    : /^5\.(1\.(1|2|3|6|10)|2\.1|4\.4)$/.test(enhanced);
