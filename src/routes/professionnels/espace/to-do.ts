import { formatDay } from '#messages/format.ts';
import { ownAddress, toDoOf } from '#modules/professionals/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

/** What there is to do about each listing that somebody keeps, in words. */
export const toDoWords = async (context: PersonContext) => {
  const address = await ownAddress(context);
  return {
    ...{ email: context.actor.email, refused: address.refused, silent: address.silent },
    listings: (await toDoOf(context)).map(({ standing, confirmedOn, dueOn, ...one }) => ({
      ...one,
      urgent: standing !== 'fresh',
      words: standingWords(standing, confirmedOn, dueOn),
    })),
  };
};

const standingWords = (
  standing: Awaited<ReturnType<typeof toDoOf>>[number]['standing'],
  confirmedOn: string | undefined,
  dueOn: string | undefined,
): string => {
  const due = dueOn ? formatDay('fr', dueOn) : '';
  const last = confirmedOn ? formatDay('fr', confirmedOn) : '';
  switch (standing) {
    case 'fresh':
      return `Confirmée le ${last}. À vérifier avant le ${due}.`;
    case 'soon':
      return `À vérifier avant le ${due}.`;
    case 'late':
      return `Personne n’a confirmé depuis le ${last}\u00a0: les parents le lisent.`;
    case 'never':
      return 'Personne n’a encore confirmé cette fiche.';
  }
};
