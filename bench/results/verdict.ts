/**
 * Whether a value as it is written holds its aim: « 1,2 ms (p99 3 ms) » for « 1 ms » does not. An aim may have several
 * clauses, « 3 000 req/s, p99 serveur < 5 ms », of which each must hold. Undefined when it cannot be read.
 */
export const holds = (value: string, aim: string): boolean | undefined => {
  if (aim === 'le même') return undefined;
  const clauses = aim.split(', ').map((clause) => clauseHolds(value, clause));
  if (clauses.includes(false)) return false;
  return clauses.includes(undefined) ? undefined : true;
};

/** A number as French people write it, and its unit. */
const quantity = '([\\d\\s.,]+?)\\s?(µs|ms|s|min|ko|Mo|Mio|Go|req/s|/s|×)(?![\\wéè])';

const clauseHolds = (value: string, clause: string): boolean | undefined => {
  const aimed = new RegExp(`^(.*?)([<≤>≥]?)\\s?${quantity}`).exec(clause);
  if (!aimed) return undefined;
  const [, about = '', sign = '', number = '', unit = ''] = aimed;
  const found = new RegExp(placeOf(about.trim(), unit)).exec(value);
  if (!found) return undefined;
  const [has, wanted] = [size(found[1] ?? '', found[2] ?? unit), size(number, unit)];
  // What is counted by the second is wanted large, what is waited for or carried is wanted small.
  const atLeast = sign === '>' || sign === '≥' || (sign === '' && unit.endsWith('/s'));
  return atLeast ? has >= wanted : has <= wanted;
};

/** Where the value says it: after the same word, « p99 », or first. */
const placeOf = (about: string, unit: string): string => {
  if (unit === '×') return '× ([\\d,]+)()';
  if (about === 'p99 serveur') return `p99 ${quantity} de temps serveur`;
  return about === '' ? quantity : `${about} ${quantity}`;
};

const units: Readonly<Record<string, number>> = {
  ...{ µs: 1e-6, ms: 1e-3, s: 1, min: 60, ko: 1e3, Mo: 1e6, Mio: 2 ** 20, Go: 1e9 },
  ...{ 'req/s': 1, '/s': 1, '×': 1 },
};

const size = (number: string, unit: string): number =>
  Number(number.replace(/\s/g, '').replace(',', '.')) * (units[unit] ?? units['×'] ?? 1);
