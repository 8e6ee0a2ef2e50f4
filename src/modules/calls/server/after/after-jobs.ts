import { z } from 'zod';
import { todayIn } from '#platform/clock.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import type { AgreementState } from '../../after/agreement.ts';
import { decideAgreement } from '../../after/decide-agreement.ts';
import { reportsToRemind, reportToAsk } from '../../after/decide-follow-up.ts';
import type { CallState } from '../../call.ts';
import { commandAfter } from './agreement-stream.ts';
import { askReport, remindReport } from './reports.ts';
import './tables.ts';

/**
 * Each night: agreements whose first day came begin; reports are asked, the final one thirty days after the end; those that
 * were not given are asked for again, thirty days later. Done twice, it changes nothing.
 */
export const afterCallsJob = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): AnyJob =>
  defineJob({
    name: 'calls.after',
    purpose: 'Commence les conventions, demande et rappelle les bilans des projets lauréats',
    data: z.object({}),
    every: '20 5 * * *',
    handle: async (context) => {
      const house = { ...context, actor: { kind: 'system' } as const };
      const rows = await context.db
        .selectFrom('call_agreement')
        .innerJoin('call', 'call.id', 'call_agreement.call')
        .select(['application', 'call_agreement.state', 'call.state as call'])
        .where('call_agreement.status', 'not in', ['closed', 'terminated'])
        // Of a label without an agreement, reports that were asked are reminded of.
        .where(({ eb, or }) => or([eb('ends_on', 'is not', null), eb('call_agreement.status', '=', 'absent')]))
        .orderBy('application')
        .execute();
      for (const { application, state, call } of rows) {
        const agreement = state as AgreementState;
        const zone = (call as CallState).calendar?.zone ?? 'Europe/Paris';
        const today = todayIn(context.clock, zone).toString();
        if (agreement.status === 'signed' && (agreement.inForce?.startsOn ?? today) <= today)
          await commandAfter(house, application, (now, setting) => decideAgreement(now, { command: 'start' }, setting));
        // Without the site’s own address no link would lead anywhere: reports are asked once it is set.
        if (!ORIGIN) continue;
        const kind = reportToAsk(agreement, today);
        if (kind) await askReport(house, application, kind, { today, origin: ORIGIN });
        for (const { id } of reportsToRemind(agreement, today)) await remindReport(house, application, id, ORIGIN);
      }
    },
  });
