import type { Context } from '#platform/server/context.ts';
import type { Acting } from './actors.ts';
import { labelInLandes } from './calls-landes.ts';
import { openInNormandie } from './calls-open.ts';
import { selectInBretagne } from './calls-selection.ts';

/** Calls for projects at three stages: a selection under way, writing and deposits, labels that were notified. */
export const bringCalls = async (context: Context, as: Acting): Promise<void> => {
  await selectInBretagne(context, as);
  await labelInLandes(context, as);
  await openInNormandie(context, as);
};
