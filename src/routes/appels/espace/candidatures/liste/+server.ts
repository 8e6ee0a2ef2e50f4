import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { callsOf, ownFiles } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { fileWords, kindWords, roleWords } from '../words.ts';

/** All that the person signs, writes or reads, as a file to keep. Deadlines at the hour of each call. */
export const GET = async ({ locals, url }) => {
  const context = requirePerson(locals.context, url);
  const format = listFormat(url.searchParams.get('format'));
  if (!format) error(404, 'Ce format n’existe pas.');
  const rows = await ownFiles(context);
  const calls = await callsOf(
    context,
    rows.map(({ call }) => call),
  );
  const columns: readonly ListColumn<(typeof rows)[number]>[] = [
    { title: 'Appel', kind: 'text', of: ({ call }) => calls.get(call)?.title ?? '' },
    { title: 'Nature', kind: 'text', of: ({ kind }) => kindWords[kind] },
    { title: 'Numéro', kind: 'number', of: ({ number }) => number },
    { title: 'Projet', kind: 'text', of: ({ title }) => title },
    { title: 'Porteur', kind: 'text', of: ({ holder }) => holder },
    { title: 'État', kind: 'text', of: ({ status }) => fileWords[status] },
    { title: 'Ce que vous y faites', kind: 'text', of: ({ role }) => roleWords[role] },
    {
      ...{ title: 'Limite de dépôt', kind: 'moment' },
      of: ({ call }) => {
        const { calendar, status } = calls.get(call)?.call ?? {};
        return calendar && status !== 'cancelled'
          ? Temporal.Instant.from(calendar.closesAt).toZonedDateTimeISO(calendar.zone)
          : null;
      },
    },
  ];
  const madeOn = formatDay('fr', dayAt(context.clock.now(), 'Europe/Paris').toString());
  const subject = 'Les candidatures et les lettres d’intention que vous signez, écrivez ou lisez.';
  return listResponse({ title: 'Mes candidatures', subject, file: 'mes-candidatures', columns, rows, madeOn }, format);
};
