import { error } from '@sveltejs/kit';
import {
  agencyWords,
  formatCents,
  isSupported,
  issueCodes,
  issueOf,
  issuesOf,
  keyOf,
  typedCents,
} from '#modules/calls/index.ts';
import {
  lettersOf,
  lettersToPrepare,
  prepareLetters,
  previewLetters,
  proposedAmounts,
  type ResultLine,
  readTexts,
  releaseDecision,
  resultsView,
  selectionPlace,
  sendPrepared,
  sessionOutcome,
  signDecision,
  writeDecision,
} from '#modules/calls/server/index.ts';
import { agencyKinds } from '#platform/permissions.ts';
import { act, goTo, type Sent } from '../../../act.ts';
import { readAmounts } from '../../amounts-form.ts';
import { lineName, saidUses } from '../../line-uses.ts';
import { openSelection, whereIs } from '../../open-selection.ts';
import { decisionSaid } from '../words.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await resultsView(place.context, params.id, place.call) : undefined;
  const line = view?.open ? view.lines.find(({ id }) => id === params.application) : undefined;
  if (!place.open || !view?.open || !line)
    error(404, 'Cette candidature n’existe pas, ou n’est pas ouverte pour vous.');
  const { context, call, role, approvesFor, dayOf } = place;
  const { decision, signed } = line;
  const { ruling } = decision;
  const outcome = await sessionOutcome(context, line.id);
  const ids = [
    ruling?.words,
    ruling?.conditions,
    ruling?.referent,
    outcome?.words,
    ...decision.corrections.map(({ reason }) => reason),
  ];
  const texts = await readTexts(
    context,
    ids.filter((id) => id !== null && id !== undefined),
  );
  const textOf = (id: string | null | undefined): string => (id ? (texts.get(id) ?? '') : '');
  const amounts = ruling?.amounts ?? outcome?.amounts ?? (await proposedAmounts(context, params.id)).get(line.id) ?? {};
  const writes = role === 'approver' || role === 'writer';
  // A support that was told ends by a decision of its own; an error in it is corrected from its own address.
  const supported = isSupported(decision) && call.status !== 'finished';
  const asked = ['corriger', '/corriger'].some((name) => url.searchParams.has(name));
  const concludes = writes && supported && !asked;
  const preparable = writes && (await lettersToPrepare(context, params.id)).includes(line.id);
  const preview = preparable ? await previewLetters(context, [line.id], locals.publicOrigin) : undefined;
  const letter = preview?.letters[0]?.letter;
  return {
    preview: letter && {
      ...(letter.ok ? letter.value : { subject: '', text: '' }),
      ...{ refusal: letter.ok ? undefined : letter.error.message, read: preview?.read.sha256 },
    },
    ...whereIs(params.id, `n° ${line.number}, ${line.title}`, [
      { href: `/appels/espace/${params.id}/resultats`, label: 'Résultats' },
    ]),
    ...{
      application: line.id,
      number: line.number,
      title: line.title,
      holder: line.holder,
      done: url.searchParams.get('fait'),
    },
    ...{ asked: formatCents(line.askedCents), said: decisionSaid(line.status, decision, signed), signed },
    ...{
      status: decision.status,
      callStatus: call.status,
      form: writes && !concludes ? formOf(line, call.status) : undefined,
    },
    concludes,
    inadmissible: line.status === 'inadmissible',
    writes,
    approves: role === 'approver',
    seen: decision.written,
    uses: saidUses(view.uses, call.money.pooled),
    lines: call.money.envelopes.map((envelope, at) => ({ key: keyOf(envelope, at), name: lineName(envelope) })),
    issues: issuesOf(call.kind).map((code) => ({
      value: code,
      label: issueOf(code).words,
      hint: issueOf(code).asks ?? '',
    })),
    outcome: outcome && `${issueOf(outcome.issue).words}${outcome.words ? `. ${textOf(outcome.words)}` : ''}`,
    kept: call.money.envelopes.flatMap((envelope, at) => {
      const cents = decision.status === 'released' ? (decision.kept?.[keyOf(envelope, at)] ?? 0) : 0;
      return cents > 0 ? [`${lineName(envelope)} : ${formatCents(cents)}`] : [];
    }),
    paid: call.money.envelopes.flatMap((envelope, at) => {
      const cents = ruling?.amounts[keyOf(envelope, at)] ?? 0;
      return cents > 0 ? [`${lineName(envelope)} : ${formatCents(cents)}`] : [];
    }),
    written: ruling && {
      ...{ issue: issueOf(ruling.issue).words, rank: ruling.rank, gives: issueOf(ruling.issue).gives },
      ...{ words: textOf(ruling.words), conditions: textOf(ruling.conditions), referent: textOf(ruling.referent) },
    },
    first: {
      ...{ issue: ruling?.issue ?? outcome?.issue ?? '', rank: ruling?.rank ? String(ruling.rank) : '' },
      ...{ words: textOf(ruling ? ruling.words : outcome?.words), conditions: textOf(ruling?.conditions) },
      referent: textOf(ruling?.referent),
      amounts: Object.fromEntries(Object.entries(amounts).map(([key, cents]) => [key, typedCents(cents)])),
    },
    signatures: call.agencies.map((agency) => ({
      ...{ agency, name: agencyWords[agency], given: decision.signatures.includes(agency) },
      mine: approvesFor.includes(agency),
    })),
    corrections: decision.corrections.map(({ reason, at }) => ({ on: dayOf(at), reason: textOf(reason) })),
    letters: (await lettersOf(context, line.id, { sent: false })).map((letter) => ({
      ...{ id: letter.id, subject: letter.subject, text: letter.text },
      said: letter.sent_at
        ? `envoyé le ${dayOf(letter.sent_at)}`
        : letter.cancelled_at
          ? 'annulé, jamais envoyé'
          : 'prêt, pas encore envoyé',
    })),
  };
};

