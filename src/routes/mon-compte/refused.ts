import { fail } from '@sveltejs/kit';
import type { Refusal } from '#platform/result.ts';

/** An action that was refused: which one, why, and what had been typed. */
export const refused = (action: string, refusal: Refusal, typed: Readonly<Record<string, string>> = {}) =>
  fail(refusal.code === 'not_allowed' ? 403 : 400, { action, refusal, typed });

/** A field of a form as a text, cut where nobody writes by hand. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, 20_000) : '';
};
