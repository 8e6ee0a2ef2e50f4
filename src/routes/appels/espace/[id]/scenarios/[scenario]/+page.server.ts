import { error } from '@sveltejs/kit';
import { compareScenarios, formatCents, keyOf, typedCents } from '#modules/calls/index.ts';
import {
  candidatesOf,
  ranksOf,
  type ScenarioForm,
  scenariosOf,
  selectionPlace,
  writeScenario,
} from '#modules/calls/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import { pageAsked } from '#platform/page-asked.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type ActionEvent, act, goTo, type Sent } from '../../../act.ts';
import { readAmounts } from '../../amounts-form.ts';
import { lineName, saidUses } from '../../line-uses.ts';
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
  const [totals] = compareScenarios([scenario], all, call.money.envelopes);
  const sorted = all.toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.number - b.number);
  const page = pageAsked(url);
  return {
    ...{ ...base, here: scenario.name, because: undefined, done: url.searchParams.get('fait') },
    scenario: { id: scenario.id, name: scenario.name, version: scenario.version },
    ...{ count: totals?.count ?? 0, uses: saidUses(totals?.uses ?? [], call.money.pooled) },
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
  ecrire: act('scenario', async (sent) => {
    const place = await selectionPlace(sent.context, sent.params.id ?? '');
    const rows = readRows(sent, place?.call.money.envelopes.map(keyOf) ?? []);
    if (!rows.ok) return rows;
    const id = sent.params.scenario ?? '';
    const said = { name: sent.text('name'), rows: rows.value, seen: Number(sent.text('seen')) };
    return goTo(
      await writeScenario(sent.context, id, said),
      `/appels/espace/${sent.params.id}/scenarios/${id}?fait=ecrire&page=${readRowId(sent.text('page')) ?? 1}`,
    );
  }),
  /** Counts what is typed with what the other pages keep, and writes nothing. */
  recalculer: async (event: ActionEvent) => {
    let counted: Counted | undefined;
    const answer = await act('scenario', async (sent) => {
      const found = await recounted(sent, event);
      if (!found.ok) return found;
      counted = found.value;
      return refuse(nothingWritten);
    })(event);
    return counted ? { ...answer.data, refusal: undefined, counted } : answer;
  },
};

interface Counted {
  readonly count: number;
  readonly uses: ReturnType<typeof saidUses>;
}
const nothingWritten: Refusal = { code: 'nothing_written', message: '' };

const recounted = async (sent: Sent, { locals, url }: ActionEvent): Promise<Result<Counted>> => {
  const id = sent.params.id ?? '';
  const place = await openSelection(locals, url, id);
  const kept = place.open ? await scenariosOf(sent.context, id, place.access) : [];
  const scenario = kept.find((one) => one.id === sent.params.scenario);
  if (!place.open || !scenario) error(404, 'Ce scénario n’existe pas, ou n’existe plus.');
  const { call, access } = place;
  const rows = readRows(sent, call.money.envelopes.map(keyOf));
  if (!rows.ok) return rows;
  const given = new Map(scenario.given);
  for (const { application, amounts } of rows.value) {
    if (amounts) given.set(application, amounts);
    else given.delete(application);
  }
  const candidates = await candidatesOf(sent.context, id, access, new Map());
  const [totals] = compareScenarios([{ ...scenario, given }], candidates, call.money.envelopes);
  return ok({ count: totals?.count ?? 0, uses: saidUses(totals?.uses ?? [], call.money.pooled) });
};

/** What the form says of each application that it shows: its amounts, or nothing when it is not taken. */
const readRows = ({ form, text }: Sent, keys: readonly string[]): Result<ScenarioForm['rows']> => {
  const rows: ScenarioForm['rows'][number][] = [];
  for (const application of form.getAll('shown').map(String)) {
    const amounts = readAmounts(keys, text, `amount-${application}-`);
    if (!amounts.ok) return amounts;
    const taken = text(`taken-${application}`) === 'on' || Object.keys(amounts.value).length > 0;
    rows.push({ application, amounts: taken ? amounts.value : undefined });
  }
  return ok(rows);
};
