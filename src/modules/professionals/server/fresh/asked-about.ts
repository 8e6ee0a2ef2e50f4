import { sql } from 'kysely';
import { kinds, labelOf } from '#modules/directory/index.ts';
import { priorityTitle } from '#modules/priorities/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { draftSchema, nameOfDraft } from '../../draft.ts';
import { summaryOf } from '../../summary.ts';
import type { FreshRow } from './listings.ts';

/** A listing as who keeps it is shown what parents read. */
export interface AskedAbout {
  readonly name: string;
  /** Commune, of what is not sheltered. */
  readonly where: string | undefined;
  readonly lines: readonly { readonly key: string; readonly term: string; readonly detail: string }[];
  /** Page of parents. */
  readonly page: string | undefined;
  /** Where who keeps it changes it. */
  readonly change: string;
  /** Where anybody says what has changed, without signing in. */
  readonly tell: string | undefined;
  /** Who told it, for what nobody registered. */
  readonly source: string | undefined;
}

/** What is published of a listing; nothing for one that is not published any more. Never more than parents see. */
export const askedAbout = async (context: Context, row: FreshRow): Promise<AskedAbout | undefined> =>
  row.entity === 'registration' ? ofRegistration(context, row.registration ?? '') : ofRow(context, row);

const ofRegistration = async ({ db }: Context, id: string): Promise<AskedAbout | undefined> => {
  const row = await db
    .selectFrom('registration')
    .select('published')
    .where('id', '=', id)
    .where('status', '=', 'published')
    .executeTakeFirst();
  if (!row?.published) return undefined;
  const draft = draftSchema.parse(row.published);
  const place = draft.places[0];
  return {
    name: nameOfDraft(draft) || 'Votre inscription',
    where: place && !place.confidential ? place.commune : undefined,
    lines: summaryOf(draft, priorityTitle)
      .filter(({ hidden, key }) => !hidden && key !== 'as')
      .map(({ key, term, detail }) => ({ key, term, detail })),
    page: undefined,
    change: `/professionnels/inscription/${id}/vous`,
    ...{ tell: undefined, source: undefined },
  };
};

interface Told {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly insee: string | null;
  readonly line: string | null;
  readonly postcode: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly hours: string | null;
  readonly services: string | null;
  readonly source: string;
}

const ofRow = async (context: Context, { entity, entity_id }: FreshRow): Promise<AskedAbout | undefined> => {
  const { rows } = await (entity === 'place'
    ? sql<Told>`
        select place.slug, place.name, place.kind, insee, line, postcode, place.phone, place.email, place.website,
          coalesce(hours_note, hours) as hours, directory_source.title as source,
          (select string_agg(service.name, ', ' order by service.name) from placement
            join service on service.id = service_id
            where place_id = place.id and service.state = 'open') as services
        from place join directory_source on directory_source.id = place.source
        where place.id = ${entity_id} and state = 'open' and not confidential`
    : sql<Told>`
        select slug, name, kind, null as insee, null as line, null as postcode, phone, email, website, null as hours,
          summary as services, directory_source.title as source
        from service join directory_source on directory_source.id = service.source
        where service.id = ${entity_id} and state = 'open'`
  ).execute(context.db);
  const [row] = rows;
  if (!row) return undefined;
  const commune = row.insee ? context.indexes.get(territoryIndex).commune(row.insee)?.name : undefined;
  const subject = `${entity === 'place' ? 'lieu' : 'service'}=${row.slug}`;
  const lines = [
    { key: 'kind', term: 'Type', detail: labelOf(kinds, row.kind) },
    {
      ...{ key: 'address', term: 'Adresse' },
      detail: [row.line, [row.postcode, commune].filter(Boolean).join(' ')].filter(Boolean).join(', '),
    },
    { key: 'phone', term: 'Téléphone', detail: row.phone ?? '' },
    { key: 'email', term: 'Adresse électronique', detail: row.email ?? '' },
    { key: 'website', term: 'Site', detail: row.website ?? '' },
    { key: 'hours', term: 'Horaires', detail: row.hours ?? '' },
    { key: 'services', term: 'Ce qu’on y trouve', detail: row.services ?? '' },
  ];
  return {
    ...{ name: row.name, where: commune, lines: lines.filter(({ detail }) => detail !== '') },
    page: `/${entity === 'place' ? 'lieux' : 'services'}/${row.slug}`,
    change: `/professionnels/espace/corriger?${subject}`,
    ...{ tell: `/signaler?${subject}`, source: row.source },
  };
};
