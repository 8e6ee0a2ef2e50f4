import { error, fail, redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { respite } from '#messages/fr/respite.ts';
import { sittingLimits, type TypedSitting } from '#modules/respite/index.ts';
import { nowAt, openTeamsFor, requestSitting } from '#modules/respite/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Refusal } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo } from '#platform/server/http/rate-limit.ts';

const words = respite.sitting.ask;

/** The organisation and the commune of the address; an error page for a commune that does not exist. */
const asked = async ({ locals, url }: { locals: App.Locals; url: URL }) => {
  const commune = locals.context.indexes.get(territoryIndex).commune(url.searchParams.get('code') ?? '');
  if (!commune) error(404);
  // Without an address of its own, the site could not lead anybody back: nobody is made to wait for nothing.
  const teams = locals.publicOrigin ? await openTeamsFor(locals.context, commune.code) : [];
  return { commune, team: teams.find(({ registration }) => registration === url.searchParams.get('organisme')) };
};

export const load = async (event) => {
  const { commune, team } = await asked(event);
  return {
    words,
    team: team && { lead: fill(words.lead, { organisation: team.name }), words: team.words },
    commune: { code: commune.code, name: commune.name },
    sent: event.url.searchParams.has('envoyee'),
    today: nowAt(event.locals.context, commune.code).toPlainDate().toString(),
    dayHint: fill(words.day.hint, { days: sittingLimits.days }),
    childrenHint: fill(words.children.hint, { most: sittingLimits.children }),
  };
};

const typedIn = (form: FormData): TypedSitting => {
  const text = (name: string): string => String(form.get(name) ?? '');
  return {
    ...{ day: text('day'), part: text('part'), children: text('children'), ages: form.getAll('ages').map(String) },
    ...{ name: text('name'), email: text('email'), phone: text('phone') },
  };
};

export const actions = {
  default: async (event) => {
    const { locals, request, getClientAddress } = event;
    const { commune, team } = await asked(event);
    const form = await readForm(request);
    if (!form) error(400);
    const typed = typedIn(form);
    if (!team || !locals.publicOrigin) return fail(404, { typed, refusals: [gone] });
    const limit = await locals.house.limits.form('sitting', getClientAddress());
    if (!limit.allowed || !(await mayWriteTo(locals.house.limits, typed.email)))
      return fail(429, { typed, refusals: [tooMany] });
    const where = { registration: team.registration, insee: commune.code };
    const done = await requestSitting(locals.context, where, typed, locals.publicOrigin);
    if (!done.ok) return fail(400, { typed, refusals: done.error });
    redirect(303, `/souffler/garde?code=${commune.code}&organisme=${team.registration}&envoyee`);
  },
};

const gone: Refusal = { code: 'no_team', message: words.none };
const tooMany: Refusal = { code: 'too_many_requests', message: words.tooMany };
