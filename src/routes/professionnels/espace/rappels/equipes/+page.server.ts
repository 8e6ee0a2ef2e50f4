import { error, fail, redirect } from '@sveltejs/kit';
import {
  dayOfWeek,
  hoursWords,
  hourWords,
  LONGEST_SENTENCE,
  readTeam,
  type TypedTeam,
} from '#modules/callback/index.ts';
import { appointedTeams, appoints, appointTeam, endTeam } from '#modules/callback/server/index.ts';
import { codesOf, labelOf, languages } from '#modules/directory/index.ts';
import { publishedStructures } from '#modules/professionals/server/index.ts';
import { coversIn, type Meant } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can, type Scope } from '#platform/permissions.ts';
import type { Refusal } from '#platform/result.ts';
import { readForm } from '#platform/server/http/form.ts';
import { type PersonContext, requirePerson } from '#platform/server/identity/require-person.ts';
import { territoryName } from '../../../../mon-compte/territory-name.ts';
import { territoryLabel, territoryTyped } from '../../../../mon-compte/territory-typed.ts';

/** For whoever administers no territory, this page does not exist. */
const appointing = (locals: App.Locals, url: URL): PersonContext => {
  const context = requirePerson(locals.context, url);
  if (appoints(context).length === 0) error(404);
  return context;
};

export const load = async ({ locals, url }) => {
  const context = appointing(locals, url);
  const teams = await appointedTeams(context);
  const structures = await publishedStructures(context, appoints(context));
  return {
    here: 'Équipes qui rappellent',
    done: url.searchParams.get('fait'),
    longest: LONGEST_SENTENCE,
    scope: territoryLabel(context, appoints(context)[0]),
    structures: structures.map(({ id, name }) => ({ value: id, label: name })),
    days: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: dayOfWeek(day) })),
    hours: Array.from({ length: 25 }, (_, hour) => ({
      value: String(hour),
      label: hour === 0 ? '0 h' : hourWords(hour),
    })),
    languages: languages.filter(({ code }) => code !== 'fr').map(({ code, label }) => ({ value: code, label })),
    teams: teams.map((team) => ({
      ...{ id: team.id, name: team.name, sentence: team.sentence, answers: team.answers },
      ...{ waiting: team.waiting, late: team.late },
      where: territoryName(context, team.territory),
      hours: hoursWords(team),
      languages: new Intl.ListFormat('fr').format(team.languages.map((code) => labelOf(languages, code))),
    })),
  };
};

export const actions = {
  confier: async ({ request, locals, url }) => {
    const context = appointing(locals, url);
    const form = await readForm(request);
    if (!form) error(400);
    const text = (name: string): string => String(form.get(name) ?? '').slice(0, 1_000);
    const list = (name: string): string[] => form.getAll(name).map(String);
    const typed: TypedTeam = {
      ...{ organisation: text('organisation'), scope: text('scope'), days: list('days') },
      ...{ from: text('from'), to: text('to'), languages: list('languages'), sentence: text('sentence') },
    };
    const refusing = (refusals: readonly Refusal[]) =>
      fail(refusals[0]?.code === 'not_allowed' ? 403 : 400, { typed, refusals, choices: none });
    const covers = coversIn(context.indexes.get(territoryIndex));
    const isFit = (territory: Scope): boolean => can(context.actor, 'callback.appoint', { territory }, covers);
    const meant = territoryTyped(context, form, isFit);
    const team = readTeam({ ...typed, scope: meant.scope ?? '' }, codesOf(languages));
    if (!meant.scope) {
      const others = team.ok ? [] : team.error.filter(({ field }) => field !== 'scope');
      return fail(400, { typed, refusals: [meant.refusal, ...others], choices: meant.choices });
    }
    if (!team.ok) return refusing(team.error);
    const structures = await publishedStructures(context, appoints(context));
    const structure = structures.find(({ id }) => id === team.value.organisation);
    if (!structure) return refusing([notHere]);
    const appointed = await appointTeam(context, team.value, structure.name);
    if (!appointed.ok) return refusing(appointed.error);
    redirect(303, '/professionnels/espace/rappels/equipes?fait=confie');
  },
  retirer: async ({ request, locals, url }) => {
    const context = appointing(locals, url);
    const id = String((await readForm(request))?.get('id') ?? '');
    const ended = await endTeam(context, id);
    if (!ended.ok) return fail(403, { refusals: [ended.error], choices: none });
    redirect(303, '/professionnels/espace/rappels/equipes?fait=retire');
  },
};

const none: readonly Meant[] = [];

const notHere: Refusal = {
  code: 'not_here',
  field: 'organisation',
  message: 'Choisissez une structure inscrite et publiée dans vos territoires.',
};
