import { compareScenarios, formatCents } from '#modules/calls/index.ts';
import {
  addScenario,
  candidatesOf,
  placeOf,
  ranksOf,
  scenariosOf,
  settleScenario,
} from '#modules/calls/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { act, goTo } from '../../act.ts';
import { saidUses } from '../line-uses.ts';
import { openSelection, whereIs } from '../open-selection.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const base = { ...whereIs(params.id, 'Scénarios'), done: url.searchParams.get('fait') };
  if (!place.open) return { ...base, because: place.because, compared: undefined };
  const { context, call, access } = place;
  const scenarios = await scenariosOf(context, params.id, access);
  const candidates = await candidatesOf(context, params.id, access, await ranksOf(context, params.id));
  const totals = compareScenarios(scenarios, candidates, call.money.envelopes);
  const nameOf = (code: string): string => placeOf(context, `departement:${code}`).name;
  return {
    ...{ ...base, because: undefined, runs: access.role === 'instructor' || access.role === 'president' },
    candidates: candidates.length,
    compared: totals.map((one, at) => ({
      ...{ id: one.id, name: one.name, count: one.count, proposed: scenarios[at]?.proposed ?? false },
      uses: saidUses(one.uses, call.money.pooled),
      axes: said(one.axes, (key) => `Axe ${key}`),
      departements: said(one.departements, nameOf),
      holders: said(one.holders, (key) => key),
      ties: one.ties.map(({ rank, taken, left }) => `Rang ${rank} : ${taken} pris, ${left} laissés à égalité`),
      map: pointsOf(context, one.departements, nameOf),
    })),
  };
};

const said = (
  shares: readonly { readonly key: string; readonly count: number; readonly cents: number }[],
  name: (key: string) => string,
): string[] =>
  shares.map(({ key, count, cents }) => `${name(key)} : ${count}${cents > 0 ? ` (${formatCents(cents)})` : ''}`);

/** Where the départements of a scenario are, by their seat, on a square of a hundred; larger where there is more. */
const pointsOf = (
  { indexes }: Pick<Context, 'indexes'>,
  shares: readonly { readonly key: string; readonly count: number }[],
  name: (key: string) => string,
) => {
  const index = indexes.get(territoryIndex);
  const found = shares.flatMap(({ key, count }) => {
    const seat = index.commune(index.departement(key)?.seat ?? '');
    return seat ? [{ key, count, name: name(key), x: seat.lon, y: -seat.lat }] : [];
  });
  const spread = (of: (point: { x: number; y: number }) => number): { least: number; size: number } => {
    const all = found.map(of);
    return { least: Math.min(...all), size: Math.max(...all) - Math.min(...all) };
  };
  const [across, down] = [spread(({ x }) => x), spread(({ y }) => y)];
  const size = Math.max(across.size, down.size) || 1;
  return found.map(({ key, count, name: label, x, y }) => ({
    ...{ key, name: label, r: 3 + Math.min(9, Math.sqrt(count) * 2) },
    ...{ x: 15 + ((x - across.least) / size) * 70, y: 15 + ((y - down.least) / size) * 70 },
  }));
};

const here = (id: string | undefined, done: string): string => `/appels/espace/${id}/scenarios?fait=${done}`;

export const actions = {
  ajouter: act('scenario', async ({ context, params, text }) => {
    const made = await addScenario(context, params.id ?? '', { name: text('name'), copy: text('copy') });
    return made.ok ? { ok: true, value: `/appels/espace/${params.id}/scenarios/${made.value}` } : made;
  }),
  proposer: act('proposer', async ({ context, params, text }) =>
    goTo(await settleScenario(context, text('scenario'), 'propose'), here(params.id, 'proposer')),
  ),
  supprimer: act('supprimer', async ({ context, params, text }) =>
    goTo(await settleScenario(context, text('scenario'), 'remove'), here(params.id, 'supprimer')),
  ),
};
