import type { ApplicationContent } from './content.ts';

/** A piece as it was deposited: by its name and its hash. */
export type FrozenPiece = {
  readonly id: string;
  /** What it answers, in the words of the call; empty for one that nobody asked for. */
  readonly piece: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
};

/** All that a deposit or a completion froze: the parts, the pieces, and the hash of the form that was answered. */
export type SnapshotContent = ApplicationContent & {
  readonly attachments: readonly FrozenPiece[];
  readonly form: string | null;
};
