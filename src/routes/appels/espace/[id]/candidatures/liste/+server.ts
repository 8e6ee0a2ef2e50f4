import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { type FileLine, filesOf, placeOf } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { isScope } from '#platform/permissions.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { readFilters } from '../load-files.ts';
import { statusWords } from '../words.ts';

/** The list that one sees, whole, as a file: the same filters, the same recusals. */
export const GET = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const format = listFormat(url.searchParams.get('format'));
  if (!format) error(404, 'Ce format n’existe pas.');
  const kind = url.searchParams.get('type') === 'lettres' ? 'intent' : 'full';
  const files = await filesOf(context, params.id, readFilters(url.searchParams, kind));
  if (!files.open) error(404, 'Cet appel n’existe pas, ou n’est pas ouvert pour vous.');
  const { zone, title } = files;
  const places = (scopes: readonly string[]): string =>
    scopes.map((scope) => (isScope(scope) ? placeOf(context, scope).name : scope)).join(', ');
  const columns: readonly ListColumn<FileLine>[] = [
    { title: 'Numéro', kind: 'number', of: ({ number }) => number },
    { title: 'Projet', kind: 'text', of: (file) => file.title },
    { title: 'Porteur', kind: 'text', of: ({ holder }) => holder },
    { title: 'SIREN', kind: 'text', of: ({ siren }) => siren },
    { title: 'Statut du porteur', kind: 'text', of: ({ legal_form }) => legal_form },
    {
      title: 'État',
      kind: 'text',
      of: ({ status, late }) => `${statusWords[status]}${late ? ', complément en retard' : ''}`,
    },
    { title: 'Axes', kind: 'text', of: ({ axes }) => axes.join(', ') },
    { title: 'Territoires', kind: 'text', of: ({ territories }) => places(territories) },
    { title: 'Demandé', kind: 'cents', of: ({ asked_cents }) => asked_cents },
    { title: 'Budget total', kind: 'cents', of: ({ total_cents }) => total_cents },
    { title: 'Déposée le', kind: 'moment', of: ({ deposited_at }) => deposited_at?.toZonedDateTimeISO(zone) ?? null },
  ];
  const name = kind === 'full' ? 'Candidatures' : 'Lettres d’intention';
  return listResponse(
    {
      ...{ title: `${name} : ${title}`, subject: 'Ce qui est déposé, tel que la personne qui l’emporte peut le lire.' },
      ...{ file: `${kind === 'full' ? 'candidatures' : 'lettres'}-${files.call.slug}`, columns, rows: files.rows },
      madeOn: formatDay('fr', dayAt(context.clock.now(), zone).toString()),
    },
    format,
  );
};
