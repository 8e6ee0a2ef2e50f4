import type { Plural } from '../format.ts';

const plural = (one: string, other: string): Plural => ({ one, other });

/** How windows of time are said. `{…}` are days: « 3 mars », or a number of days. */
export const when = {
  undated: 'Quand vous voulez',
  /** For what is done on an appointment or at a desk. */
  toDo: {
    between: 'À faire entre le {start} et le {last}',
    on: 'À faire le {last}',
  },
  /** For what simply is there: a right, a support, a landmark. */
  possible: {
    between: 'Entre le {start} et le {last}',
    on: 'Le {last}',
  },
  until: 'Possible jusqu’au {last}',
  untilBirth: 'Possible jusqu’à la naissance',
  left: plural('il reste {count} jour', 'il reste {count} jours'),
  lastDay: 'c’est le dernier jour',
  startsIn: plural('dans {count} jour', 'dans {count} jours'),
  startsTomorrow: 'à partir de demain',
  around: 'Vers le {start}, selon le jour de la naissance',
  late: 'Encore possible. C’était prévu avant le {end}',
  past: 'C’était entre le {start} et le {last}',
  pastOn: 'C’était le {last}',
  doneOn: 'Fait le {day}',
  notForUs: 'Pas pour nous',
};

/** The situations that only the family knows. */
export const ifs: Readonly<Record<string, string>> = {
  employee: 'si vous êtes salarié ou salariée',
  independent: 'si vous travaillez à votre compte',
  declared: 'une fois la grossesse déclarée',
  tb_risk: 'selon votre famille et votre lieu de vie',
  loss_before_22: 'selon le moment de la grossesse',
  loss_14_to_21: 'selon le moment de la grossesse',
  loss_from_22: 'selon le moment de la grossesse',
  medical_birth_certificate: 'avec un certificat médical d’accouchement',
  campaign_open: 'pendant la campagne de l’année',
  income_ceiling: 'selon vos ressources',
  not_married: 'si vous n’êtes pas mariés',
  prescribed: 'si un professionnel le prescrit ou en est d’accord',
  rh_negative: 'si votre groupe sanguin est Rhésus négatif',
  risk_factor_gdm: 'si votre professionnel repère un facteur de risque',
  other_leave_used: 'après les autres congés de naissance',
  seniority_1_year: 'avec un an d’ancienneté',
  returning_to_work: 'si vous reprenez le travail',
  breastfeeding: 'si vous allaitez',
  prepare_conditions: 'selon vos années de travail',
  needs_support: 'si c’est un moment difficile',
};
