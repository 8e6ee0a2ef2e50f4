import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { Frozen } from '../../application/deposit.ts';
import { receiptNumber } from '../../application/receipt.ts';
import { deadlineWords, secondWords } from '../../calendar.ts';
import { readCall } from '../call-stream.ts';
import { placeOf, zoneOf } from '../call-view.ts';
import { titleOf } from '../title.ts';
import { applicationRow } from './application-stream.ts';

/** What the members of an application are told. */
export type News =
  | { readonly what: 'deposited' | 'completed'; readonly frozen: Frozen }
  | { readonly what: 'withdrawn' | 'closed' | 'completionCancelled' }
  | {
      readonly what: 'completionAsked' | 'completionChanged';
      readonly due: string;
      readonly parts: readonly string[];
      readonly reason: string;
    };

/** Writes to every member of an application, in the transaction of what happened: never without it, never twice. */
export const tellMembers = async (
  context: PersonContext,
  id: string,
  { origin, ...news }: News & { readonly origin: string | undefined },
): Promise<void> => {
  const row = await applicationRow(context, id);
  const call = row && (await readCall(context, row.call));
  if (!row || !call) return;
  const members = await context.db
    .selectFrom('call_application_member')
    .select('email')
    .where('application', '=', id)
    .orderBy('email')
    .execute();
  const zone = call.calendar?.zone ?? zoneOf(context, call.territory);
  const said = (instant: string): string => secondWords(instant, zone, placeOf(context, call.territory).locative);
  const due = (instant: string): string => deadlineWords(instant, zone, placeOf(context, call.territory).locative);
  const { subject, lines } = words(news as News, { said, due, letter: row.kind === 'intent' });
  const text = [
    ...['Bonjour,', '', ...lines, ''],
    ...[
      `Appel : ${await titleOf(context, call)}`,
      `Projet : ${row.title}`,
      `Numéro : ${receiptNumber(call.slug, row.number)}`,
    ],
    ...['', `${origin ?? ''}/appels/espace/candidatures/${id}/recepisse`],
  ].join('\n');
  for (const { email } of members) await context.mail.post({ to: email, subject, text });
};

type Say = (instant: string) => string;

const words = (
  news: News,
  { said, due, letter }: { readonly said: Say; readonly due: Say; readonly letter: boolean },
): { readonly subject: string; readonly lines: readonly string[] } => {
  const it = letter ? 'La lettre d’intention' : 'La candidature';
  switch (news.what) {
    case 'deposited':
      return {
        subject: letter ? 'Votre lettre d’intention est déposée' : 'Votre candidature est déposée',
        lines: [
          `${it} a été reçue par le serveur le ${said(news.frozen.at)}.`,
          `Empreinte (SHA-256) de ce qui est déposé : ${news.frozen.sha256}`,
        ],
      };
    case 'completed':
      return {
        subject: 'Votre complément est envoyé',
        lines: [
          `Le complément a été reçu par le serveur le ${said(news.frozen.at)}.`,
          `Empreinte (SHA-256) de ce qui est déposé : ${news.frozen.sha256}`,
        ],
      };
    case 'withdrawn':
      return {
        subject: letter ? 'Votre lettre d’intention est retirée' : 'Votre candidature est retirée',
        lines: [`${it} est retirée : personne ne se prononcera plus sur elle.`],
      };
    case 'closed':
      return {
        subject: 'Votre lettre d’intention est close',
        lines: ['La lettre d’intention est close sans suite. Le motif se lit en ligne.'],
      };
    case 'completionCancelled':
      return {
        subject: 'Le complément n’est plus demandé',
        lines: [`${it} reste comme vous l’avez déposée : rien n’est plus à envoyer.`],
      };
    case 'completionAsked':
    case 'completionChanged':
      return {
        subject: news.what === 'completionAsked' ? 'Un complément est demandé' : 'Le complément demandé change',
        lines: [
          news.what === 'completionAsked'
            ? `Un complément est demandé avant le ${due(news.due)}.`
            : `Cette demande remplace la précédente : un complément est demandé avant le ${due(news.due)}.`,
          `Parties à compléter : ${news.parts.join(', ')}.`,
          '',
          news.reason,
          '',
          'Seules ces parties s’ouvrent de nouveau. Ce qui a été déposé reste déposé, quoi qu’il arrive.',
        ],
      };
  }
};
