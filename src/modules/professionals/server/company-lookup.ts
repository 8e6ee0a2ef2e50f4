import { askJson } from '#platform/server/http/ask-json.ts';
import type { Logger } from '#platform/server/log.ts';
import { type Company, readCompany } from '../company.ts';
import { readSiret } from '../siret.ts';

/** What was found of a SIRET: `silent` when the register did not answer, which keeps nobody from registering. */
export type CompanyFound =
  | { readonly state: 'found'; readonly company: Company }
  | { readonly state: 'unknown' | 'silent' };

/**
 * Asks the register of companies what it says of a SIRET. `url`: address of a search that speaks as the public one
 * (https://recherche-entreprises.api.gouv.fr/search). Only a SIRET whose key is right leaves the server. Never throws, and
 * never waits longer than the time-out, in milliseconds.
 */
export const lookUpCompany = async (
  { url, log, timeout = 2_000 }: { readonly url: string; readonly log: Logger; readonly timeout?: number },
  typed: string,
): Promise<CompanyFound> => {
  const siret = readSiret(typed);
  if (!siret.ok) return { state: 'unknown' };
  const address = new URL(url);
  address.search = new URLSearchParams({ q: siret.value, page: '1', per_page: '1' }).toString();
  try {
    const company = readCompany(await askJson(address, timeout), siret.value);
    return company ? { state: 'found', company } : { state: 'unknown' };
  } catch (error) {
    log.warn({ trouble: error instanceof Error ? error.name : 'unknown' }, 'company register did not answer');
    return { state: 'silent' };
  }
};
