import { error, fail, redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { groups as words } from '#messages/fr/groups.ts';
import { placesOf } from '#modules/agenda/server/index.ts';
import { monthInWords, monthsOffered, situationLabel } from '#modules/groups/index.ts';
import { askToMeet, openTeamsFor } from '#modules/groups/server/index.ts';
import { communeAsked, nameWithDepartement, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Refusal } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { mayWriteTo } from '#platform/server/http/rate-limit.ts';
import { unsent } from '#platform/unsent.ts';
import { whereWords } from './where-words.ts';

export const load = async ({ locals, url }) => {
  const { context } = locals;
  const index = context.indexes.get(territoryIndex);
  const typed = (url.searchParams.get('commune') ?? '').trim().slice(0, 100);
  const asked = communeAsked(index, typed, url.searchParams.get('code') ?? '');
  const commune = asked.state === 'found' ? asked.commune : undefined;
  const teams = commune ? await openTeamsFor(context, commune.code) : [];
  const pages: (string | undefined)[] = [];
  for (const { registration } of teams) {
    const [place] = await placesOf(context, registration);
    pages.push(place && `/lieux/${place.slug}`);
  }
  return unsent({
    words,
    typed: typed || (commune?.name ?? ''),
    unknown: asked.state === 'unknown' ? words.unknown : undefined,
    choices:
      asked.state === 'several'
        ? asked.communes.map((one) => ({
            href: `/groupes?code=${one.code}`,
            title: nameWithDepartement(one, index),
          }))
        : [],
    sent: url.searchParams.has('envoye'),
    reachable: locals.publicOrigin !== undefined,
    here: commune && {
      code: commune.code,
      title: fill(words.here, { where: whereWords(context, `commune:${commune.code}`) }),
      months: monthsOffered(todayIn(context.clock, timeZoneOfCommune(commune))).map((month) => ({
        value: month.toString().slice(0, 7),
        label: monthInWords(month),
      })),
      teams: teams.map(({ registration, name, words: said, births, situations }, at) => ({
        ...{ id: registration, name, said, page: pages[at] },
        births,
        situations: situations.map(situationLabel).filter((label) => label !== undefined),
      })),
    },
  });
};

export const actions = {
  default: async ({ locals, request, getClientAddress, url }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const text = (name: string): string => String(form.get(name) ?? '').slice(0, 300);
    const typed = { month: text('month'), name: text('name'), email: text('email') };
    const { house, publicOrigin, context } = locals;
    if (publicOrigin === undefined) return fail(503, { typed, refusals: [unreachable] });
    const limit = await house.limits.form('group', getClientAddress());
    if (!limit.allowed || !(await mayWriteTo(house.limits, typed.email)))
      return fail(429, { typed, refusals: [tooMany] });
    const code = url.searchParams.get('code') ?? '';
    const done = await askToMeet(context, code, typed, publicOrigin);
    if (!done.ok) return fail(400, { typed, refusals: done.error });
    redirect(303, `/groupes?${new URLSearchParams({ code, envoye: '' })}`);
  },
};

const unreachable: Refusal = { code: 'unreachable', message: words.ask.unreachable };
const tooMany: Refusal = { code: 'too_many_requests', message: words.ask.tooMany };
