import { formatNumber } from '#messages/format.ts';
import { agreementWords, byAxis, byNext, evaluationMethod, formatCents, nextSteps } from '#modules/calls/index.ts';
import { frameOfEdition, titleOfCall } from '#modules/calls/server/index.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { loadFollowUp } from './load-follow-up.ts';

export const load = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const { call, lines } = await loadFollowUp(context, params.id);
  const title = await titleOfCall(context, params.id);
  const axes = frameOfEdition(call.frame.edition)?.axes ?? [];
  return {
    ...{ here: 'Suivi', title, id: params.id, trail: [{ href: `/appels/espace/${params.id}`, label: title }] },
    told: call.status === 'notified' || call.status === 'finished',
    framed: call.configuration !== null,
    projects: lines.map(({ id, number, title: name, holder, granted, paid, agreement, showcase }) => ({
      href: `/appels/espace/${params.id}/suivi/${id}`,
      title: `${number}. ${name}`,
      detail: [
        holder,
        `accordé ${formatCents(granted)}`,
        `convention ${agreementWords[agreement.status]}`,
        `payé ${formatCents(paid)}`,
        ...(showcase === 'published' ? ['dans la bibliothèque'] : []),
      ].join(' · '),
      ...(agreement.end && agreement.status !== 'terminated'
        ? { mark: { text: 'Abandon demandé', tone: 'rose' as const } }
        : agreement.reports.some(({ status }) => status === 'received')
          ? { mark: { text: 'Bilan reçu', tone: 'apricot' as const } }
          : {}),
    })),
    axes: byAxis(lines.map(({ measured }) => measured)).map((line) => ({
      id: String(line.axis),
      axis:
        line.axis === null
          ? 'Sans axe'
          : [line.axis, axes.find(({ number }) => number === line.axis)?.short].filter(Boolean).join('. '),
      ...{ projects: formatNumber('fr', line.projects), indicators: formatNumber('fr', line.indicators) },
      ...{ withTarget: formatNumber('fr', line.withTarget), withActual: formatNumber('fr', line.withActual) },
      ...{ reached: formatNumber('fr', line.reached), missing: formatNumber('fr', line.missing) },
    })),
    next: [...byNext(lines.map(({ permanence }) => permanence))].map(([code, count]) => ({
      term: code === 'unknown' ? 'Pas encore dit' : nextSteps[code],
      detail: formatNumber('fr', count),
    })),
    method: [...evaluationMethod],
  };
};
