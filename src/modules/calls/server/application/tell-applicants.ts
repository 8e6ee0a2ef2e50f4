import { z } from 'zod';
import { noId } from '#platform/ids.ts';
import type { Context } from '#platform/server/context.ts';
import { type AnyJob, defineJob, type JobKind } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import type { ApplicationStatus } from '../../application/application.ts';
import { receiptNumber } from '../../application/receipt.ts';
import { deadlineWords } from '../../calendar.ts';
import type { CallState } from '../../call.ts';
import { readCall } from '../call-stream.ts';
import { placeOf } from '../call-view.ts';
import { readTexts } from '../rows.ts';
import { titleOf } from '../title.ts';
import '../tables.ts';

/** Members written to at a time. */
const SOME = 200;

/** Whoever has an application that still lives: a draft as much as a deposit. */
const living: readonly ApplicationStatus[] = [
  ...(['draft', 'deposited', 'incomplete', 'admissible', 'inadmissible'] as const),
  ...(['evaluating', 'evaluated', 'deliberated'] as const),
];

const tellApplicants: JobKind<{ readonly call: string; readonly amendment: number | null }> = {
  name: 'calls.tell-applicants',
  // `amendment`: which one, from 1; null: the call is cancelled.
  data: z.object({ call: z.uuid(), amendment: z.int().positive().nullable() }),
};

/** Asks, in the transaction of the change, that applicants be told of the last amendment, or of the cancellation. */
export const tellApplicantsOf = async (context: Context, id: string, call: CallState): Promise<void> => {
  const amendment = call.status === 'cancelled' ? null : call.amendments.length;
  await context.jobs.enqueue(tellApplicants, { call: id, amendment }, { key: `${id}/${amendment ?? 'cancelled'}` });
};

/** Writes to every member of the living applications of a call that changed: each once for each change. */
export const tellApplicantsJob = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): AnyJob =>
  defineJob({
    ...tellApplicants,
    purpose: 'Prévenir les porteurs, brouillons compris, qu’un appel est modifié ou annulé',
    handle: async (context, { call: id, amendment }) => {
      const call = await readCall(context, id);
      // Amended, then cancelled before this ran: the cancellation has its own message.
      if (!call?.calendar || (amendment !== null && call.status === 'cancelled')) return;
      const say = await messageOf(context, call, amendment);
      for (let after: string = noId; ; ) {
        const members = await context.db
          .selectFrom('call_application_member as member')
          .innerJoin('call_application as file', 'file.id', 'member.application')
          .select(['member.id', 'member.email', 'file.id as application', 'file.number', 'file.title'])
          .select(['file.status', 'file.kind'])
          .where('file.call', '=', id)
          .where('file.status', 'in', [...living])
          .where('member.id', '>', after)
          .orderBy('member.id')
          .limit(SOME)
          .execute();
        for (const member of members) {
          const key = `calls.change/${id}/${amendment ?? 'cancelled'}/${member.id}`;
          await context.mail.post({ to: member.email, key, ...say(member, ORIGIN ?? '') });
          after = member.id;
        }
        if (members.length < SOME) return;
      }
    },
  });

interface Told {
  readonly application: string;
  readonly number: number;
  readonly title: string;
  readonly status: ApplicationStatus;
  readonly kind: 'full' | 'intent';
}

/** What a change is told with: its motive, then where each application stands. */
const messageOf = async (context: Context, call: CallState, amendment: number | null) => {
  const title = await titleOf(context, call);
  const change = amendment === null ? undefined : call.amendments[amendment - 1];
  const text = change?.text ?? call.reason;
  const motive = text ? ((await readTexts(context, [text])).get(text) ?? '') : '';
  const { zone } = call.calendar ?? { zone: 'Europe/Paris' };
  const closes = change && deadlineWords(change.closesAt, zone, placeOf(context, call.territory).locative);
  return ({ application, number, title: project, status, kind }: Told, origin: string) => {
    const it = kind === 'intent' ? 'Votre lettre d’intention' : 'Votre candidature';
    const draft = status === 'draft';
    return {
      subject: change ? 'Un appel à projets auquel vous répondez a changé' : 'Un appel à projets est annulé',
      text: [
        ...[
          'Bonjour,',
          '',
          change ? 'Un additif est publié pour cet appel à projets :' : 'Cet appel à projets est annulé :',
        ],
        ...[title, '', change ? 'Ce qui change :' : 'Le motif :', motive, ''],
        ...(closes ? [`Limite de dépôt : ${closes}.`] : []),
        change
          ? `${it} ${draft ? 'n’est pas encore déposée' : 'est déposée, et le reste'}.`
          : `${it} ${draft ? 'ne peut plus être déposée : gardez-en ce qui peut vous servir' : 'ne sera pas examinée'}.`,
        ...['', `Projet : ${project || 'sans titre pour l’instant'}`, `Numéro : ${receiptNumber(call.slug, number)}`],
        ...['', `${origin}/appels/espace/candidatures/${application}`, `L’appel : ${origin}/appels/${call.slug}`],
      ].join('\n'),
    };
  };
};
