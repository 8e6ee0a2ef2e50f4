import type { Context } from '#platform/server/context.ts';
import { type Account, readAccounts } from '#platform/server/identity/accounts.ts';
import type { AttestationStatus } from '../attestation.ts';
import type { CaseKind, CaseStatus } from '../case.ts';
import { proofWords } from '../claim.ts';
import { correctable, withPriorityTitles } from '../correctable.ts';
import { type CorrectionFields, correctionLines } from '../correction.ts';
import { draftSchema, nameOfDraft } from '../draft.ts';
import { differencesOf, summaryOf } from '../summary.ts';
import { livingAttestation } from './attestations.ts';
import { readClaim } from './claims.ts';
import { readCase } from './moderation.ts';

/** A case as its moderators read it: what would become another, line by line. */
export interface CaseView {
  readonly kind: CaseKind;
  readonly status: CaseStatus;
  readonly name: string;
  readonly lines: readonly { readonly term: string; readonly before: string; readonly after: string }[];
  readonly words: string | undefined;
  readonly reason: string | undefined;
  readonly author: string | undefined;
  readonly createdAt: Temporal.Instant;
  readonly mayDecide: boolean;
  /** For a claim: whether a letter with a code may be sent, and when one was. */
  readonly letter?: { readonly sentAt: Temporal.Instant | null };
  /** For a registration that has one: to be disputed, cleared or withdrawn. */
  readonly attestation: { readonly registration: string; readonly status: AttestationStatus } | undefined;
}

/** One case of the actor’s territories. `priorityTitle`: of a number from 1 to 10. */
export const caseView = async (
  context: Context,
  id: string,
  priorityTitle: (priority: number) => string,
): Promise<CaseView | undefined> => {
  const row = await readCase(context, id);
  if (!row) return undefined;
  const [author] = row.author ? await readAccounts(context, [row.author]) : [];
  if (row.kind === 'correction') return correctionView(row, author, priorityTitle);
  if (row.kind === 'duplicate') return duplicateView(row, author);
  if (row.kind === 'claim') return claimView(context, row, author);
  const [before, after] = [draftSchema.parse(row.before), draftSchema.parse(row.proposed)];
  const first = Object.keys(row.before).length === 0;
  return {
    ...common(row, author),
    name: nameOfDraft(after) || 'Sans nom',
    lines: differencesOf(first ? [] : summaryOf(before, priorityTitle), summaryOf(after, priorityTitle)),
    attestation: row.registration ? await attestationOf(context, row.registration) : undefined,
  };
};

type Row = NonNullable<Awaited<ReturnType<typeof readCase>>>;

const common = (row: Row, author: Account | undefined) => ({
  ...{ kind: row.kind, status: row.status, createdAt: row.created_at, mayDecide: row.mayDecide },
  ...{ words: row.words ?? undefined, reason: row.reason },
  author: author ? (author.name ?? author.email) : undefined,
});

const correctionView = (
  row: Row,
  author: Account | undefined,
  priorityTitle: (priority: number) => string,
): CaseView => ({
  ...common(row, author),
  name: typeof row.proposed.called === 'string' ? row.proposed.called : 'Sans nom',
  lines: correctionLines(
    withPriorityTitles(correctable[row.entity === 'service' ? 'service' : 'place'], priorityTitle),
    row.before as CorrectionFields,
    row.proposed as CorrectionFields,
  ),
  attestation: undefined,
});

const duplicateView = (row: Row, author: Account | undefined): CaseView => {
  const { called, keptName } = row.proposed;
  return {
    ...common(row, author),
    name: typeof called === 'string' ? called : 'Sans nom',
    lines: [
      {
        term: 'Deux fiches pour un seul lieu',
        before: String(called ?? ''),
        after: `réunie à : ${String(keptName ?? '')}`,
      },
    ],
    attestation: undefined,
  };
};

/** Who asks to keep which page, how they showed that it is theirs, and who keeps it until now. */
const claimView = async (context: Context, row: Row, author: Account | undefined): Promise<CaseView> => {
  const claim = await readClaim(context, row.id);
  const names = await teamNames(context, [row.registration, claim?.disputes ?? null]);
  const name = String(row.proposed.called ?? 'Sans nom');
  const proved = claim?.proved_at
    ? { email: 'son adresse est du domaine de la fiche', post: 'le code de la lettre est le bon', moderator: '' }[
        claim.proof
      ]
    : 'rien n’est encore prouvé';
  const line = (term: string, after: string) => (after ? [{ term, before: '', after }] : []);
  return {
    ...common(row, author),
    name,
    lines: [
      ...line('Équipe qui demande à tenir la fiche', names.get(row.registration ?? '') ?? ''),
      ...line('Équipe qui la tient déjà', names.get(claim?.disputes ?? '') ?? ''),
      ...line('Adresse électronique de la personne', author?.email ?? ''),
      ...line('Preuve', claim ? [proofWords[claim.proof].label, proved].filter(Boolean).join(' : ') : ''),
    ],
    ...(claim?.proof === 'post' && !claim.proved_at ? { letter: { sentAt: claim.code_sent_at } } : {}),
    attestation: undefined,
  };
};

/** How teams call themselves, by the registration that they keep. */
const teamNames = async ({ db }: Context, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> => {
  const asked = ids.filter((id) => id !== null);
  if (asked.length === 0) return new Map();
  const rows = await db.selectFrom('registration').select(['id', 'draft']).where('id', 'in', asked).execute();
  return new Map(rows.map(({ id, draft }) => [id, nameOfDraft(draftSchema.parse(draft))]));
};

const attestationOf = async (context: Context, registration: string): Promise<CaseView['attestation']> => {
  const living = await livingAttestation(context, registration);
  return living && { registration, status: living.status };
};
