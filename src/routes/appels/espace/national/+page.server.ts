import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { agencyWords, deadlineWords, formatCents, pooledTotal, totalOf } from '#modules/calls/index.ts';
import { currentFrame, editions, frameOfEdition, placeOf, whoRuns } from '#modules/calls/server/index.ts';
import { can } from '#platform/permissions.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { declarationWords, statusWords } from '../words.ts';

export const load = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  if (!can(context.actor, 'call.follow')) error(404, 'Cette page n’est pas pour vous.');
  const asked = url.searchParams.get('edition') ?? '';
  const edition = frameOfEdition(asked) ? asked : currentFrame().edition;
  const lines = await whoRuns(context, edition, { referents: true });
  // Money is said line of credit by line of credit, then together: a view, never a merged line.
  const living = lines.flatMap(({ calls }) => calls).filter(({ call }) => call.status !== 'cancelled');
  const lineTotal = (line: string): number =>
    living
      .flatMap(({ call }) => call.money.envelopes)
      .filter((one) => one.line === line)
      .reduce((sum, one) => sum + totalOf(one), 0);
  return {
    ...{ here: 'Suivi national', edition, editions: editions() },
    totals: [
      { term: 'FIR (ARS)', detail: formatCents(lineTotal('FIR')) },
      { term: 'Programme 304, action 17 (DREETS)', detail: formatCents(lineTotal('P304-17')) },
      { term: 'Autres financeurs', detail: formatCents(lineTotal('other')) },
    ],
    rows: lines.map(({ code, name, declarations, calls }) => ({
      ...{ id: code, name },
      declarations: declarations.map(({ agency, status, sentOn, late, referentIs }) => ({
        ...{ agency: agencyWords[agency], words: declarationWords[status], late },
        on: sentOn ? formatDay('fr', sentOn) : undefined,
        referent: referentIs ? `${referentIs.name}, ${referentIs.email}` : undefined,
      })),
      calls: calls.map(({ id, call }) => ({
        ...{ id, status: statusWords[call.status], slug: call.publishedAt ? call.slug : undefined },
        who: call.agencies.map((agency) => agencyWords[agency]).join(' et '),
        money: call.money.envelopes.map(
          (one) => `${one.funder}${one.line === 'other' ? '' : ` (${one.line})`} : ${formatCents(totalOf(one))}`,
        ),
        total: formatCents(pooledTotal(call.money.envelopes)),
        closes: call.calendar
          ? deadlineWords(call.calendar.closesAt, call.calendar.zone, placeOf(context, call.territory).locative)
          : undefined,
      })),
    })),
  };
};
