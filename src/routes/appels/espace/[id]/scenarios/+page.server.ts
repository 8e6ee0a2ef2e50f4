import { addScenario, settleScenario } from '#modules/calls/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { act, goTo } from '../../act.ts';
import { openSelection, whereIs } from '../open-selection.ts';
import { comparedRows, comparedScenarios } from './compared.ts';
import { scenarioMaps } from './scenario-maps.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const base = { ...whereIs(params.id, 'Scénarios'), done: url.searchParams.get('fait') };
  if (!place.open) return { ...base, because: place.because, compared: undefined };
  const { context, call, access } = place;
  const found = await comparedScenarios(context, params.id, place);
  const { scenarios, kept, candidates, territoriesOf, nameOf } = found;
  const index = context.indexes.get(territoryIndex);
  return {
    ...{ ...base, because: undefined, runs: access.role === 'instructor' || access.role === 'president', candidates },
    compared: {
      scenarios: scenarios.map(({ id, name }, at) => ({ id, name, proposed: kept[at]?.proposed ?? false })),
      rows: comparedRows(found, call.money.pooled),
      ...scenarioMaps(index, call.territory, scenarios.map(territoriesOf), nameOf),
    },
  };
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
