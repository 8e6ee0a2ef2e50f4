import { eventKinds } from '#modules/agenda/index.ts';
import { arrivals, coverage } from './arrivals.ts';
import type { CountedQuestion } from './counter.ts';
import { held } from './dates-held.ts';
import { appointmentModes } from './house.ts';
import { byQuarter, type Line } from './people-by-quarter.ts';
import type { ReportPart } from './report-part.ts';
import type { YearFigures } from './year-figures.ts';

/** How the figures of a report are made, sentence by sentence: for whoever reads it. */
export const reportMethod: readonly string[] = [
  'Aucune donnée personnelle n’a été recueillie pour ce bilan. À l’accueil, l’équipe touche un bouton par réponse ; seuls le lieu, la demi-journée et la réponse sont gardés. Chaque question est comptée à part : rien ne relie les réponses d’une même personne. Une personne qui revient est comptée de nouveau.',
  'Les inscriptions et les rendez-vous individuels viennent de l’agenda de la Maison. Les noms sont effacés une semaine après la date ; seuls des nombres restent.',
  'Un nombre de personnes de 1 à 4 n’est pas montré : « moins de 5 ». Pour qu’il ne se retrouve pas par soustraction dans les totaux, d’autres nombres sont écrits « non montré ». Zéro est montré.',
  'Ce qui n’a pas été compté n’est pas estimé : une case vide ou une phrase le dit.',
];

/** The parts of the report of a year; `before`: the year before, compared where it has figures. */
export const reportParts = (
  figures: YearFigures,
  before: YearFigures,
  {
    year,
    questions,
    sites,
  }: {
    readonly year: number;
    readonly questions: readonly CountedQuestion[];
    readonly sites: readonly { readonly id: string; readonly name: string }[];
  },
): ReportPart[] => [
  ...questions.flatMap((question) => {
    const of = (one: YearFigures): Line[] =>
      one.counted
        .filter((line) => line.question === question.code)
        .map(({ day, answer, taps }) => ({ day, code: answer, people: taps }));
    const part = byQuarter(
      question.title,
      coverage(figures, question.code),
      question.answers,
      of(figures),
      of(before),
      year,
    );
    return question.code === 'who' ? [part, ...arrivals(part, figures, sites)] : [part];
  }),
  held(figures, before, year),
  byQuarter(
    'Personnes inscrites aux rendez-vous collectifs',
    'Par nature du rendez-vous.',
    eventKinds,
    figures.dates.map(({ day, kind, booked }) => ({ day, code: kind, people: booked })),
    before.dates.map(({ day, kind, booked }) => ({ day, code: kind, people: booked })),
    year,
  ),
  byQuarter(
    'Personnes venues aux rendez-vous collectifs',
    'Celles dont la présence a été notée.',
    eventKinds,
    figures.dates.map(({ day, kind, came }) => ({ day, code: kind, people: came })),
    before.dates.map(({ day, kind, came }) => ({ day, code: kind, people: came })),
    year,
  ),
  byQuarter(
    'Rendez-vous individuels pris',
    'Par manière d’être reçu.',
    appointmentModes,
    figures.appointments.map(({ month, mode, booked }) => ({ day: month, code: mode, people: booked })),
    before.appointments.map(({ month, mode, booked }) => ({ day: month, code: mode, people: booked })),
    year,
  ),
  byQuarter(
    'Rendez-vous individuels tenus',
    'Ceux où la présence a été notée.',
    appointmentModes,
    figures.appointments.map(({ month, mode, came }) => ({ day: month, code: mode, people: came })),
    before.appointments.map(({ month, mode, came }) => ({ day: month, code: mode, people: came })),
    year,
  ),
];
