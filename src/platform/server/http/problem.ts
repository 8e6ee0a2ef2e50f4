import type { Refusal } from '#platform/result.ts';

/** An error answer of the API, after RFC 9457. `errors` names each field at fault. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

const titles: Readonly<Record<number, string>> = {
  400: 'La demande ne peut pas être comprise.',
  403: 'Cette adresse ne vous est pas ouverte.',
  404: 'Il n’y a rien à cette adresse.',
  405: 'Cette adresse n’accepte pas cette méthode.',
  413: 'L’envoi est trop volumineux.',
  429: 'Trop de demandes en peu de temps.',
  500: 'Une panne de notre côté a empêché de répondre.',
  503: 'Le service n’est pas prêt.',
};

/** The title of a status, in French. */
export const problemTitle = (status: number): string => titles[status] ?? titles[500] ?? '';

/** A problem, with the title of its status. */
export const problemOf = (status: number, code: string, more: Pick<Problem, 'detail' | 'errors'> = {}): Problem => ({
  ...{ type: 'about:blank', title: problemTitle(status), status, code },
  ...more,
});

/** A problem as an answer. Never carries a stack, a query or anything about the machine. */
export const problemResponse = (
  status: number,
  code: string,
  more: Pick<Problem, 'detail' | 'errors'> & { headers?: Record<string, string> } = {},
): Response => {
  const { headers, ...rest } = more;
  return new Response(JSON.stringify(problemOf(status, code, rest)), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
};

/** Refusals of a rule as a 400 (or another status) that names the fields. */
export const refusalResponse = (refusals: readonly Refusal[], status = 400): Response =>
  problemResponse(status, refusals[0]?.code ?? 'refused', {
    ...(refusals[0] ? { detail: refusals[0].message } : {}),
    errors: refusals.flatMap(({ field, message }) => (field ? [{ field, message }] : [])),
  });
