import {
  type AccessFact,
  type Audience,
  accessFacts,
  audiences,
  type Cost,
  codesOf,
  costs,
  type Language,
  languages,
} from '#modules/directory/index.ts';
import { readEmail } from '#platform/email.ts';
import { besidesBeforeFirstWeek, firstDayOf, ruleOf, type When } from '#platform/recurrence.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { typedText } from '#platform/text.ts';
import { boundedRule } from './bounded-rule.ts';
import { company, eventKinds, eventModes, MOST_MONTHS, type SeriesFields, schoolChoices } from './event.ts';

/** How a rendez-vous comes back, in the words of the form. `regle`: an imported rule, kept as it is. */
export const repeats = [
  { code: 'une', label: 'Une seule fois' },
  { code: 'semaine', label: 'Toutes les semaines' },
  { code: 'impaires', label: 'Les semaines impaires' },
  { code: 'paires', label: 'Les semaines paires' },
  { code: 'mois', label: 'Tous les mois, le même jour (le 2e mardi, par exemple)' },
  { code: 'regle', label: 'Comme dans le calendrier importé' },
] as const;
export type Repeat = (typeof repeats)[number]['code'];

/** Where the organiser says it is, found on the map. */
export interface FormPlace extends Pick<SeriesFields, 'insee' | 'lat' | 'lon' | 'exact' | 'place_page'> {
  /** Of a place of the directory: they take the place of what was typed. */
  readonly name?: string;
  readonly line?: string;
}

/** The longest texts of the form, in signs. */
export const longestText = { title: 90, summary: 600, place: 120, note: 160 } as const;
/** The most days of a list: those on which it does not come, those on which it comes besides. */
export const MOST_DAYS = 300;
/** The most persons that a rendez-vous holds, and minutes that it lasts. */
const most = { places: 5_000, minutes: 720 } as const;

/**
 * What the form of a series says. `place`: the commune or the place found for what was typed, if any; `kept`: the rule of
 * the series so far, for « comme dans le calendrier importé ». Gives every refusal at once, each by its field.
 */
