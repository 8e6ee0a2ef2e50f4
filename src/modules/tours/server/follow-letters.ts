import { dayWords, hourWords } from '#modules/directory/index.ts';
import type { ChangeKind } from '../visit.ts';

/** A visit as a message tells it. */
export interface ToldVisit {
  readonly start: Temporal.PlainDateTime;
  readonly minutes: number;
  /** « Place de la Mairie, Loudéac » */
  readonly where: string;
  readonly tourName: string;
  /** The page of the vehicle. */
  readonly page: string;
}

/** A visit that became another. */
export interface ToldChange extends ToldVisit {
  readonly kind: ChangeKind;
  readonly reason: string;
  readonly to: ToldVisit | undefined;
}

interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** The messages to who asked to be told. A subject says a day at most: a lock screen shows it to whoever is near. */
export const followLetter = {
  confirm: (link: string): Letter => ({
    subject: 'Confirmez votre demande',
    text: [
      'Bonjour,',
      `Quelqu’un, vous sans doute, a demandé des messages à cette adresse. Pour confirmer, ouvrez cette page et touchez le bouton :\n${link}`,
      'Si ce n’est pas vous, ne faites rien : la demande est effacée dans trois jours, et aucun autre message ne viendra.',
    ].join('\n\n'),
  }),
  reminder: (visits: readonly ToldVisit[], today: Temporal.PlainDate, link: string): Letter => ({
    subject: `Passage du ${dayOf(visits, today)}`,
    text: letter(
      'Voici ce qui passe bientôt près de chez vous.',
      visits.map((visit) => visitWords(visit, today)),
      visits,
      link,
    ),
  }),
  changed: (changes: readonly ToldChange[], today: Temporal.PlainDate, link: string): Letter => ({
    subject: `${subjects[changes[0]?.kind ?? 'moved']} ${dayOf(changes, today)}`,
    text: letter(
      changes.length > 1 ? 'Des passages que vous suivez changent.' : 'Un passage que vous suivez change.',
      changes.map((change) => changeWords(change, today)),
      changes,
      link,
    ),
  }),
  /** A stop is elsewhere now, or comes at other times. */
  stopChanged: (
    where: { readonly before: string; readonly now: string; readonly tourName: string },
    visits: readonly ToldVisit[],
    { today, page, link }: { readonly today: Temporal.PlainDate; readonly page: string; readonly link: string },
  ): Letter => ({
    subject: news,
    text: [
      'Bonjour,',
      'Un arrêt que vous suivez change.',
      [
        ...(where.before === where.now ? [where.now] : [`Avant : ${where.before}`, `Désormais : ${where.now}`]),
        where.tourName,
      ].join('\n'),
      visits.length > 0
        ? `Prochains passages :\n${visits.map((visit) => momentWords(visit, today)).join('\n')}`
        : 'Aucun passage n’y est annoncé pour l’instant.',
      `Toutes les dates :\n${page}`,
      ...foot(link),
    ].join('\n\n'),
  }),
  /** Stops ended. `link`: undefined when nothing is left to follow, and the address is erased. */
  ended: (
    places: readonly string[],
    near: readonly ToldVisit[],
    {
      today,
      page,
      link,
    }: { readonly today: Temporal.PlainDate; readonly page: string; readonly link: string | undefined },
  ): Letter => ({
    subject: news,
    text: [
      'Bonjour,',
      places.length > 1 ? 'Ces passages que vous suivez n’ont plus lieu.' : 'Ce passage que vous suivez n’a plus lieu.',
      ...places,
      ...(near.length > 0
        ? ['À la place, ce qui passe le plus près :', ...near.map((visit) => visitWords(visit, today))]
        : ['Pour l’instant, rien d’autre n’est annoncé tout près.']),
      `Tout ce qui passe près de là, et de quoi demander un message :\n${page}`,
      ...(link === undefined
        ? ['Il n’y a plus rien à suivre ici : votre demande est effacée, et plus aucun message ne viendra.', because]
        : foot(link)),
    ].join('\n\n'),
  }),
  renewal: (link: string): Letter => ({
    subject: 'Souhaitez-vous continuer ?',
    text: [
      'Bonjour,',
      `Il y a presque un an, vous avez demandé un message avant les passages près de chez vous. Pour continuer un an de plus, ouvrez cette page et touchez le bouton :\n${link}`,
      'Sans réponse, votre demande est effacée dans un mois, et plus aucun message ne viendra.',
    ].join('\n\n'),
  }),
};

const news = 'Du nouveau dans ce que vous suivez';

const subjects: Readonly<Record<ChangeKind, string>> = {
  cancelled: 'Annulation du',
  moved: 'Changement pour le',
  restored: 'Passage maintenu le',
};

const dayOf = ([first]: readonly ToldVisit[], today: Temporal.PlainDate): string =>
  first ? dayWords(first.start.toPlainDate(), today) : '';

const midnight = { midnight: 'minuit' };

/** « mardi 24 novembre, de 9 h à 12 h » */
export const momentWords = (
  { start, minutes }: Pick<ToldVisit, 'start' | 'minutes'>,
  today: Temporal.PlainDate,
): string =>
  `${dayWords(start.toPlainDate(), today)}, de ${hourWords(start.toString(), midnight)} à ${hourWords(start.add({ minutes }).toString(), midnight)}`;

const visitWords = (visit: ToldVisit, today: Temporal.PlainDate): string =>
  `${momentWords(visit, today)}\n${visit.where}\n${visit.tourName}`;

const changeWords = (change: ToldChange, today: Temporal.PlainDate): string => {
  const said = {
    cancelled: 'Ce passage n’aura pas lieu :',
    moved: 'Ce passage n’aura pas lieu comme prévu :',
    restored: 'Finalement, ce passage aura bien lieu :',
  }[change.kind];
  return [
    said,
    visitWords(change, today),
    ...(change.to ? [`Désormais : ${momentWords(change.to, today)}\n${change.to.where}`] : []),
    ...(change.reason ? [`Le mot de l’équipe : ${change.reason}`] : []),
  ].join('\n');
};

const letter = (first: string, parts: readonly string[], visits: readonly ToldVisit[], link: string): string =>
  [
    'Bonjour,',
    first,
    ...parts,
    `Toutes les dates :\n${[...new Set(visits.map(({ page }) => page))].join('\n')}`,
    ...foot(link),
  ].join('\n\n');

const because = 'Ce message vient de Mille jours, parce que vous l’avez demandé.';

const foot = (link: string): readonly string[] => [`Ne plus recevoir ces messages :\n${link}`, because];
