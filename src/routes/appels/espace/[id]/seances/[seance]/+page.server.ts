import { error } from '@sveltejs/kit';
import { formatCents, issueCodes, issueOf, issuesOf, keyOf, typedCents, usesOf, votes } from '#modules/calls/index.ts';
import {
  cancelSession,
  changeSession,
  closeItem,
  filesToDiscuss,
  moveSession,
  proposedAmounts,
  type RankingLine,
  rankingView,
  selectionPlace,
  sessionView,
} from '#modules/calls/server/index.ts';
import { typedTime } from '#platform/ui/date-fields.ts';
import { act, goTo, type Sent } from '../../../act.ts';
import { readAmounts } from '../../amounts-form.ts';
import { averageSaid, spreadSaid } from '../../evaluations/average.ts';
import { lineName, saidUses } from '../../line-uses.ts';
import { openSelection, whereIs } from '../../open-selection.ts';
import { readConvened } from '../read-convened.ts';
import { itemWords, sessionWords } from '../words.ts';

export const load = async ({ locals, url, params }) => {
  const place = await openSelection(locals, url, params.id);
  const above = [{ href: `/appels/espace/${params.id}/seances`, label: 'Séances' }];
  if (!place.open) error(404, 'Cette séance n’existe pas, ou n’est pas pour vous.');
  const { context, call, momentOf } = place;
  const view = await sessionView(context, params.id, params.seance);
  if (!view) error(404, 'Cette séance n’existe pas, ou n’est pas pour vous.');
  const { session, sitting, items, texts } = view;
  const nameOf = (id: string): string => sitting.find((one) => one.id === id)?.name || 'Membre du jury';
  const only = new Set(session.items.map(({ application }) => application));
  // What the evaluations say of each point, as the ranking says it to who reads: nothing of a point from which they are recused.
  const ranking = await rankingView(context, params.id, { only });
  const proposed = await proposedAmounts(context, params.id);
  const lines = call.money.envelopes.map((envelope, at) => ({ key: keyOf(envelope, at), name: lineName(envelope) }));
  return {
    ...whereIs(params.id, `Séance du ${momentOf(session.at)}`, above),
    ...{ seance: params.seance, status: session.status, statusSaid: sessionWords[session.status], runs: view.runs },
    ...{ done: url.searchParams.get('fait'), quorum: view.quorum || 'non fixé par l’appel' },
    place: session.place ? (texts.get(session.place) ?? '') : '',
    reason: session.reason ? (texts.get(session.reason) ?? '') : '',
    members: sitting.map(({ id, name, organisation, voice }) => ({
      value: id,
      label: [name || 'Membre du jury', organisation].filter(Boolean).join(', '),
      hint: voice === 'deliberative' ? 'Voix délibérative' : 'Voix consultative',
    })),
    present: session.present,
    undeclared: view.undeclared.map(({ name }) => name),
    uses: saidUses(usesOf(call.money.envelopes, view.given), call.money.pooled),
    ...{ lines, issues: issuesOf(call.kind).map((code) => ({ value: code, label: issueOf(code).words })) },
    votes: Object.entries(votes).map(([value, label]) => ({ value, label })),
    anyOpen: items.some(({ item }) => item.status === 'open'),
    items: items.map(({ item, hidden, number, region, territory, title, holder, askedCents, out, voters }) => ({
      ...{ id: item.application, status: item.status, said: itemWords[item.status], hidden, number, region, territory },
      ...{ title, holder, asked: hidden ? '' : formatCents(askedCents) },
      out: view.runs ? out.map((id) => ({ value: id, label: nameOf(id) })) : [],
      voters: voters.map((id) => ({ id, name: nameOf(id) })),
      outcome:
        hidden || !item.outcome
          ? undefined
          : `${issueOf(item.outcome.issue).words}${item.outcome.words ? `. ${texts.get(item.outcome.words) ?? ''}` : ''}`,
      judged: judgedSaid(
        ranking?.lines.find(({ id }) => id === item.application),
        ranking?.most ?? null,
      ),
      amounts: Object.fromEntries(
        Object.entries(hidden ? {} : (proposed.get(item.application) ?? {})).map(([key, cents]) => [
          key,
          typedCents(cents),
        ]),
      ),
    })),
    change:
      view.runs && session.status === 'convened'
        ? {
            now: saidNow(session.at, place.zone, session.place ? (texts.get(session.place) ?? '') : ''),
            seen: view.version,
            chosen: session.items.map(({ application }) => application),
            files: (await filesToDiscuss(context, params.id, view.access)).map(({ id, number, title }) => ({
              ...{ value: id, label: `n° ${number}, ${title}` },
            })),
          }
        : undefined,
  };
};