export const readSeriesForm = (
  form: FormData,
  place: FormPlace | undefined,
  today: Temporal.PlainDate,
  kept: string | null = null,
): Result<SeriesFields, readonly Refusal[]> => {
  const refusals: Refusal[] = [];
  const wrong = (field: string, message: string): void => {
    refusals.push({ code: `bad_${field}`, field, message });
  };
  const text = (name: string, longest: number, label: string): string => {
    const value = typedText(String(form.get(name) ?? '')).replace(/[^\S\n]+/g, ' ');
    if (value.length > longest) wrong(name, `${label} : ${longest} signes au plus.`);
    return value;
  };
  const one = <T extends string>(name: string, codes: readonly T[], otherwise: T): T =>
    codes.find((code) => code === form.get(name)) ?? otherwise;
  const some = <T extends string>(name: string, codes: readonly T[]): T[] =>
    codes.filter((code) => form.getAll(name).includes(code));

  const title = text('title', longestText.title, 'Le titre').replace(/\n/g, ' ');
  if (title === '') wrong('title', 'Donnez un titre : c’est ce que les parents lisent d’abord.');
  const mode = one('mode', codesOf(eventModes), 'lieu');
  if (!place) wrong('commune', 'Cette commune n’a pas été trouvée. Écrivez son nom, ou choisissez-la dans la liste.');

  const start = readStart(form, wrong);
  const minutes = Math.round(Number(form.get('minutes') || 60));
  if (!(minutes >= 5 && minutes <= most.minutes)) wrong('minutes', `Une durée en minutes, de 5 à ${most.minutes}.`);
  const dates = start ? readRepeat(form, start, kept, wrong) : undefined;
  const last = dates && lastDayOf(dates, start ?? '');
  if (last && Temporal.PlainDate.compare(last, today) < 0)
    wrong('day', 'Cette date est passée. Donnez une date à venir.');

  const booking = one('booking', ['libre', 'ici', 'ailleurs'] as const, 'libre');
  const address = text('booking_url', 500, 'L’adresse d’inscription');
  if (booking === 'ailleurs' && !isWebAddress(address))
    wrong('booking_url', 'Donnez l’adresse où l’on s’inscrit, qui commence par https://');
  const places = wholeOrNull(form, 'places', 1, most.places, wrong);
  const [from, to] = [
    wholeOrNull(form, 'age_from', 0, MOST_MONTHS, wrong),
    wholeOrNull(form, 'age_to', 0, MOST_MONTHS, wrong),
  ];
  if (from !== null && to !== null && from > to) wrong('age_to', 'Cet âge est plus petit que le précédent.');
  const typedEmail = text('email', 254, 'L’adresse');
  const email = typedEmail === '' ? '' : readEmail(typedEmail);
  if (email === undefined) wrong('email', 'Il manque quelque chose à cette adresse. Exemple : prenom@exemple.fr');
  const phone = text('phone', 30, 'Le téléphone');
  if (phone !== '' && !/^\+?[\d .()-]{3,}$/.test(phone)) wrong('phone', 'Un numéro de téléphone, en chiffres.');
  const summary = text('summary', longestText.summary, 'La présentation');
  const placeName = place?.name ?? text('place_name', longestText.place, 'Le lieu');
  const line = place?.line ?? text('line', longestText.place, 'L’adresse');
  const costNote = text('cost_note', longestText.note, 'Le prix');

  if (refusals.length > 0 || !place || !start || !dates) return refuse(refusals);
  return ok({
    ...{ title, summary, kind: one('kind', codesOf(eventKinds), 'autre'), mode },
    ...{ place_name: placeName, line, insee: place.insee, lat: place.lat, lon: place.lon },
    ...{ exact: place.exact && mode !== 'domicile' && mode !== 'visio', place_page: place.place_page },
    ...{ minutes, ...dates },
    school: one('school', codesOf(schoolChoices), 'toujours'),
    on_holidays: Boolean(form.get('on_holidays')),
    audiences: some<Audience>('audiences', codesOf(audiences)),
    priorities: [...new Set(form.getAll('priorities').map(Number))].filter(
      (number) => Number.isInteger(number) && number >= 1 && number <= 10,
    ),
    languages: some<Language>('languages', codesOf(languages)),
    access: some<AccessFact>('access', codesOf(accessFacts)),
    costs: some<Cost>('costs', codesOf(costs)),
    ...{ cost_note: costNote, age_from: from, age_to: to, company: one('company', codesOf(company), 'au-choix') },
    ...{
      places,
      booking,
      booking_url: booking === 'ailleurs' ? address : '',
      waiting_list: Boolean(form.get('waiting_list')),
    },
    ...{ phone, email: email ?? '' },
  });
};

type Wrong = (field: string, message: string) => void;

