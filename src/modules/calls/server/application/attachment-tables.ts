import type { Generated } from 'kysely';

/**
 * `receiving`: comes by slices. `arriving`: comes all at once, in one request that nobody else may end. `scanning`: whole, waits for the scanner. `kept`: may be downloaded. `refused`: the scanner
 * found something, its bytes are gone.
 */
export type AttachmentStatus = 'receiving' | 'arriving' | 'scanning' | 'kept' | 'refused';

declare module '#platform/server/database/database.ts' {
  interface Tables {
    /** A file joined to an application; its bytes are in the file store (`attachment-files.ts` says under which key). */
    call_attachment: {
      id: Generated<string>;
      application: string;
      /** What it answers, in the words of the call; empty for one that nobody asked for. */
      piece: string;
      name: string;
      /** Empty until it is known by what it is made of. */
      media_type: string;
      /** As announced while it comes, as received afterwards. */
      bytes: number;
      /** Lengths of the slices received, in order; none any more once they are put together and removed. */
      slices: readonly number[];
      sha256: string | null;
      status: AttachmentStatus;
      /** What the scanner said: `clean`, `none` (no scanner), or the name of what it found. */
      scan: string | null;
      added_by: string;
      added_at: Temporal.Instant;
      /** It is no longer part of the application; its bytes stay while a deposit names it. */
      left_at: Temporal.Instant | null;
    };
  }
}
