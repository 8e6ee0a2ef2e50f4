import { error, fail } from '@sveltejs/kit';
import { count, fill, formatDay } from '#messages/format.ts';
import { callback as words } from '#messages/fr/callback.ts';
import { hoursWords, readPhone, slotCode, slotWords, type TypedRequest, teamsAround } from '#modules/callback/index.ts';
import { answeringTeams, askCallback, type OwnCallback, slotsOf } from '#modules/callback/server/index.ts';
import { labelOf, languages } from '#modules/directory/index.ts';
import { aboveOf, communeAsked, nameWithDepartement } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Refusal } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { readForm } from '#platform/server/http/form.ts';
import { newSecret } from '#platform/server/identity/secret.ts';
import { meanwhile } from './meanwhile.ts';

export const load = async ({ locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const teams = await answeringTeams(locals.context);
  return {
    words,
    lines: meanwhile(locals.context),
    offered: teams.length > 0,
    // Where one team answers for all of France, nobody has to say where they are.
    teams: teams.every(({ territory }) => territory === 'france') ? shown(locals.context, teams) : [],
    key: newSecret(),
  };
};

type Teams = Awaited<ReturnType<typeof answeringTeams>>;

/** The teams as the form shows them, each with the slots that it still has. */
const shown = (context: Context, teams: Teams) =>
  teams.map((team) => {
    const { slots, today } = slotsOf(context, team);
    return {
      ...{ id: team.id, name: team.name, sentence: team.sentence, national: team.territory === 'france' },
      open: fill(words.open, { hours: hoursWords(team) }),
      speaks: fill(words.speaks, {
        languages: new Intl.ListFormat('fr').format(team.languages.map((code) => labelOf(languages, code))),
      }),
      slots: slots.map((slot) => ({ value: slotCode(slot), label: slotWords(slot, today) })),
    };
  });

/** The teams of a commune, by its code. */
const teamsOf = async (context: Context, insee: string): Promise<Teams> => {
  const index = context.indexes.get(territoryIndex);
  const commune = index.commune(insee);
  const around = commune ? aboveOf(index, { kind: 'commune', code: commune.code }) : [];
  return teamsAround(await answeringTeams(context), around);
};

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, 500) : '';
};

export const actions = {
  equipe: async ({ request, locals }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const { context } = locals;
    const index = context.indexes.get(territoryIndex);
    const typed = textOf(form, 'commune');
    const asked = communeAsked(index, typed, textOf(form, 'code'));
    if (asked.state === 'several') {
      const choices = asked.communes.map((commune) => nameWithDepartement(commune, index));
      return fail(400, { where: { typed, error: words.where.several, choices } });
    }
    if (asked.state !== 'found') return fail(400, { where: { typed, error: words.where.unknown, choices: [] } });
    const { commune } = asked;
    return { insee: commune.code, teams: shown(context, await teamsOf(context, commune.code)) };
  },

  demander: async ({ request, locals, getClientAddress, setHeaders }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const { context, house, publicOrigin } = locals;
    const insee = textOf(form, 'insee');
    const typed: TypedRequest = {
      ...{ phone: textOf(form, 'phone'), slot: textOf(form, 'slot'), presentation: textOf(form, 'presentation') },
      noMessage: form.get('noMessage') === 'oui',
    };
    // The slot says whose it is: one choice for the person, even where several teams answer.
    const teams = insee ? await teamsOf(context, insee) : await answeringTeams(context);
    const [team = teams[0]?.id ?? '', slot = ''] = typed.slot === '' ? [] : typed.slot.split('|');
    const key = textOf(form, 'key');
    const again = (status: number, refusals: readonly Refusal[]) =>
      fail(status, { typed, refusals, key, insee, teams: shown(context, teams) });
    const limit = await house.limits.form('callback', getClientAddress());
    if (!limit.allowed) {
      setHeaders({ 'retry-after': String(limit.retryAfterSeconds) });
      const message = count('fr', words.tooMany, Math.ceil(limit.retryAfterSeconds / 60));
      return again(429, [{ code: 'too_many_requests', message }]);
    }
    // However it is written, a number is one: nobody is rung by many teams because somebody typed it in many ways. Who
    // types the number of somebody else does not learn that it was left before.
    const number = readPhone(typed.phone);
    const often = number.ok && !(await house.limits.form('callback-number', number.value)).allowed;
    const asked = await askCallback(context, { key, team, typed: { ...typed, slot }, often }, publicOrigin);
    if (!asked.ok) return again(400, asked.error);
    return { asked: told(asked.value), key };
  },
};

/** What the screen says of a request that was just made. */
const told = ({ status, team, slot, numberEnds, keptUntil }: OwnCallback) => ({
  cancelled: status === 'cancelled',
  sentence: fill(words.asked[status], status === 'cancelled' ? {} : { team, slot, end: numberEnds }),
  until: fill(words.asked.until, { date: formatDay('fr', keptUntil.toString()) }),
});
