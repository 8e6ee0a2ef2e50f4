import type { AgencyKind } from '#platform/permissions.ts';

/** An agency by its name, with its territory: « Caf, Finistère », « Mairie (Le Havre) ». */
export const agencyName = (agency: AgencyKind, territory: { readonly kind: string; readonly name: string }): string => {
  if (agency === 'ministry') return 'Ministère chargé des 1000 premiers jours';
  if (agency !== 'local') return `${names[agency]}, ${territory.name}`;
  return territory.kind === 'commune' ? `Mairie (${territory.name})` : territory.name;
};

const names: Readonly<Record<Exclude<AgencyKind, 'ministry' | 'local'>, string>> = {
  ars: 'Agence régionale de santé (ARS)',
  dreets: 'Dreets',
  caf: 'Caf',
  departement: 'Conseil départemental',
};
