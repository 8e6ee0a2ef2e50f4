import { error, fail, redirect } from '@sveltejs/kit';
import type { Refusal, Result } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo, type RateLimits } from '#platform/server/http/rate-limit.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { tooMany } from '../../connexion/too-many.ts';
import { textOf } from '../../mon-compte/refused.ts';

export interface ActionEvent {
  readonly request: Request;
  readonly locals: App.Locals;
  readonly url: URL;
  readonly params: { readonly [name: string]: string };
  readonly getClientAddress: () => string;
}

/** What an action receives once the person, the form and the rate are known to be right. */
export interface Sent {
  readonly context: PersonContext;
  readonly form: FormData;
  readonly params: { readonly [name: string]: string };
  readonly origin: string | undefined;
  /** When the request was received. */
  readonly receivedAt: Temporal.Instant;
  readonly limits: RateLimits;
  /** A field as a text. */
  readonly text: (name: string) => string;
}

/** What may be sent again and again while one writes a call. The rest writes to others, and has a limit. */
const unlimited = new Set([
  ...['ecrire', 'repondre', 'relire', 'reprendre', 'accord', 'publier', 'annuler', 'preparer'],
  // At the hour of closing a whole building deposits behind one address.
  ...['deposer', 'completer', 'desister', 'convertir', 'demander', 'recevable', 'irrecevable', 'clore'],
  // A jury sits behind one address too.
  ...['declarer', 'confier', 'remettre', 'rendre', 'rouvrir', 'lever', 'presider', 'deleguer', 'instance', 'arreter'],
  // A session is held, decisions and letters are written, by many people behind one address.
  ...['scenario', 'proposer', 'supprimer', 'convoquer', 'ouvrir', 'presence', 'point', 'dire', 'reporter', 'fermer'],
  ...['signer', 'decider', 'corriger', 'renoncer', 'courrier', 'modele', 'preconiser', 'suivre'],
  ...['selection', 'arreter', 'abonder', 'achever'],
]);

/** An action of this space: refused, it comes back with what was typed; done, it leads to the address that `work` gives. */
export const act =
  (name: string, work: (sent: Sent) => Promise<Result<string>>) =>
  async ({ request, locals, url, params, getClientAddress }: ActionEvent) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const limit = unlimited.has(name)
      ? ({ allowed: true } as const)
      : await locals.house.limits.form(`calls-${name}`, getClientAddress());
    const done: Result<string> = limit.allowed
      ? await work({
          context,
          form,
          params,
          origin: locals.publicOrigin,
          receivedAt: locals.receivedAt,
          limits: locals.house.limits,
          text: (field) => textOf(form, field),
        })
      : { ok: false, error: tooMany(limit.retryAfterSeconds) };
    if (!done.ok) return fail(statusOf(done.error), { action: name, refusal: done.error, typed: typedIn(form) });
    redirect(303, done.value);
  };

/** What may be written to a mailbox once more, and else why not: nobody floods somebody else’s. */
export const mayWrite = async (limits: RateLimits, email: string): Promise<Result<void>> =>
  (await mayWriteTo(limits, email))
    ? { ok: true, value: undefined }
    : {
        ok: false,
        error: {
          code: 'mailbox_full',
          field: 'email',
          message: 'Cette adresse vient de recevoir plusieurs messages. Attendez un quart d’heure.',
        },
      };

/** Where to go once it is done. */
export const goTo = (result: Result<unknown>, address: string): Result<string> =>
  result.ok ? { ok: true, value: address } : result;

const statusOf = ({ code }: Refusal): number =>
  code === 'not_allowed' ? 403 : code.startsWith('no_such_') ? 404 : code === 'journal_conflict' ? 409 : 400;

/** All that was typed, so that nothing is lost: several values of one name stay several. */
const typedIn = (form: FormData): Record<string, string[]> => {
  const typed: Record<string, string[]> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') typed[name] = [...(typed[name] ?? []), value];
  }
  return typed;
};
