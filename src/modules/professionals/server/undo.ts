import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { type Result, refuse } from '#platform/result.ts';
import { inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { noSuchCase } from '../case.ts';
import { longest } from '../draft.ts';
import { commandCase, keepReason } from './cases.ts';
import { undoClaim } from './claim-decision.ts';
import { undoMerge } from './duplicates.ts';
import { scopeOf } from './located.ts';
import { readCase } from './moderation.ts';

/** A moderator takes back what was decided: parts two places again, takes a listing from who had claimed it. */
export const undoCase = (context: PersonContext, id: string, reason: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = await readCase(inside, id);
    if (!row) return refuse(noSuchCase);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const action = row.kind === 'claim' ? 'claim.decide' : 'listing.merge';
    const allowed = await authorise(inside, action, { territory: scopeOf(row) }, covers);
    if (!allowed.ok) return allowed;
    const words = [...reason.trim()].slice(0, longest.words).join('');
    const told = words === '' ? {} : { reason: await keepReason(inside, words) };
    const undone = await commandCase(inside, id, { command: 'undo', role: 'moderator', kind: row.kind, ...told });
    if (!undone.ok) return undone;
    return row.kind === 'claim' ? undoClaim(inside, id) : undoMerge(inside, row);
  });
