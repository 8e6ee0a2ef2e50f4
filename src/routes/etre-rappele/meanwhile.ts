import { catalogue } from '#messages/server/catalogue.ts';
import { type Call, callOf } from '#modules/help/index.ts';
import { helplines } from '#modules/help/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';

/** Who answers now, for what cannot wait for a call: rescue, listening, violence, a child in danger. */
const ids = ['samu', 'suicide-3114', 'violence-3919', 'child-119'];

/** The numbers to call meanwhile, as /aide has them. */
export const meanwhile = ({ clock }: Context): readonly Call[] =>
  ids.flatMap((id) => {
    const line = helplines().find((one) => one.id === id);
    return line ? [callOf(line, catalogue.fr.help, 'fr', todayIn(clock, 'Europe/Paris'))] : [];
  });
