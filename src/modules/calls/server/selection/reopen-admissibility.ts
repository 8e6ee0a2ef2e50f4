import { type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { decideReopen } from '../../application/instruct.ts';
import { applicationRow, noSuchApplication, takeStep } from '../application/application-stream.ts';
import { noSuchCall, settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { commandDecision, lockedCall, readDecision } from './decisions.ts';

/**
 * Looks again at a file found inadmissible, told or not, saying why: it is to be instructed as when it was deposited, a letter
 * that did not leave never leaves, and what was told counts as corrected for an appeal.
 */
export const reopenAdmissibility = (
  context: PersonContext,
  application: string,
  typed: string,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const row = await applicationRow(inside, application);
    if (!row) return noSuchApplication;
    const kept = await keepText(inside, typed, 'reason');
    if (!kept.ok) return kept;
    // One at a time with the job that sends letters.
    if (!(await lockedCall(inside, row.call))) return refuse(noSuchCall);
    const done = await takeStep(inside, application, 'reopenAdmissibility', (state) => decideReopen(state, kept.value));
    const { status } = await readDecision(inside, application);
    if (!done.ok || !kept.value || status === 'absent') return settled(done);
    return commandDecision(inside, application, { command: 'reopen', reason: kept.value });
  });
