import type { AgreementStatus } from './agreement.ts';
import type { AppealStatus } from './appeal.ts';
import type { PaymentStatus } from './payment.ts';
import type { ReportStatus } from './report.ts';
import type { ShowcaseStatus } from './showcase.ts';

/** Where each thing stands, as a page says it. */
export const agreementWords: Readonly<Record<AgreementStatus, string>> = {
  absent: 'pas encore préparée',
  prepared: 'en préparation',
  toSign: 'à signer',
  partiallySigned: 'signée en partie',
  signed: 'signée',
  running: 'en cours',
  closed: 'soldée',
  terminated: 'arrêtée',
};
export const paymentWords: Readonly<Record<PaymentStatus, string>> = {
  planned: 'prévu',
  asked: 'demandé',
  settled: 'liquidé',
  paid: 'payé',
  cancelled: 'annulé',
};
export const reportStatusWords: Readonly<Record<ReportStatus, string>> = {
  absent: '',
  asked: 'demandé au porteur',
  received: 'reçu',
  complete: 'complet',
  validated: 'validé',
};
export const appealWords: Readonly<Record<AppealStatus, string>> = {
  absent: '',
  received: 'reçu',
  studied: 'instruit',
  confirmed: 'décision confirmée',
  reformed: 'décision réformée',
};
export const showcaseWords: Readonly<Record<ShowcaseStatus, string>> = {
  absent: 'rien n’est proposé',
  proposed: 'un texte attend l’accord du porteur',
  agreed: 'le porteur est d’accord, à publier',
  published: 'publié',
  withdrawn: 'retiré',
};
