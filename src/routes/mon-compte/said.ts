import { formatDay } from '#messages/format.ts';
import { dayAt } from '#platform/clock.ts';
import type { AgencyKind, OrganisationRole } from '#platform/permissions.ts';

/** A day, or the day of a moment in Paris, as one says it: « 21 novembre 2026 », « 1er décembre 2026 ». */
export const saidDay = (day: Temporal.PlainDate | Temporal.Instant): string =>
  formatDay('fr', ('epochMilliseconds' in day ? dayAt(day, 'Europe/Paris') : day).toString());

/** A role in an organisation, in a word. */
export const saidRole: Readonly<Record<OrganisationRole, string>> = {
  owner: 'responsable',
  editor: 'rédaction',
  reader: 'lecture',
};

/** An agency, in a word. */
export const saidAgency: Readonly<Record<AgencyKind, string>> = {
  ministry: 'Ministère',
  ars: 'ARS (agence régionale de santé)',
  dreets: 'Dreets',
  caf: 'Caf',
  departement: 'Département et PMI',
  local: 'Commune ou intercommunalité',
};
