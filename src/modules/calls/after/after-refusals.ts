import type { Refusal } from '#platform/result.ts';
import { whereFramed } from '../rule.ts';

/** Why something is not done after the results. */
export const notLaureate: Refusal = {
  code: 'not_laureate',
  message: 'Aucune décision notifiée n’accorde quelque chose à cette candidature.',
};
export const aboveGrant: Refusal = {
  code: 'above_grant',
  field: 'lines',
  message: 'Une ligne de crédit dépasse ce que la décision accorde. Les lignes ne se compensent pas.',
};
export const paidAboveGrant: Refusal = {
  code: 'above_grant',
  message: 'Les versements dépasseraient ce que la décision accorde sur cette ligne de crédit.',
};
export const aboveLine: Refusal = {
  code: 'above_line',
  field: 'schedule',
  message: 'Les versements dépasseraient ce que la convention donne sur cette ligne de crédit.',
};
export const partiesMissing: Refusal = {
  code: 'parties_missing',
  field: 'parties',
  message:
    'Il faut la structure porteuse une fois, et chaque financeur d’une ligne, chacun avec une personne qui signe.',
};
export const datesDisordered: Refusal = {
  code: 'dates_disordered',
  field: 'ends_on',
  message: 'La fin suit le début ; un bilan intermédiaire se demande entre les deux.',
};
export const notTheirTurn: Refusal = {
  code: 'not_their_turn',
  message: 'Les signatures se donnent dans l’ordre : ce n’est pas encore, ou plus, votre tour.',
};
export const anotherText: Refusal = {
  code: 'another_text',
  message: 'Le texte a changé depuis que vous l’avez lu. Relisez-le ; rien n’a été signé.',
};
export const notInForce: Refusal = {
  code: 'not_in_force',
  message: 'Aucune convention signée par toutes les parties n’est en vigueur.',
};
export const notBegun: Refusal = {
  code: 'not_begun',
  message: 'La convention commence plus tard.',
};
export const endNotAsked: Refusal = {
  code: 'end_not_asked',
  message: 'Personne n’a demandé la fin anticipée.',
};
export const noFinalReport = (framed: boolean): Refusal =>
  whereFramed(framed, 'R-96', {
    code: 'no_final_report',
    message: 'Le bilan final se valide avant de solder.',
  });
export const paymentsWait: Refusal = {
  code: 'payments_wait',
  message: 'Des versements attendent encore : notez-les payés ou annulez-les avant de solder.',
};
export const refundTooLarge: Refusal = {
  code: 'refund_too_large',
  field: 'cents',
  message: 'On ne peut pas demander ou recevoir plus que ce qui a été payé ou qui reste dû.',
};
export const noSuchPayment: Refusal = { code: 'no_such_payment', message: 'Ce versement n’existe pas, ou plus.' };
export const abovePlanned: Refusal = {
  code: 'above_planned',
  field: 'cents',
  message: 'Un versement se liquide au plus au montant prévu.',
};
export const dayBefore: Refusal = {
  code: 'day_before',
  field: 'on',
  message: 'Ce jour est avant l’étape précédente, ou dans l’avenir.',
};
export const noSuchReport: Refusal = { code: 'no_such_report', message: 'Ce bilan n’existe pas, ou plus.' };
export const reportAsked: Refusal = { code: 'report_asked', message: 'Ce bilan est déjà demandé.' };
export const notDue: Refusal = { code: 'not_due', message: 'Il est trop tôt pour rappeler.' };
export const reportIncomplete = (fields: readonly string[], framed: boolean): Refusal =>
  whereFramed(framed, 'R-96', {
    code: 'report_incomplete',
    ...(fields[0] === undefined ? {} : { field: fields[0] }),
    message: `Il reste ${fields.length === 1 ? 'une réponse' : `${fields.length} réponses`} à donner : une valeur, ou la raison pour laquelle elle manque.`,
  });
export const noWords: Refusal = {
  code: 'reason_missing',
  field: 'reason',
  message: 'Dites pourquoi : le motif reste avec le suivi.',
};
export const dayToCome: Refusal = { code: 'day_later', field: 'on', message: 'Ce jour n’est pas encore venu.' };
