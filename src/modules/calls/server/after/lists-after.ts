import type { List } from '#platform/server/lists/list.ts';
import { lineLabel } from '../../after/agreement-text.ts';
import { isReached, type Measured } from '../../after/evaluation.ts';
import type { Payment } from '../../after/payment.ts';
import { type GivenReport, nextSteps, reportKinds } from '../../after/report.ts';
import { agreementWords, paymentWords, reportStatusWords } from '../../after/words.ts';
import type { FollowedLine } from './follow-up.ts';

/** The laureates of a call and where each stands, as a list to take away. */
export const followUpList = (call: string, lines: readonly FollowedLine[], madeOn: string): List<FollowedLine> => ({
  ...{ title: `Suivi : ${call}`, subject: 'Les lauréats, leur convention, ce qui leur est versé, la suite.' },
  ...{ file: 'suivi-des-laureats', rows: lines, madeOn },
  columns: [
    { title: 'N°', kind: 'number', of: ({ number }) => number },
    { title: 'Projet', kind: 'text', of: ({ title }) => title },
    { title: 'Porteur', kind: 'text', of: ({ holder }) => holder },
    { title: 'Accordé', kind: 'cents', of: ({ granted }) => granted },
    { title: 'Convention', kind: 'text', of: ({ agreement }) => agreementWords[agreement.status] },
    { title: 'Du', kind: 'text', of: ({ agreement }) => agreement.inForce?.startsOn ?? null },
    { title: 'Au', kind: 'text', of: ({ agreement }) => agreement.inForce?.endsOn ?? null },
    { title: 'Avenants', kind: 'number', of: ({ agreement }) => agreement.amendments.length },
    { title: 'Payé', kind: 'cents', of: ({ paid }) => paid },
    { title: 'Bilans validés', kind: 'number', of: ({ agreement }) => validated(agreement) },
    { title: 'La suite', kind: 'text', of: ({ permanence }) => (permanence ? nextSteps[permanence] : null) },
  ],
});

/** Each indicator of each laureate, target and value, as a list to take away. */
export const indicatorsList = (
  call: string,
  lines: readonly FollowedLine[],
  madeOn: string,
): List<Measured & { readonly project: string }> => ({
  ...{ title: `Indicateurs : ${call}`, subject: 'Chaque indicateur déposé, sa cible et ce que le bilan en dit.' },
  ...{ file: 'indicateurs', madeOn },
  rows: lines.flatMap(({ number, title, measured }) =>
    measured.map((one) => ({ ...one, project: `${number}. ${title}` })),
  ),
  columns: [
    { title: 'Projet', kind: 'text', of: ({ project }) => project },
    { title: 'Axe', kind: 'number', of: ({ axis }) => axis },
    { title: 'Indicateur', kind: 'text', of: ({ title }) => title },
    { title: 'Unité', kind: 'text', of: ({ unit }) => unit },
    { title: 'Départ', kind: 'number', of: ({ baseline }) => baseline },
    { title: 'Cible', kind: 'number', of: ({ target }) => target },
    { title: 'Atteint', kind: 'number', of: ({ actual }) => actual },
    { title: 'Cible atteinte', kind: 'text', of: (one) => reachedWords[String(isReached(one))] ?? null },
  ],
});

/** Each payment of each laureate and its days, as a list to take away: what is planned, asked, settled, paid or cancelled. */
export const paymentsList = (
  call: string,
  lines: readonly FollowedLine[],
  madeOn: string,
): List<Payment & { readonly project: string; readonly line: string }> => ({
  ...{ title: `Versements : ${call}`, subject: 'Chaque versement, sa ligne de crédit et ses jours.', madeOn },
  file: 'versements',
  rows: lines.flatMap(({ number, title, agreement: { payments, inForce } }) =>
    payments.map((one) => {
      const line = inForce?.lines.find(({ key }) => key === one.key);
      return { ...one, project: `${number}. ${title}`, line: line ? lineLabel(line) : one.key };
    }),
  ),
  columns: [
    { title: 'Projet', kind: 'text', of: ({ project }) => project },
    { title: 'Ligne de crédit', kind: 'text', of: ({ line }) => line },
    { title: 'Montant', kind: 'cents', of: ({ cents }) => cents },
    { title: 'Où il en est', kind: 'text', of: ({ status }) => paymentWords[status] },
    { title: 'Prévu le', kind: 'text', of: ({ days }) => days.planned ?? null },
    { title: 'Demandé le', kind: 'text', of: ({ days }) => days.asked ?? null },
    { title: 'Liquidé le', kind: 'text', of: ({ days }) => days.settled ?? null },
    { title: 'Payé le', kind: 'text', of: ({ days }) => days.paid ?? null },
  ],
});

/** Each report that was asked from each laureate, as a list to take away. */
export const reportsList = (
  call: string,
  lines: readonly FollowedLine[],
  madeOn: string,
): List<GivenReport & { readonly project: string }> => ({
  ...{ title: `Bilans : ${call}`, subject: 'Chaque bilan demandé, et où il en est.', file: 'bilans', madeOn },
  rows: lines.flatMap(({ number, title, agreement }) =>
    agreement.reports.map((one) => ({ ...one, project: `${number}. ${title}` })),
  ),
  columns: [
    { title: 'Projet', kind: 'text', of: ({ project }) => project },
    { title: 'Bilan', kind: 'text', of: ({ kind }) => reportKinds[kind] },
    { title: 'Où il en est', kind: 'text', of: ({ status }) => reportStatusWords[status] },
    { title: 'Demandé le', kind: 'text', of: ({ askedOn }) => askedOn },
    { title: 'Attendu le', kind: 'text', of: ({ due }) => due },
    { title: 'Rappels', kind: 'number', of: ({ reminders }) => reminders },
  ],
});

const reachedWords: Readonly<Record<string, string>> = { true: 'oui', false: 'non' };

const validated = ({ reports }: FollowedLine['agreement']): number =>
  reports.filter(({ status }) => status === 'validated').length;
