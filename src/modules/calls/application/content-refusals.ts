import type { z } from 'zod';
import type { Refusal } from '#platform/result.ts';
import { byRule } from '../rule.ts';

/** Why a part is not kept. Those of a call in the national frame show the rule they come from. */
export const axesOutside = (framed: boolean): Refusal => {
  const refusal: Refusal = {
    code: 'axes_not_of_call',
    field: 'axes',
    message: 'Choisissez parmi les axes de cet appel.',
  };
  return framed ? byRule('R-50', refusal) : refusal;
};

/** `names`: those that are outside, when they were typed. */
export const territoriesOutside = (framed: boolean, names: readonly string[] = []): Refusal => {
  const refusal: Refusal = {
    code: 'outside_territory',
    field: 'territories',
    message:
      names.length > 0
        ? `Hors du territoire de l’appel : ${names.slice(0, 5).join(', ').slice(0, 200)}${names.length > 5 ? '…' : ''}.`
        : 'Un territoire du projet est hors de celui de l’appel, ou n’existe pas.',
  };
  return framed ? byRule('R-51', refusal) : refusal;
};

/** What is longer than its field, or of another shape; names the field. Nothing of what was typed is repeated. */
export const tooLongContent = ({ issues }: z.ZodError): Refusal => {
  const [issue] = issues;
  const [first, row, inner] = issue?.path ?? [];
  const field = inner === undefined ? String(first ?? '') : `${String(inner)}-${String(row)}`;
  if (issue?.code === 'too_big') {
    const message =
      issue.origin === 'array'
        ? `Il y a trop de lignes : ${String(issue.maximum)} au plus.`
        : issue.origin === 'string'
          ? `C’est trop long : ${String(issue.maximum)} caractères au plus.`
          : 'Ce nombre est trop grand.';
    return { code: 'too_long', field, message };
  }
  return { code: 'content_unreadable', field, message: 'Ce qui est écrit ici n’a pas la forme attendue.' };
};
