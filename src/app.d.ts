import type { Context } from '#platform/server/context.ts';

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
    }
  }
}
