import type { Refusal } from '#platform/result.ts';
import { byRule, whereFramed } from './rule.ts';

/**
 * Why a command on a call is not done. Those that take `framed` show the text that they come from in a call that the national
 * frame binds, and stand alone in any other.
 */
export const notOfTerritory = (framed: boolean): Refusal =>
  whereFramed(framed, 'R-01', {
    code: 'not_of_territory',
    field: 'territory',
    message: 'Un appel s’ouvre au nom de son administration, dans son propre territoire.',
  });
export const configurationMismatch = (framed: boolean): Refusal =>
  whereFramed(framed, 'R-12', {
    code: 'configuration_mismatch',
    field: 'configuration',
    message: 'Un appel régional réunit l’ARS, la DREETS, ou exactement les deux de la même région.',
  });
export const notDeclared = byRule('R-91', {
  code: 'not_declared',
  field: 'configuration',
  message: 'Chaque organisateur déclare d’abord son appel au ministère, avec sa personne référente.',
});
export const axesNotOfEdition = (framed: boolean): Refusal =>
  whereFramed(framed, 'R-50', {
    code: 'axes_not_of_edition',
    field: 'axes',
    message: framed
      ? 'Choisissez au moins un des axes de cette édition.'
      : 'Choisissez parmi les axes de cette édition.',
  });
export const outside = (framed: boolean): Refusal =>
  whereFramed(framed, 'R-51', {
    code: 'outside_territory',
    field: 'territories',
    message: 'Un territoire ciblé est dans celui de l’appel, et nulle part ailleurs.',
  });
/** The State alone is no other funder: its own call is that of the frame, with its declaration, its title and its minimum. */
export const stateAlone = byRule('R-01', {
  code: 'state_alone',
  field: 'agencies',
  message:
    'Cet appel réunit au moins un autre financeur que l’ARS et la DREETS. Sans lui, choisissez « Appel à projets régional », déclaré au ministère.',
});
export const noSpecification: Refusal = {
  code: 'call_incomplete',
  message: 'Écrivez le calendrier et le cahier des charges avant de donner l’appel à relire.',
};
export const noReason: Refusal = {
  code: 'reason_missing',
  field: 'reason',
  message: 'Dites pourquoi : le motif reste avec l’appel.',
};
export const alreadyApproved: Refusal = {
  code: 'already_approved',
  message: 'Cet accord est déjà donné.',
};
export const referentsMissing = byRule('R-91', {
  code: 'referents_missing',
  message: 'Il manque la déclaration d’un organisateur, avec sa personne référente.',
});
export const notAllApproved = (framed: boolean): Refusal =>
  whereFramed(framed, 'R-12', {
    code: 'not_all_approved',
    message: 'Chaque organisateur donne son accord avant la publication.',
  });
export const closed: Refusal = {
  code: 'call_closed',
  field: 'closes',
  message: 'La limite de dépôt est passée.',
};
export const shortened = (field: string): Refusal => ({
  code: 'shortened',
  field,
  message: 'Un additif peut repousser une date, jamais l’avancer : des porteurs comptent sur celle qui est publiée.',
});
