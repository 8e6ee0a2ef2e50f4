import type { Context } from '#platform/server/context.ts';
import { listMembers } from '#platform/server/identity/members.ts';

/** Why a team is written to. Never a number, never a word of the person. */
const letters = {
  arrived: {
    subject: 'Une personne demande à être rappelée',
    text: 'Une demande de rappel vient d’arriver pour votre équipe. Le numéro est dans votre espace, et seulement là.',
  },
  waiting: {
    subject: 'Une demande de rappel attend depuis plus de 24 heures',
    text: 'Au moins une demande de rappel attend depuis plus de 24 heures, et personne de votre équipe ne l’a prise. Sans réponse, elle est effacée sept jours après son arrivée : la personne le sait.',
  },
} as const;

/** Writes to everybody of a team who may take a request. `site`: origin of the address, when the site is sure of it. */
export const tellTeam = async (
  context: Context,
  organisation: string,
  why: keyof typeof letters,
  site: string | undefined,
): Promise<void> => {
  const members = await listMembers(context, organisation);
  const place = site ? `${site}/professionnels/espace/rappels` : 'sur le site, « Espace professionnel », « Rappels »';
  for (const { email, role } of members) {
    if (email === null || role === 'reader') continue;
    const { subject, text } = letters[why];
    await context.mail.post({ to: email, subject, text: ['Bonjour,', '', text, '', `L’ouvrir : ${place}`].join('\n') });
  }
};
