import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { type AttestationStatus, attestationWords, statusOn } from '../attestation.ts';
import { type Draft, draftSchema } from '../draft.ts';
import { professionWords } from '../listing.ts';
import { looksAfterChildren } from '../steps.ts';
import { looksLikeToken } from './attestations.ts';
import './tables.ts';

/** An attestation as everybody may see it. Nothing that the holder did not make public, and no place that is sheltered. */
export interface LabelView {
  readonly token: string;
  readonly status: AttestationStatus;
  readonly title: string;
  readonly text: string;
  /** Of the person or the structure. Absent once the listing is no longer public. */
  readonly holder?: {
    readonly name: string;
    readonly what: string;
    /** « Rennes », or the département of a sheltered place. */
    readonly where: string;
    readonly contributions: readonly { readonly priority: number; readonly words: string }[];
    readonly charter: boolean;
    /** Address of its page in the directory. */
    readonly page: string | undefined;
  };
  readonly givenOn: string | undefined;
  readonly until: string | undefined;
}

/** The attestation behind a token; nothing for a token that was never given. */
export const labelView = async (context: Context, token: string): Promise<LabelView | undefined> => {
  if (!looksLikeToken(token)) return undefined;
  const row = await context.db
    .selectFrom('attestation')
    .innerJoin('registration', 'registration.id', 'attestation.registration')
    .select(['attestation.token', 'attestation.status', 'attestation.until', 'attestation.given_on'])
    .select([
      'registration.id',
      'registration.published',
      'registration.status as registered',
      'registration.departement',
    ])
    .where('attestation.token', '=', token)
    .executeTakeFirst();
  if (!row) return undefined;
  const until = row.until?.toString() ?? null;
  const status = statusOn({ status: row.status, until }, todayIn(context.clock, 'Europe/Paris'));
  const shown = row.registered === 'published' && row.published !== null;
  const holder = shown ? await holderOf(context, row.id, draftSchema.parse(row.published), row.departement) : undefined;
  return {
    ...{ token, status, ...attestationWords[status] },
    ...(holder ? { holder } : {}),
    givenOn: row.given_on?.toString(),
    until: row.until?.toString(),
  };
};

const holderOf = async (context: Context, id: string, draft: Draft, departement: string | null) => {
  const territories = context.indexes.get(territoryIndex);
  const alone = draft.as === 'alone';
  const hidden = draft.places.some(({ confidential }) => confidential);
  const [first] = draft.places;
  const where = hidden
    ? (territories.departement(departement ?? '')?.name ?? '')
    : (territories.commune(first?.insee ?? '')?.name ?? '');
  return {
    name: alone ? draft.name : draft.structure.name,
    what: alone ? professionWords(draft) : '',
    where,
    contributions: draft.contributions,
    // Ticked before the profession changed, it is no longer theirs to claim.
    charter: draft.charter && looksAfterChildren(draft),
    page: await pageOf(context, id, hidden),
  };
};

/** The page of its first place, or of its first service when the place is not to be told. */
const pageOf = async ({ db }: Context, id: string, hidden: boolean): Promise<string | undefined> => {
  const [entity, path, ref] = hidden
    ? (['service', '/services/', `${id}/service/1`] as const)
    : (['place', '/lieux/', `${id}/lieu/1`] as const);
  const { rows } = await sql<{ slug: string }>`
    select slug from ${sql.table(entity)}
    where source = ${PERSON} and source_ref = ${ref} and state = 'open'`.execute(db);
  return rows[0] && `${path}${rows[0].slug}`;
};
