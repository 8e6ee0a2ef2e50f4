import { accessFacts, audiences, costs, hourWords, labelOf, languages } from '#modules/directory/index.ts';
import { company, eventModes, type SeriesFields } from './event.ts';

/** « de 9 h 30 à 11 h » */
export const hoursWords = (start: Temporal.PlainDateTime, minutes: number): string => {
  const [from, to] = [start, start.add({ minutes })].map((time) => hourWords(time.toString(), { midnight: 'minuit' }));
  return `de ${from} à ${to}`;
};

/** « De 3 mois à 2 ans », « À partir de 6 mois », « Jusqu’à 3 ans ». */
export const ageWords = ({ age_from, age_to }: Pick<SeriesFields, 'age_from' | 'age_to'>): string => {
  if (age_from === null && age_to === null) return '';
  if (age_to === null) return age_from === 0 ? 'Dès la naissance' : `À partir de ${monthsWords(age_from ?? 0)}`;
  if (age_from === null || age_from === 0) return `De la naissance à ${monthsWords(age_to)}`;
  return `De ${monthsWords(age_from)} à ${monthsWords(age_to)}`;
};

/** « 9 mois », « 2 ans ». */
export const monthsWords = (count: number): string => {
  if (count < 24 || count % 12 !== 0) return `${count}\u00a0mois`;
  return `${count / 12}\u00a0ans`;
};

/** Where it is held: « Salle de l’Exemple, 1 rue de l’Exemple, Rennes », « Chez vous, autour de Rennes », « En visio ». */
export const whereWords = (fields: Pick<SeriesFields, 'mode' | 'place_name' | 'line'>, commune: string): string => {
  if (fields.mode === 'visio') return 'En visio';
  if (fields.mode === 'domicile') return `Chez vous, autour de ${commune}`;
  return [fields.place_name, fields.line, commune].filter(Boolean).join(', ');
};

/** What to know before coming, in a few words each. */
export const factsOf = (fields: SeriesFields): { readonly term: string; readonly detail: string }[] =>
  [
    { term: 'Pour qui', detail: fields.audiences.map((code) => labelOf(audiences, code)).join(', ') },
    { term: 'Âge de l’enfant', detail: ageWords(fields) },
    { term: 'Avec qui', detail: labelOf(company, fields.company) },
    {
      term: 'Prix',
      detail: [fields.costs.map((code) => labelOf(costs, code)).join(', '), fields.cost_note]
        .filter(Boolean)
        .join('. '),
    },
    { term: 'Langues', detail: fields.languages.map((code) => labelOf(languages, code)).join(', ') },
    { term: 'Accès', detail: fields.access.map((code) => labelOf(accessFacts, code)).join(', ') },
    { term: 'Comment', detail: fields.mode === 'lieu' ? '' : labelOf(eventModes, fields.mode) },
  ].filter(({ detail }) => detail !== '');
