import type { Context } from '#platform/server/context.ts';
import { tellWriters } from '#platform/server/identity/tell-writers.ts';
import type { Room } from './rooms.ts';

/** Tells each partner which of its times a Maison took back. The Maison itself knows: it did. */
export const tellFreed = async (
  inside: Context,
  registration: string,
  room: Pick<Room, 'name' | 'siteName' | 'houseName'>,
  freed: readonly { readonly booked_by: string; readonly local_start: Temporal.PlainDateTime }[],
): Promise<void> => {
  const theirs = freed
    .filter(({ booked_by }) => booked_by !== registration)
    .toSorted((one, other) => Temporal.PlainDateTime.compare(one.local_start, other.local_start));
  for (const [partner, times] of Map.groupBy(theirs, ({ booked_by }) => booked_by))
    await tellWriters(inside, partner, {
      subject: 'Une salle n’est plus retenue',
      lines: [
        `${room.houseName} a repris la salle « ${room.name} », ${room.siteName}, que vous aviez retenue :`,
        ...times.map(({ local_start }) => `- ${momentWords(local_start)}`),
        '',
        'Voyez avec la Maison, ou retenez une autre salle depuis votre espace.',
      ],
    });
};

/** « mardi 24 novembre à 09:00 » */
export const momentWords = (start: Temporal.PlainDateTime): string =>
  start.toLocaleString('fr-FR', {
    ...{ weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' },
  });
