/** What a total calls for, from the most pressing. */
export type BandId = 'soon' | 'this-week' | 'again' | 'steady';

interface Band {
  readonly id: BandId;
  /** Lowest total of the band, on 30. */
  readonly from: number;
  readonly source: string;
}

const bands: readonly [Band, ...Band[]] = [
  {
    id: 'soon',
    from: 13,
    source:
      'Enquête nationale périnatale 2021, Santé publique France (BEH 18/2023) : symptômes dépressifs à partir de 13',
  },
  {
    id: 'this-week',
    from: 11,
    source: 'Seuil français le plus cité depuis Guedeney et Fermanian, 1998 : à partir de 11',
  },
  { id: 'again', from: 9, source: 'Teissèdre et Chabrol, 2004 (859 mères, repérage précoce) : à partir de 9' },
  { id: 'steady', from: 0, source: 'Sous 9' },
];

/**
 * The one scale of the house. Screen, print and text read it; nothing else knows a threshold.
 * Changing a figure means a new version, and a new reading by the operator's clinician (docs/decisions/0020-epds.md).
 */
export const epdsScale = {
  version: '1',
  bands,
  /** EPDS-3A: items 3, 4 and 5 together. Source: Enquête nationale périnatale 2021 (BEH 18/2023). */
  anxiety: { items: new Set<number>([3, 4, 5]), from: 5 },
  /** Source: Enquête nationale périnatale 2021 (BEH 18/2023): any answer of item 10 other than « Jamais ». */
  crisis: { item: 10, from: 1 },
} as const;

/** The band of a total of 0 to 30. */
export const bandOf = (total: number): BandId => bands.find((band) => total >= band.from)?.id ?? 'steady';
