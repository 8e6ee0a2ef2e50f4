import { formatCents, issueOf, keyOf, readCents } from '#modules/calls/index.ts';
import { messageWaits, moveSelection, resultsView, topUpEnvelope } from '#modules/calls/server/index.ts';
import { act, goTo, type Sent } from '../../act.ts';
import { statusWords as callWords } from '../../words.ts';
import { lineName, saidUses } from '../line-uses.ts';
import { openSelection, whereIs } from '../open-selection.ts';
import { decisionSaid } from './words.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const base = { ...whereIs(params.id, 'Résultats'), done: url.searchParams.get('fait') };
  if (!place.open) return { ...base, because: place.because, call: undefined };
  const { context, call, role } = place;
  const view = await resultsView(context, params.id, call);
  if (!view.open) return { ...base, because: 'toDeclare' as const, call: undefined };
  const { lines, counts, uses, next } = view;
  return {
    ...{ ...base, because: undefined, approves: role === 'approver', status: call.status },
    call: { slug: call.slug, said: callWords[call.status], framed: call.configuration !== null },
    counts,
    nobodyPrepares:
      call.status === 'decided' && (await messageWaits(context, params.id, call, view.access)) === 'nobody',
    uses: saidUses(uses, call.money.pooled),
    envelopes: call.money.envelopes.map((one, at) => ({ value: keyOf(one, at), label: lineName(one) })),
    ended: lines
      .filter((line) => line.ended)
      .map(({ id, number, title }) => ({
        href: `/appels/espace/${params.id}/resultats/${id}`,
        title: `n° ${number}, ${title}`,
      })),
    next: next && {
      href: `/appels/espace/${params.id}/resultats/${next.id}`,
      title: `n° ${next.number}, ${next.title}`,
    },
    rows: lines.map(({ id, number, title, holder, status, askedCents, decision, signed }) => ({
      ...{ id, number, title, holder, href: `/appels/espace/${params.id}/resultats/${id}` },
      ...{ asked: formatCents(askedCents), said: decisionSaid(status, decision, signed) },
      issue: decision.ruling
        ? `${issueOf(decision.ruling.issue).words}${decision.ruling.rank ? ` (rang ${decision.ruling.rank})` : ''}`
        : '',
      given: formatCents(Object.values(decision.ruling?.amounts ?? {}).reduce((sum, cents) => sum + cents, 0)),
    })),
  };
};

const here = ({ params }: Sent, done: string): string => `/appels/espace/${params.id}/resultats?fait=${done}`;

const moving = (name: string, command: Parameters<typeof moveSelection>[2]['command']) =>
  act(name, async (sent) =>
    goTo(
      await moveSelection(sent.context, sent.params.id ?? '', { command, reason: sent.text('reason') }),
      here(sent, name),
    ),
  );

export const actions = {
  selection: moving('selection', 'startSelection'),
  arreter: moving('arreter', 'fixResults'),
  notifier: moving('notifier', 'notifyResults'),
  achever: moving('achever', 'finish'),
  abonder: act('abonder', async (sent) => {
    const cents = readCents(sent.text('cents'), 'cents');
    if (!cents.ok) return cents;
    const topUp = { envelope: sent.text('envelope'), origin: sent.text('origin'), cents: cents.value ?? 0 };
    return goTo(await topUpEnvelope(sent.context, sent.params.id ?? '', topUp), here(sent, 'abonder'));
  }),
};
