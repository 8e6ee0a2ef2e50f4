/** What an identifier of the HSDS names: one number each, never used again. */
const kinds = {
  ...{ service: 1, organization: 2, location: 3, service_at_location: 4, phone: 5, address: 6, schedule: 7 },
  ...{ service_area: 8, language: 9, accessibility: 10, attribute: 11, taxonomy: 12, taxonomy_term: 13 },
  ...{ organization_identifier: 14 },
} as const;
export type UuidKind = keyof typeof kinds;

/**
 * Makes the UUIDs that the HSDS asks for out of our own numbers (version 8, RFC 9562): who publishes (48 bits, `publisher`
 * in hexadecimal), what is named (12 bits), a rank within it (0 to 16383), the number of the row. The same row has the same
 * UUID in every export, and two publishers never give the same one to different rows.
 */
export const uuidMaker =
  (publisher: string) =>
  (kind: UuidKind, id: number, rank = 0): string => {
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
    const start = publisher.slice(0, 12).padEnd(12, '0');
    return `${start.slice(0, 8)}-${start.slice(8)}-8${hex(kinds[kind], 3)}-${hex(0x8000 + rank, 4)}-${hex(id, 12)}`;
  };
export type Uuid = ReturnType<typeof uuidMaker>;
