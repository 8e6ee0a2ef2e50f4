import type { House } from '#house/house.ts';
import type { Context } from '#platform/server/context.ts';
import type { Settings } from '#platform/server/settings.ts';

declare global {
  namespace App {
    interface Error {
      /** Stable word for the kind of trouble. */
      code?: string;
      /** What a person may quote when they write to us. */
      requestId?: string;
    }
    interface Locals {
      context: Context;
      requestId: string;
      /** When the request was received, before it waited for anything: what a deadline is judged by. */
      receivedAt: Temporal.Instant;
      settings: Settings;
      /** For the pages of the operator only: jobs, outbox, readiness. */
      house: House;
      /** The request comes from the machine itself, through loopback: for a trial, and for whoever runs the site. */
      atMachine: boolean;
      /**
       * Address of the site for links in messages, when it is sure: what a request says of itself could lead the reader of
       * a message to another site.
       */
      publicOrigin: string | undefined;
      site: { quickExitUrl: string };
      /** A form came after the session had ended: the page keeps what it says, rather than send to sign in without it. */
      sessionEnded?: true;
    }
  }
}
