import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { jurorQualities, linkKinds, voices } from '#modules/calls/index.ts';
import { juryView } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { declaredWords } from '../words.ts';

type View = NonNullable<Awaited<ReturnType<typeof juryView>>>;

/** The jury as its page shows it to whoever asks: its members and where their interests stand, or the roll of recusals. */
export const GET = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const format = listFormat(url.searchParams.get('format'));
  const view = await juryView(context, params.id);
  if (!format || !view) error(404, 'Cette liste n’existe pas, ou n’est pas ouverte pour vous.');
  const madeOn = formatDay('fr', dayAt(context.clock.now(), 'Europe/Paris').toString());
  const subject = 'Le jury, tel que la personne qui emporte cette liste peut le lire.';
  if (url.searchParams.get('liste') === 'deports')
    return listResponse(
      { title: `Déports : ${view.title}`, file: 'deports', subject, columns: recusals, rows: view.recusals, madeOn },
      format,
    );
  const columns = view.organises ? [...membersOf(view), mailbox] : membersOf(view);
  return listResponse(
    { title: `Jury : ${view.title}`, file: 'jury', subject, columns, rows: view.members, madeOn },
    format,
  );
};

const membersOf = ({ groups }: View): readonly ListColumn<View['members'][number]>[] => [
  { title: 'Nom', kind: 'text', of: ({ name }) => name },
  { title: 'Organisme', kind: 'text', of: ({ organisation }) => organisation },
  { title: 'Qualité', kind: 'text', of: ({ quality }) => (quality ? jurorQualities[quality] : '') },
  { title: 'Voix', kind: 'text', of: ({ voice }) => (voice ? voices[voice] : '') },
  { title: 'Parmi', kind: 'text', of: ({ group }) => groups.find(({ code }) => code === group)?.title ?? '' },
  {
    ...{ title: 'Charge', kind: 'text' },
    of: ({ presides, delegate }) => (presides ? 'présidence' : delegate ? 'par délégation' : ''),
  },
  { title: 'Siège', kind: 'text', of: ({ sits }) => (sits ? 'oui' : 'a quitté le jury') },
  { title: 'Intérêts', kind: 'text', of: ({ declared }) => declaredWords[declared] },
];

/** For who organises only. */
const mailbox: ListColumn<View['members'][number]> = { title: 'Adresse', kind: 'text', of: ({ email }) => email };

const recusals: readonly ListColumn<View['recusals'][number]>[] = [
  { title: 'Nom', kind: 'text', of: ({ name }) => name },
  { title: 'Candidature', kind: 'number', of: ({ number }) => number },
  { title: 'Porteur', kind: 'text', of: ({ holder }) => holder },
  {
    ...{ title: 'Nature', kind: 'text' },
    of: ({ automatic, kind }) => (automatic ? 'd’office' : kind ? linkKinds[kind] : 'rapprochement confirmé'),
  },
];