/** The first time, `2026-11-24T09:00`, from a day and an hour as the browser sends them or as people type them. */
const readStart = (form: FormData, wrong: Wrong): string | undefined => {
  const day = readDay(String(form.get('day') ?? ''));
  const hour = /^(\d{1,2})\s*(?:h|:)?\s*(\d{2})?$/i.exec(String(form.get('hour') ?? '').trim());
  const [hours, minutes] = [Number(hour?.[1] ?? Number.NaN), Number(hour?.[2] ?? 0)];
  if (!day) wrong('day', 'Donnez la date, par exemple 24/11/2026.');
  if (!(hours <= 23 && minutes <= 59)) wrong('hour', 'Donnez l’heure, par exemple 9h30.');
  if (!day || !(hours <= 23 && minutes <= 59)) return undefined;
  return `${day}T${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
};

/** `2026-11-24` from that, or from 24/11/2026; undefined for what is no day of the calendar. */
export const readDay = (typed: string): string | undefined => {
  const text = typed.trim();
  const french = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(text);
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const [year, month, day] = french ? [french[3], french[2], french[1]] : [iso?.[1], iso?.[2], iso?.[3]];
  if (!year) return undefined;
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day) };
    return parts.year < 2000 || parts.year > 2100
      ? undefined
      : Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
};

type Dates = Pick<SeriesFields, 'starts_at' | 'rrule' | 'except' | 'besides'>;

const readRepeat = (form: FormData, typedStart: string, kept: string | null, wrong: Wrong): Dates | undefined => {
  const repeat = repeats.find(({ code }) => code === form.get('repeat'))?.code ?? 'une';
  const [except, besides] = [readDays(form, 'except', wrong), readDays(form, 'besides', wrong)];
  if (repeat === 'une') return { starts_at: typedStart, rrule: null, except, besides };
  const until = readDay(String(form.get('until') ?? ''));
  if (repeat === 'regle') {
    const rule = boundedRule(kept ?? '', typedStart);
    if (!rule.ok) wrong('repeat', rule.error.message);
    return rule.ok ? { starts_at: typedStart, rrule: rule.value, except, besides } : undefined;
  }
  if (!until) {
    wrong('until', 'Donnez la dernière date de la répétition : trois ans au plus, vous pourrez la prolonger.');
    return undefined;
  }
  const first = Temporal.PlainDate.from(typedStart.slice(0, 10));
  const chosen = form
    .getAll('days')
    .map(Number)
    .filter((day) => day >= 1 && day <= 7);
  const days = repeat === 'mois' || chosen.length === 0 ? [first.dayOfWeek] : [...new Set(chosen)].sort();
  const nth = repeat === 'mois' ? [first.day > 28 ? -1 : Math.ceil(first.day / 7)] : [];
  const when: When = { days, nth, parity: repeat === 'impaires' ? 'odd' : repeat === 'paires' ? 'even' : 'all' };
  const start = `${firstDayOf(first.toString(), when)}${typedStart.slice(10)}`;
  const rule = boundedRule(`${ruleOf(when)};UNTIL=${until.replaceAll('-', '')}T235959Z`, start);
  if (!rule.ok) {
    wrong('until', rule.error.message);
    return undefined;
  }
  const early = besidesBeforeFirstWeek(start.slice(0, 10), when).filter((day) => day <= until);
  return { starts_at: start, rrule: rule.value, except, besides: [...new Set([...besides, ...early])].sort() };
};

/** The days of a list as people type it: one a line, or commas between. */
const readDays = (form: FormData, name: string, wrong: Wrong): string[] => {
  const parts = String(form.get(name) ?? '')
    .split(/[,;\s]+/)
    .filter(Boolean);
  const days = parts.map(readDay);
  const bad = days.indexOf(undefined);
  if (bad >= 0)
    wrong(name, `« ${parts[bad]?.slice(0, 20)} » n’est pas une date. Écrivez-les ainsi : 24/12/2026, 31/12/2026.`);
  if (days.length > MOST_DAYS) wrong(name, 'Trois cents dates au plus.');
  return [...new Set(days.flatMap((day) => day ?? []))].sort().slice(0, MOST_DAYS);
};

/** The last day that a rule may give. */
const lastDayOf = ({ rrule, besides }: Dates, start: string): Temporal.PlainDate => {
  const until = /UNTIL=(\d{4})(\d\d)(\d\d)/.exec(rrule ?? '');
  const ends = until ? `${until[1]}-${until[2]}-${until[3]}` : rrule ? '9999-12-31' : start.slice(0, 10);
  return Temporal.PlainDate.from([ends, ...besides].sort().at(-1) ?? ends);
};

const wholeOrNull = (form: FormData, name: string, least: number, most: number, wrong: Wrong): number | null => {
  const typed = String(form.get(name) ?? '').trim();
  if (typed === '') return null;
  const value = Number(typed);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  wrong(name, `Un nombre entre ${least} et ${most}, ou rien.`);
  return null;
};

/** An address that a link may lead to: never a script. */
export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);