/** « Rang 2, 14,5 sur 20 (3 notes, de 12 à 17) », evaluations handed in, opinions given: before the jury speaks. */
const judgedSaid = (line: RankingLine | undefined, most: number | null): readonly string[] =>
  line
    ? [
        ...(line.rank === undefined ? [] : [`Rang ${line.rank}${line.tied ? ' ex æquo' : ''}`]),
        ...(line.average ? [`${averageSaid(line.average, most)} (${spreadSaid(line.average)})`] : []),
        `évaluations remises : ${line.submitted} sur ${line.assigned}`,
        ...(line.opinions.asked > 0 ? [`avis donnés : ${line.opinions.given} sur ${line.opinions.asked}`] : []),
      ]
    : [];

/** A session as the fields of its form say it. */
const saidNow = (at: string, zone: string, place: string): Readonly<Record<string, string>> => {
  const there = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return {
    ...{ at_jour: String(there.day), at_mois: String(there.month), at_annee: String(there.year), place },
    at_hour: typedTime(there),
  };
};

const here = ({ params }: Sent, done: string): string =>
  `/appels/espace/${params.id}/seances/${params.seance}?fait=${done}`;
const idOf = ({ params }: Sent): string => params.seance ?? '';

export const actions = {
  changer: act('changer', async (sent) => {
    const said = await readConvened(sent);
    if (!said.ok) return said;
    const change = { ...said.value, seen: Number(sent.text('seen')) };
    return goTo(await changeSession(sent.context, idOf(sent), change), here(sent, 'changer'));
  }),
  annuler: act('annuler', async (sent) => {
    const { context, text, origin } = sent;
    return goTo(await cancelSession(context, idOf(sent), { reason: text('reason'), origin }), here(sent, 'annuler'));
  }),
  ouvrir: act('ouvrir', async (sent) => {
    const present = sent.form.getAll('present').map(String);
    return goTo(await moveSession(sent.context, idOf(sent), { command: 'open', present }), here(sent, 'ouvrir'));
  }),
  presence: act('presence', async (sent) => {
    const present = sent.form.getAll('present').map(String);
    return goTo(await moveSession(sent.context, idOf(sent), { command: 'note', present }), here(sent, 'presence'));
  }),
  point: act('point', async (sent) => {
    const order = {
      command: 'openItem' as const,
      ...{ application: sent.text('application'), out: sent.form.getAll('out').map(String) },
    };
    return goTo(await moveSession(sent.context, idOf(sent), order), here(sent, 'point'));
  }),
  dire: act('dire', async (sent) => {
    const { context, params, text, form } = sent;
    const place = await selectionPlace(context, params.id ?? '');
    const amounts = readAmounts(place?.call.money.envelopes.map(keyOf) ?? [], text);
    if (!amounts.ok) return amounts;
    const cast = Object.fromEntries(
      [...form].flatMap(([name, value]) =>
        name.startsWith('vote-') && (value === 'for' || value === 'against' || value === 'abstains')
          ? [[name.slice('vote-'.length), value] as const]
          : [],
      ),
    );
    const issue = issueCodes.find((code) => code === text('issue')) ?? 'inadmissible';
    const outcome = {
      ...{ issue, amounts: amounts.value, words: text('words') },
      votes: text('mode') === 'consensus' ? null : cast,
    };
    return goTo(await closeItem(context, idOf(sent), text('application'), outcome), here(sent, 'dire'));
  }),
  reporter: act('reporter', async (sent) => {
    const order = { command: 'skipItem' as const, application: sent.text('application') };
    return goTo(await moveSession(sent.context, idOf(sent), order), here(sent, 'reporter'));
  }),
  fermer: act('fermer', async (sent) =>
    goTo(await moveSession(sent.context, idOf(sent), { command: 'close' }), here(sent, 'fermer')),
  ),
};
