import { fail } from '@sveltejs/kit';
import type { Meant } from '#modules/territory/index.ts';
import type { Refusal } from '#platform/result.ts';

/** An action that was refused: which one, why, what had been typed, and the territories among which to choose. */
export const refused = (
  action: string,
  refusal: Refusal,
  typed: Readonly<Record<string, string>> = {},
  choices: readonly Meant[] = [],
) => fail(refusal.code === 'not_allowed' ? 403 : 400, { action, refusal, typed, choices });

/** A field of a form as a text, cut where nobody writes by hand. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, 20_000) : '';
};
