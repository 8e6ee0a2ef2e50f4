import { exportCalls, forgetInCalls } from '#modules/calls/server/index.ts';
import { exportNetworks, forgetInNetworks } from '#modules/networks/server/index.ts';
import { eraseProfessional, exportProfessional } from '#modules/professionals/server/index.ts';
import { type AccountId, type Context, inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { eraseAccount, exportAccount } from '#platform/server/identity/rights.ts';

/** What a module keeps of an account, and how it gives it back and erases it. */
interface AccountPart {
  /** Its place in the file that a person receives. */
  readonly name: string;
  export(context: PersonContext): Promise<unknown>;
  /** In the transaction of the erasure, while the account still has its memberships. */
  erase(inside: Context, account: AccountId): Promise<void>;
}

/** Every module that keeps something of an account. One more is one more line here. */
const parts: readonly AccountPart[] = [
  { name: 'calls', export: exportCalls, erase: forgetInCalls },
  { name: 'networks', export: exportNetworks, erase: forgetInNetworks },
  { name: 'professionals', export: exportProfessional, erase: eraseProfessional },
];

/** All that the house keeps of the actor: the account, then what each module knows (articles 15 and 20 of the GDPR). */
export const exportEverything = async (context: PersonContext): Promise<Record<string, unknown>> => {
  const everything: Record<string, unknown> = await exportAccount(context);
  for (const part of parts) everything[part.name] = await part.export(context);
  return everything;
};

/** Erases an account and all that modules keep of it, together or not at all (article 17). */
export const eraseEverything = (context: Context, account: AccountId): Promise<void> =>
  inTransaction(context, async (inside) => {
    for (const part of parts) await part.erase(inside, account);
    await eraseAccount(inside, account);
  });
