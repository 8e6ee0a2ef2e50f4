import type { AgencyKind, OrganisationRole } from '#platform/permissions.ts';

const written = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' });

/** A day as one says it: « 21 novembre 2026 ». */
export const saidDay = (day: Temporal.PlainDate | Temporal.Instant): string =>
  written.format(
    'epochMilliseconds' in day ? day.epochMilliseconds : day.toZonedDateTime('Europe/Paris').epochMilliseconds,
  );

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
