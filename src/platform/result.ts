/** The outcome of a rule that may say no. A refusal is a value; an exception is a bug. */
export type Result<T, E = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/**
 * Why something was not done, said once for the page, the API and the test.
 * `code` is stable and in English; `message` is the French sentence for the person.
 */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Name of the form field or query parameter at fault. */
  readonly field?: string;
  /** The official text a rule comes from, with its short quotation. */
  readonly rule?: { readonly reference: string; readonly quotation: string };
}

/** A success. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

/** A refusal. */
export const refuse = <E>(error: E): Result<never, E> => ({ ok: false, error });
