import { formatDay } from '#messages/format.ts';
import { agencyWords, callKinds, deadlineWords, formatCents, pooledTotal } from '#modules/calls/index.ts';
import { currentFrame, placeOf, type RunLine, whoRuns } from '#modules/calls/server/index.ts';

export const load = async ({ locals: { context } }) => {
  const { edition } = currentFrame();
  const { regions, elsewhere } = await whoRuns(context, edition, { followed: false });
  // What everybody may read: published calls, and their amount where the call says it on its own page.
  const callSaid = ({ call, title }: RunLine) => {
    const { calendar, money } = call;
    const { locative } = placeOf(context, call.territory);
    const moment = (instant: string): string => deadlineWords(instant, calendar?.zone ?? 'Europe/Paris', locative);
    return {
      ...{ href: `/appels/${call.slug}`, title, cancelled: call.status === 'cancelled' },
      said: [
        `${callKinds[call.kind].words}, ${call.agencies.map((agency) => agencyWords[agency]).join(' et ')}`,
        ...(money.shown ? [formatCents(pooledTotal(money.envelopes))] : []),
        ...(calendar && call.status !== 'cancelled'
          ? [
              `ouverture le ${moment(calendar.opensAt)}`,
              `limite le ${moment(calendar.closesAt)}`,
              `lauréats connus le ${formatDay('fr', calendar.resultsOn)}`,
              `début des projets le ${formatDay('fr', calendar.startsOn)}`,
            ]
          : []),
      ],
    };
  };
  const published = (calls: readonly RunLine[]) => calls.filter(({ call }) => call.publishedAt !== null).map(callSaid);
  return {
    edition,
    regions: regions.map(({ name, code, declarations, calls }) => ({
      ...{ name, href: `/territoires/regions/${code}` },
      declared: declarations.filter(({ status }) => status === 'sent').map(({ agency }) => agencyWords[agency]),
      calls: published(calls),
    })),
    elsewhere: published(elsewhere),
  };
};
