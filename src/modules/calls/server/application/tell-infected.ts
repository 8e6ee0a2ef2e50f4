import type { Context } from '#platform/server/context.ts';
import { readCall } from '../call-stream.ts';
import { titleOf } from '../title.ts';
import { applicationRow } from './application-stream.ts';
import { namedByDeposit } from './attachment-reading.ts';
import { organisersOf } from './closing-job.ts';

/**
 * Tells that a deposited piece was refused by the antivirus and is gone: its members, and the organisers, once each. Nothing
 * for a piece that no deposit names: the page of pieces says it, and it can be replaced. Organisers are sent a link only:
 * somebody recused from that application must not learn of it by a message (I-6).
 */
export const tellInfected = async (
  context: Context,
  { id, application }: { readonly id: string; readonly application: string },
  origin: string | undefined,
): Promise<void> => {
  if (!(await namedByDeposit(context, application, id))) return;
  const row = await applicationRow(context, application);
  const call = row && (await readCall(context, row.call));
  if (!call) return;
  const title = await titleOf(context, call);
  const members = await context.db
    .selectFrom('call_application_member')
    .select('email')
    .where('application', '=', application)
    .orderBy('email')
    .execute();
  const own = `${origin ?? ''}/appels/espace/candidatures/${application}/recepisse`;
  const theirs = `${origin ?? ''}/appels/espace/${row.call}/candidatures/${application}`;
  const mail = (to: string, lines: readonly string[], link: string) =>
    context.mail.post({
      ...{ to, key: `calls.infected/${id}/${to}`, subject: 'Une pièce déposée n’est plus lisible' },
      text: ['Bonjour,', '', ...lines, '', `Appel : ${title}`, '', link].join('\n'),
    });
  for (const { email } of members)
    await mail(
      email,
      [
        'L’antivirus a trouvé quelque chose dans une pièce de votre dépôt : elle est effacée, personne ne peut la lire.',
        'Votre dépôt tient toujours. Les organisateurs en sont prévenus : voyez avec eux comment la renvoyer saine.',
      ],
      own,
    );
  for (const email of await organisersOf(context, call))
    await mail(
      email,
      [
        'L’antivirus a trouvé quelque chose dans une pièce déposée : elle est effacée, personne ne peut la lire.',
        'La candidature se lit par ce lien, si elle vous est ouverte. Un complément peut y être demandé.',
      ],
      theirs,
    );
};
