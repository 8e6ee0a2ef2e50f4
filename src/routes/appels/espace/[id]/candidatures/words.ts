import type { ApplicationStatus } from '#modules/calls/index.ts';

/** Where a deposited file stands, as who instructs reads it. */
export const statusWords: Readonly<Record<ApplicationStatus, string>> = {
  absent: '',
  draft: 'brouillon',
  deposited: 'déposée',
  incomplete: 'complément demandé',
  admissible: 'recevable',
  inadmissible: 'irrecevable',
  evaluating: 'en évaluation',
  evaluated: 'évaluée',
  deliberated: 'examinée en séance',
  notified: 'notifiée',
  withdrawn: 'retirée',
  lapsed: 'non déposée',
  converted: 'devenue une candidature',
  closed: 'close sans suite',
};

/** What each reason of inadmissibility is, in a few words. */
export const reasonWords = {
  'R-50': 'Le projet ne se rattache à aucun axe de l’appel',
  'R-51': 'Le projet dépasse la région',
  'R-52': 'La structure ne peut pas signer une convention de subvention',
  local: 'Condition locale, publiée dans cet appel',
} as const;
