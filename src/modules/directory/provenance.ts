/** Where one field comes from: a source and the day it said so. */
export interface FieldOrigin {
  /** Identifier of the source: `finess`, `document-004`; `person` for what somebody corrected by hand. */
  readonly source: string;
  /** ISO date on which the source said it; null when the source has no date. */
  readonly on: string | null;
}

/** Field → origin. */
export type Provenance = Readonly<Record<string, FieldOrigin>>;

/** The source of what a person corrected. No import overwrites it. */
export const PERSON = 'person';

export interface Merge<Fields> {
  readonly fields: Fields;
  readonly provenance: Provenance;
  /** The fields whose value is another than before. */
  readonly changed: readonly string[];
  /** The fields that the source wanted otherwise and that a person's correction kept. */
  readonly kept: readonly string[];
}

/**
 * What a row becomes when `origin` tells `incoming` of it. A field that the source does not mention stays; one that a
 * person corrected stays too, unless it is a person who speaks; so does what another source told, which came with a merge,
 * when this one has nothing to say of it. Telling the same again changes nothing, not even a date:
 * the day of a field is the day from which the source has said so.
 */
export const mergeFields = <Fields extends object>(
  existing: { readonly fields: Fields; readonly provenance: Provenance } | undefined,
  incoming: Fields,
  origin: FieldOrigin,
): Merge<Fields> => {
  const fields: Record<string, unknown> = { ...existing?.fields };
  const provenance: Record<string, FieldOrigin> = { ...existing?.provenance };
  const changed: string[] = [];
  const kept: string[] = [];
  for (const [name, value] of Object.entries(incoming)) {
    if (value === undefined) continue;
    const same = sameValue(fields[name] ?? null, value);
    if (same && (name in provenance || isNothing(value))) continue;
    if (provenance[name]?.source === PERSON && origin.source !== PERSON) {
      if (!same) kept.push(name);
      continue;
    }
    const told = provenance[name]?.source;
    if (isNothing(value) && told !== undefined && told !== origin.source && origin.source !== PERSON) continue;
    if (!same) changed.push(name);
    fields[name] = value;
    provenance[name] = origin;
  }
  return { fields: fields as Fields, provenance, changed, kept };
};

const isNothing = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

const sameValue = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
