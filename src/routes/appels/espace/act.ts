import { error, fail, redirect } from '@sveltejs/kit';
import { isUuid } from '#platform/ids.ts';
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
  readonly route: { readonly id: string | null };
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

/**
 * What may be sent again and again, by the page it is sent from: it writes to nobody, or the state lets it happen once. The
 * rest writes to others, and has a limit. Two actions of one name are two lines.
 */
const unlimited: ReadonlySet<string> = new Set(
  Object.entries({
    // While one writes a call.
    '/[id]': ['relire', 'reprendre', 'accord', 'publier', 'annuler', 'repondre'],
    '/[id]/[section]': ['ecrire'],
    '/declarations/[edition]/[agency]/[region]': ['preparer'],
    // At the hour of closing a whole building deposits behind one address.
    '/candidatures/[id]/deposer': ['deposer', 'completer'],
    '/candidatures/[id]/recepisse': ['desister', 'convertir'],
    '/[id]/candidatures/[application]': ['demander', 'recevable', 'irrecevable', 'clore'],
    // A jury sits behind one address too.
    '/[id]/interets': ['declarer', 'repondre'],
    '/[id]/jury': ['presider', 'deleguer', 'instance', 'arreter', 'lever'],
    '/[id]/jury/avis/[opinion]': ['remettre'],
    '/[id]/evaluations': ['confier', 'reprendre', 'clore'],
    '/[id]/evaluations/repartition': ['confier'],
    '/[id]/evaluations/[application]': ['ecrire', 'remettre', 'rendre', 'rouvrir'],
    // A session is held, decisions and letters are written, by many people behind one address.
    '/[id]/scenarios': ['scenario', 'proposer', 'supprimer'],
    '/[id]/scenarios/[scenario]': ['scenario'],
    '/[id]/seances/[seance]': ['annuler', 'ouvrir', 'presence', 'point', 'dire', 'reporter', 'fermer'],
    '/[id]/seances/[seance]/proces-verbal': ['signer'],
    '/[id]/resultats': ['selection', 'arreter', 'abonder', 'achever'],
    '/[id]/resultats/[application]': ['decider', 'corriger', 'completer', 'conclure', 'signer', 'renoncer', 'courrier'],
    '/[id]/suivi/ministere': ['preparer'],
    '/[id]/resultats/courriers': ['modele', 'preparer'],
    '/[id]/resultats/preconisations': ['preconiser', 'suivre'],
    // Agreements, payments and reports.
    '/[id]/suivi/[application]': ['reprendre', 'annuler', 'arreter', 'ecrire'],
    '/[id]/suivi/[application]/termes': ['ecrire'],
    '/[id]/suivi/[application]/vitrine': ['publier', 'annuler'],
    '/candidatures/[id]/suivi': ['accord', 'annuler'],
    '/candidatures/[id]/suivi/[report]': ['ecrire', 'accord'],
    '/conventions/[application]': ['accord'],
  }).flatMap(([page, names]) => names.map((name) => `/appels/espace${page} ${name}`)),
);

/** An action of this space: refused, it comes back with what was typed; done, it leads to the address that `work` gives. */
export const act =
  (name: string, work: (sent: Sent) => Promise<Result<string>>) =>
  async ({ request, locals, url, params, route, getClientAddress }: ActionEvent) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form || [...form.values(), ...Object.values(params)].some(isForged)) error(400);
    if ([params.id, params.application].some((id) => id !== undefined && !isUuid(id))) error(404);
    const limit = unlimited.has(`${route.id} ${name}`)
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

/** No browser sends this character, and PostgreSQL throws at it. */
const isForged = (value: FormDataEntryValue): boolean => typeof value === 'string' && value.includes('\0');

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
