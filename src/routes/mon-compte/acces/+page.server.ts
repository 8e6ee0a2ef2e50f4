import { error, redirect } from '@sveltejs/kit';
import { isUuid } from '#platform/ids.ts';
import { readForm } from '#platform/server/http/form.ts';
import { forgetSession } from '#platform/server/identity/cookie.ts';
import { listIdentities, providerLabel, removeIdentity } from '#platform/server/identity/identities.ts';
import { addPasskey, listPasskeys, removePasskey } from '#platform/server/identity/passkeys.ts';
import {
  confirmAddress,
  isRecent,
  requirePerson,
  requireRecentPerson,
} from '#platform/server/identity/require-person.ts';
import { closeSessions, listSessions } from '#platform/server/identity/sessions.ts';
import { refused, textOf } from '../refused.ts';
import { saidDay } from '../said.ts';

const here = '/mon-compte/acces';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const sessions = await listSessions(context, context.actor);
  const passkeys = await listPasskeys(context);
  return {
    saved: url.searchParams.get('fait'),
    /** Where one proves anew to be oneself before adding a key; absent when it was done just now. */
    confirmHref: isRecent(context) ? undefined : confirmAddress(here),
    sessions: sessions.map(({ id, device, openedAt, seenOn, current }) => ({
      ...{ id, device, current },
      opened: saidDay(openedAt),
      seen: saidDay(seenOn),
    })),
    passkeys: passkeys.map(({ id, name, created_at, used_on }) => ({
      ...{ id, name },
      added: saidDay(created_at),
      used: used_on && saidDay(used_on),
    })),
    identities: (await listIdentities(context)).map(({ issuer, subject, provider, created_at }) => ({
      ...{ issuer, subject, label: providerLabel(provider), added: saidDay(created_at) },
    })),
    providers: (isRecent(context) ? locals.house.providers : []).map(({ name, label }) => ({
      label,
      href: `/connexion/${name}?${new URLSearchParams({ suite: here })}`,
    })),
  };
};

export const actions = {
  ajouter: async ({ request, locals, url }) => {
    const context = requireRecentPerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const added = await addPasskey(context, url, textOf(form, 'answer'), textOf(form, 'name'));
    if (!added.ok) return refused('ajouter', added.error);
    redirect(303, `${here}?fait=cle`);
  },
  retirer: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    await removePasskey(context, textOf(form, 'id'));
    redirect(303, `${here}?fait=retiree`);
  },
  /** Unties an identity. */
  delier: async ({ request, locals, url }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    await removeIdentity(context, { issuer: textOf(form, 'issuer'), subject: textOf(form, 'subject') });
    redirect(303, `${here}?fait=deliee`);
  },
  /** Closes one session, or all but this one. */
  fermer: async ({ request, locals, url, cookies }) => {
    const context = requirePerson(locals.context, url);
    const form = await readForm(request);
    if (!form) error(400);
    const id = textOf(form, 'id');
    if (id !== '' && !isUuid(id)) error(400);
    await closeSessions(context, context.actor, id === '' ? 'others' : { id });
    if (id === context.actor.session) {
      forgetSession({ cookies, url });
      redirect(303, '/connexion');
    }
    redirect(303, `${here}?fait=fermee`);
  },
};
