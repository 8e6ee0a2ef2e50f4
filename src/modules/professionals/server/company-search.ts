import { communeAsked, type TerritoryIndex } from '#modules/territory/index.ts';
import { askJson } from '#platform/server/http/ask-json.ts';
import type { RateLimits } from '#platform/server/http/rate-limit.ts';
import type { Logger } from '#platform/server/log.ts';
import { oneLine } from '#platform/text.ts';
import { type CompaniesFound, type CompanySought, readCompanies } from '../company.ts';

/**
 * Looks for the SIRET of a structure by its name and its commune, in the register that `lookUpCompany` asks: only these two
 * leave the server. `short`: a name of less than three letters; `commune`: it is none, or several; `later`: `from` asked too
 * often. Never throws, and never waits longer than the time-out, in milliseconds.
 */
export const searchCompanies = async (
  { url, log, index, limits, from, timeout = 2_000 }: SearchPort,
  sought: CompanySought,
): Promise<CompaniesFound> => {
  const name = oneLine(sought.name).slice(0, 120);
  if (name.length < 3) return { state: 'short' };
  const commune = communeAsked(index, oneLine(sought.commune), '');
  if (commune.state !== 'found') return { state: 'commune' };
  if (!(await limits.form('company-search', from)).allowed) return { state: 'later' };
  const { code } = commune.commune;
  const address = new URL(url);
  const asked = { q: name, code_commune: code, page: '1', per_page: String(MOST) };
  // Establishments only, and few of each: an answer of a few lines.
  const few = { limite_matching_etablissements: '5', minimal: 'true', include: 'siege,matching_etablissements' };
  address.search = new URLSearchParams({ ...asked, ...few }).toString();
  try {
    const choices = readCompanies(await askJson(address, timeout), code).slice(0, MOST);
    return choices.length > 0 ? { state: 'found', choices } : { state: 'none' };
  } catch (error) {
    log.warn({ trouble: error instanceof Error ? error.name : 'unknown' }, 'company register did not answer');
    return { state: 'silent' };
  }
};

/** `url`: as for `lookUpCompany`. `from`: the address on the network that asks, counted against floods. */
interface SearchPort {
  readonly url: string;
  readonly log: Logger;
  readonly index: TerritoryIndex;
  readonly limits: Pick<RateLimits, 'form'>;
  readonly from: string;
  readonly timeout?: number;
}

/** Structures to choose among. */
const MOST = 10;
