import type { List } from '#platform/server/lists/list.ts';
import { isReached, type Measured } from '../../after/evaluation.ts';
import { nextSteps } from '../../after/report.ts';
import { agreementWords } from '../../after/words.ts';
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

const reachedWords: Readonly<Record<string, string>> = { true: 'oui', false: 'non' };

const validated = ({ reports }: FollowedLine['agreement']): number =>
  reports.filter(({ status }) => status === 'validated').length;
