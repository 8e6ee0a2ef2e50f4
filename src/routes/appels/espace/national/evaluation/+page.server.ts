import { formatNumber } from '#messages/format.ts';
import { evaluationMethod, formatCents, nextSteps } from '#modules/calls/index.ts';
import { loadEvaluation } from './load-evaluation.ts';

export const load = async ({ locals, url }) => {
  const { edition, found, axisWords } = await loadEvaluation(locals, url);
  const number = (value: number): string => formatNumber('fr', value);
  return {
    ...{ here: 'Évaluation', edition, trail: [{ href: '/appels/espace/national', label: 'Suivi national' }] },
    facts: [
      { term: 'Appels notifiés', detail: number(found.calls) },
      { term: 'Projets lauréats', detail: number(found.projects) },
      { term: 'Accordé', detail: formatCents(found.granted) },
      { term: 'Payé', detail: formatCents(found.paid) },
      { term: 'Conventions signées', detail: number(found.agreements) },
      { term: 'Projets avec un bilan validé', detail: number(found.reports) },
    ],
    axes: found.axes.map((line) => ({
      id: String(line.axis),
      axis: axisWords(line.axis),
      ...{ projects: number(line.projects), indicators: number(line.indicators) },
      ...{ withTarget: number(line.withTarget), withActual: number(line.withActual) },
      ...{ reached: number(line.reached), missing: number(line.missing) },
    })),
    next: [...found.next].map(([code, count]) => ({
      term: code === 'unknown' ? 'Pas encore dit' : nextSteps[code],
      detail: number(count),
    })),
    method: [...evaluationMethod],
  };
};
