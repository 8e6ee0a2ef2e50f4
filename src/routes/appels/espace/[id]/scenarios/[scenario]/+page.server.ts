import { error } from '@sveltejs/kit';
import { formatCents, keyOf, typedCents } from '#modules/calls/index.ts';
import { candidatesOf, ranksOf, scenariosOf, selectionPlace, writeScenario } from '#modules/calls/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { act, goTo } from '../../../act.ts';
import { readAmounts } from '../../amounts-form.ts';
import { lineName } from '../../line-uses.ts';
import { openSelection, whereIs } from '../../open-selection.ts';

/** Applications on one page: those of the others keep what they had. */
const PAGE = 100;

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const above = [{ href: `/appels/espace/${params.id}/scenarios`, label: 'Scénarios' }];
  const base = whereIs(params.id, 'Scénario', above);
  if (!place.open) return { ...base, because: place.because, scenario: undefined };
  const { context, call, access } = place;
  const scenario = (await scenariosOf(context, params.id, access)).find(({ id }) => id === params.scenario);
  if (!scenario) error(404, 'Ce scénario n’existe pas, ou n’existe plus.');
  const all = await candidatesOf(context, params.id, access, await ranksOf(context, params.id));
  const sorted = all.toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.number - b.number);
  const page = readRowId(url.searchParams.get('page') ?? '') ?? 1;
  return {
    ...{ ...base, here: scenario.name, because: undefined, done: url.searchParams.get('fait') },
    scenario: { id: scenario.id, name: scenario.name, version: scenario.version },
    ...{ page, pages: Math.max(1, Math.ceil(sorted.length / PAGE)) },
    list: `/appels/espace/${params.id}/scenarios/${scenario.id}/liste`,
    hrefFor: `/appels/espace/${params.id}/scenarios/${scenario.id}?page=`,
    lines: call.money.envelopes.map((envelope, at) => ({ key: keyOf(envelope, at), name: lineName(envelope) })),
    rows: sorted.slice((page - 1) * PAGE, page * PAGE).map(({ id, number, title, holder, askedCents, rank }) => ({
      ...{ id, number, title, holder, asked: formatCents(askedCents), taken: scenario.given.has(id) },
      rank: rank === undefined ? 'Sans rang' : `Rang ${rank}`,
      amounts: Object.fromEntries(
        Object.entries(scenario.given.get(id) ?? {}).map(([key, cents]) => [key, typedCents(cents)]),
      ),
    })),
  };
};

export const actions = {
  ecrire: act('scenario', async ({ context, params, text, form }) => {
    const place = await selectionPlace(context, params.id ?? '');
    const keys = place?.call.money.envelopes.map(keyOf) ?? [];
    const rows: { application: string; amounts: Readonly<Record<string, number>> | undefined }[] = [];
    for (const application of form.getAll('shown').map(String)) {
      const amounts = readAmounts(keys, text, `amount-${application}-`);
      if (!amounts.ok) return amounts;
      const taken = text(`taken-${application}`) === 'on' || Object.keys(amounts.value).length > 0;
      rows.push({ application, amounts: taken ? amounts.value : undefined });
    }
    const id = params.scenario ?? '';
    const said = { name: text('name'), rows, seen: Number(text('seen')) };
    return goTo(
      await writeScenario(context, id, said),
      `/appels/espace/${params.id}/scenarios/${id}?fait=ecrire&page=${readRowId(text('page')) ?? 1}`,
    );
  }),
};
