import type { ColumnType, Generated } from 'kysely';
import type { Scope } from '#platform/permissions.ts';

declare module '#platform/server/database/database.ts' {
  interface Tables {
    /** A local network, which is also the identity's organisation of the same id: its members are memberships. */
    network: {
      id: Generated<string>;
      name: string;
      purpose: string;
      territory: Scope;
      created_by: string;
      created_at: Temporal.Instant;
    };
    /** Who asks to join, until somebody answers. */
    network_request: { network: string; account: string; words: string; created_at: Temporal.Instant };
    /** What was said at a meeting, for the members. */
    network_note: {
      id: Generated<string>;
      network: string;
      met_on: ColumnType<Temporal.PlainDate, string, string>;
      title: string;
      text: string;
      author: string;
      written_at: Temporal.Instant;
    };
    /** Two, or the members of a network, who write to one another without seeing an address. */
    relay_thread: {
      id: Generated<string>;
      writer: string;
      /** The registration in whose name the first message is written; nothing for an agent, or for a member of a network. */
      writer_as: string | null;
      registration: string | null;
      network: string | null;
      last_at: Temporal.Instant;
    };
    relay_message: {
      id: Generated<string>;
      thread: string;
      author: string;
      /** As the receivers read it at the time. */
      author_name: string;
      /** Nothing once it is no longer needed. */
      text: string | null;
      sent_at: Temporal.Instant;
      reported_at: Temporal.Instant | null;
      settled_at: Temporal.Instant | null;
    };
    /** One message in one mailbox. The token of its link is only known there. */
    relay_delivery: { token_hash: string; message: string; account: string };
    /** Who receives nothing any more by the relay. */
    relay_refusal: { account: string; since: Temporal.Instant };
    /** Who receives nothing any more from one person. */
    relay_block: { account: string; blocked: string; since: Temporal.Instant };
    /** Who may no longer write, as moderators decided. */
    relay_ban: { account: string; since: Temporal.Instant; by: string; scope: Scope };
  }
}
