import { formatDay } from '#messages/format.ts';
import { agencyWords, callKinds, deadlineWords, formatCents, pooledTotal, totalOf } from '#modules/calls/index.ts';
import {
  editions,
  messagesToMinistry,
  nationalFacts,
  placeOf,
  type RunLine,
  readNational,
} from '#modules/calls/server/index.ts';
import { type Refusal, refuse } from '#platform/result.ts';
import { act, goTo } from '../act.ts';
import { configurationWords, declarationWords, statusWords } from '../words.ts';
import { loadNational } from './load-national.ts';

export const load = async ({ locals, url }) => {
  // Before anything is read: what comes meanwhile is not said to have been read.
  const until = locals.context.clock.now().epochMilliseconds;
  const { context, edition, regions, elsewhere } = await loadNational(locals, url);
  const day = (iso: string): string => formatDay('fr', iso);
  const callSaid = ({ id, call, title }: RunLine) => {
    const { locative, name } = placeOf(context, call.territory);
    const { calendar } = call;
    const moment = (instant: string): string => deadlineWords(instant, calendar?.zone ?? 'Europe/Paris', locative);
    return {
      ...{ id, title, status: statusWords[call.status], slug: call.publishedAt ? call.slug : undefined },
      who: call.agencies.map((agency) => agencyWords[agency]).join(' et '),
      kind: call.configuration ? configurationWords[call.configuration] : `${callKinds[call.kind].words}, ${name}`,
      money: call.money.envelopes.map(
        (one) => `${one.funder}${one.line === 'other' ? '' : ` (${one.line})`} : ${formatCents(totalOf(one))}`,
      ),
      total: formatCents(pooledTotal(call.money.envelopes)),
      dates: calendar
        ? [
            `ouverture le ${moment(calendar.opensAt)}`,
            `limite le ${moment(calendar.closesAt)}`,
            `jury le ${day(calendar.juryOn)}`,
            `lauréats connus le ${day(calendar.resultsOn)}`,
            `début des projets le ${day(calendar.startsOn)}`,
          ]
        : [],
    };
  };
  // Money is said line of credit by line of credit, then together: a view, never a merged line.
  const living = [...regions.flatMap(({ calls }) => calls), ...elsewhere].filter(
    ({ call }) => call.status !== 'cancelled',
  );
  const lineTotal = (line: string): number =>
    living
      .flatMap(({ call }) => call.money.envelopes)
      .filter((one) => one.line === line)
      .reduce((sum, one) => sum + totalOf(one), 0);
  return {
    ...{ here: 'Suivi national', edition, editions: editions() },
    ...{ until, came: (await nationalFacts(context, edition)).map(cameSaid)[0] ?? '' },
    messages: (await messagesToMinistry(context, edition)).map(({ id, on, title, text }) => ({
      ...{ id, title, text, on: day(on.toString()) },
    })),
    totals: [
      { term: 'FIR (ARS)', detail: formatCents(lineTotal('FIR')) },
      { term: 'Programme 304, action 17 (DREETS)', detail: formatCents(lineTotal('P304-17')) },
      { term: 'Autres financeurs', detail: formatCents(lineTotal('other')) },
    ],
    rows: regions.map(({ code, name, declarations, calls }) => ({
      ...{ id: code, name },
      declarations: declarations.map(({ agency, status, sentOn, late, configuration, referentIs, motiveSaid }) => ({
        ...{ agency: agencyWords[agency], words: declarationWords[status], late, motive: motiveSaid },
        on: sentOn ? day(sentOn) : undefined,
        wished: configuration ? configurationWords[configuration] : undefined,
        referent: referentIs ? `${referentIs.name}, ${referentIs.email}` : undefined,
      })),
      calls: calls.map(callSaid),
    })),
    elsewhere: elsewhere.map(callSaid),
  };
};

/** « 3 déclarations, dont 1 après la date nationale ; 2 messages de lauréats »; nothing when nothing came. */
const cameSaid = ({ declarations, late, messages }: Awaited<ReturnType<typeof nationalFacts>>[number]): string => {
  const those = declarations === 1 ? 'partie' : `dont ${late}`;
  return [
    ...(declarations > 0
      ? [
          `${declarations} ${declarations === 1 ? 'déclaration' : 'déclarations'}${late > 0 ? `, ${those} après la date nationale` : ''}`,
        ]
      : []),
    ...(messages > 0 ? [`${messages} ${messages === 1 ? 'message' : 'messages'} de lauréats`] : []),
  ].join(' ; ');
};

export const actions = {
  lu: act('lu', async ({ context, text }) => {
    const edition = text('edition');
    const until = readInstant(text('until'));
    if (!until) return refuse(unreadable);
    return goTo(await readNational(context, { edition, until }), `/appels/espace/national?edition=${edition}`);
  }),
};

/** The instant that the page wrote, in milliseconds; a form that somebody else made may hold anything. */
const readInstant = (said: string): Temporal.Instant | undefined =>
  /^\d{1,15}$/.test(said) ? Temporal.Instant.fromEpochMilliseconds(Number(said)) : undefined;

const unreadable: Refusal = { code: 'not_now', message: 'Rechargez la page, puis recommencez.' };