/** Which form writes the decision on a file now; undefined: none. */
const formOf = (
  { decision, signed, status }: ResultLine,
  call: string,
): 'decider' | 'corriger' | 'completer' | undefined => {
  const decided = call === 'decided' || call === 'notified';
  if (signed || decision.status === 'released') return call === 'finished' ? undefined : 'corriger';
  if (decision.status === 'written') return decided || call === 'selecting' ? 'decider' : undefined;
  if (call === 'selecting') return status === 'deliberated' ? 'decider' : undefined;
  return decided && ['admissible', 'evaluating', 'evaluated'].includes(status) ? 'completer' : undefined;
};

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/${params.id}/resultats/${params.application}?fait=${done}`;
const idOf = ({ params }: Sent): string => params.application ?? '';

const writing = (name: string, command?: 'correct' | 'complete' | 'conclude') =>
  act(name, async (sent) => {
    const { context, params, text } = sent;
    const place = await selectionPlace(context, params.id ?? '');
    const amounts = readAmounts(place?.call.money.envelopes.map(keyOf) ?? [], text);
    if (!amounts.ok) return amounts;
    const form = {
      ...{ issue: issueCodes.find((code) => code === text('issue')) ?? 'inadmissible', amounts: amounts.value },
      ...{ rank: /^\d{1,4}$/.test(text('rank').trim()) ? Number(text('rank')) : null, words: text('words') },
      ...{ conditions: text('conditions'), referent: text('referent') },
    };
    const seen = Number(text('seen'));
    const said = {
      ...{ seen, ...(command === 'correct' || command === 'complete' ? { reason: text('reason') } : {}) },
      ...(command === 'complete' ? { command } : {}),
    };
    const done = await writeDecision(context, idOf(sent), form, command === 'conclude' ? { seen, command } : said);
    return goTo(done, here(sent, name));
  });

export const actions = {
  decider: writing('decider'),
  corriger: writing('corriger', 'correct'),
  completer: writing('completer', 'complete'),
  conclure: writing('conclure', 'conclude'),
  signer: act('signer', async (sent) => {
    const agency = agencyKinds.find((kind) => kind === sent.text('agency')) ?? 'ministry';
    const order = { agency, seen: Number(sent.text('seen')) };
    return goTo(await signDecision(sent.context, idOf(sent), order), here(sent, 'signer'));
  }),
  renoncer: act('renoncer', async (sent) =>
    goTo(await releaseDecision(sent.context, idOf(sent), sent.text('reason')), here(sent, 'renoncer')),
  ),
  courrier: act('courrier', async (sent) =>
    goTo(
      await prepareLetters(
        sent.context,
        sent.params.id ?? '',
        { applications: [idOf(sent)], sha256: sent.text('read') },
        sent.origin,
      ),
      here(sent, 'courrier'),
    ),
  ),
  envoyer: act('envoyer', async (sent) =>
    goTo(await sendPrepared(sent.context, sent.params.id ?? '', idOf(sent)), here(sent, 'envoyer')),
  ),
};
