/**
 * The public holidays of a département: the eleven of the whole country (Code du travail, L3133-1), Good Friday and
 * 26 December in Alsace and Moselle (L3134-13), the abolition of slavery overseas (L3422-2). In the Pacific, those of the
 * collectivity's own labour law: 24 September in Nouvelle-Calédonie (accord interprofessionnel territorial, article 74); in
 * Polynésie française 5 March, Good Friday, and 20 November which took the place of 29 June in 2026 (loi du pays
 * n° 2025-12). We have read no text for the days that are said to be proper to Wallis-et-Futuna: they are not here.
 */
export const isPublicHoliday = (day: Temporal.PlainDate, departement: string): boolean => {
  const monthDay = day.toString().slice(5);
  if (fixed.has(monthDay) || abolition[departement] === monthDay) return true;
  const fromEaster = easterSunday(day.year).until(day, { largestUnit: 'days' }).days;
  if (movable.has(fromEaster)) return true;
  if (departement === NOUVELLE_CALEDONIE) return monthDay === '09-24';
  if (departement === POLYNESIE) {
    return fromEaster === -2 || monthDay === '03-05' || monthDay === (day.year < 2026 ? '06-29' : '11-20');
  }
  return alsaceMoselle.has(departement) && (fromEaster === -2 || monthDay === '12-26');
};

const NOUVELLE_CALEDONIE = '988';
const POLYNESIE = '987';

const fixed: ReadonlySet<string> = new Set(['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']);

/** Easter Monday, Ascension, Whit Monday, in days from Easter Sunday. */
const movable: ReadonlySet<number> = new Set([1, 39, 50]);

const alsaceMoselle: ReadonlySet<string> = new Set(['57', '67', '68']);

const abolition: Readonly<Record<string, string>> = {
  '971': '05-27',
  '972': '05-22',
  '973': '06-10',
  '974': '12-20',
  '976': '04-27',
  '977': '10-09',
  '978': '05-28',
};

/** Départements that share one list of public holidays have the same name here: hours are compiled once for each. */
export const holidayArea = (departement: string): string =>
  alsaceMoselle.has(departement) ? '67' : ownDays.has(departement) ? departement : '75';

const ownDays: ReadonlySet<string> = new Set([...Object.keys(abolition), POLYNESIE, NOUVELLE_CALEDONIE]);

/** Easter Sunday of a year of the Gregorian calendar (anonymous algorithm, published in Nature in 1876). */
export const easterSunday = (year: number): Temporal.PlainDate => {
  const golden = year % 19;
  const [century, rest] = [Math.floor(year / 100), year % 100];
  const moon =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7;
  const correction = Math.floor((golden + 11 * moon + 22 * sunday) / 451);
  const total = moon + sunday - 7 * correction + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(total / 31), day: (total % 31) + 1 });
};
