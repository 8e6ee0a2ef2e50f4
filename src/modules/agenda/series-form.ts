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
import type { Recurrence } from '#platform/recurrence.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { typedText } from '#platform/text.ts';
import { readDates, type Wrong } from './dates-form.ts';
import { company, eventKinds, eventModes, MOST_MONTHS, type SeriesFields, schoolChoices } from './event.ts';

/** Where the organiser says it is, found on the map. */
export interface FormPlace extends Pick<SeriesFields, 'insee' | 'lat' | 'lon' | 'exact' | 'place_page'> {
  /** Of a place of the directory: they take the place of what was typed. */
  readonly name?: string;
  readonly line?: string;
  /** Of a stop of a tour: it is held on board. */
  readonly stop?: number;
}

/** How the form names a stop among the places to choose from. */
export const stopValue = (stop: number): string => `arret:${stop}`;

/** The longest texts of the form, in signs. */
export const longestText = { title: 90, summary: 600, place: 120, note: 160 } as const;
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
  const mode = place?.stop === undefined ? one('mode', codesOf(eventModes), 'lieu') : 'arret';
  if (!place) wrong('commune', 'Cette commune n’a pas été trouvée. Écrivez son nom, ou choisissez-la dans la liste.');

  const minutes = Math.round(Number(form.get('minutes') || 60));
  if (!(minutes >= 5 && minutes <= most.minutes)) wrong('minutes', `Une durée en minutes, de 5 à ${most.minutes}.`);
  const dates = readDates(form, kept, wrong);
  const last = dates && lastDayOf(dates);
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

  if (refusals.length > 0 || !place || !dates) return refuse(refusals);
  return ok({
    ...{ title, summary, kind: one('kind', codesOf(eventKinds), 'autre'), mode },
    ...{ place_name: placeName, line, insee: place.insee, lat: place.lat, lon: place.lon },
    ...{ exact: place.exact && mode !== 'domicile' && mode !== 'visio', place_page: place.place_page },
    stop: place.stop ?? null,
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

/** The last day that a rule may give. */
const lastDayOf = ({ starts_at, rrule, besides }: Recurrence): Temporal.PlainDate => {
  const until = /UNTIL=(\d{4})(\d\d)(\d\d)/.exec(rrule ?? '');
  const ends = until ? `${until[1]}-${until[2]}-${until[3]}` : rrule ? '9999-12-31' : starts_at.slice(0, 10);
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
