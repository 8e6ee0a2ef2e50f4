/** The fields of a form as they are sent: several of one name are several. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** What to do with what somebody else wrote, name by name. */
export interface Merge {
  /** They changed it and we did not: theirs is shown. */
  readonly take: readonly string[];
  /** Both changed it, each otherwise: both are shown, and the person chooses. */
  readonly clash: readonly string[];
}

/**
 * Compares what somebody else wrote with what is typed here, field by field. `before` and `after`: as the server says it,
 * at the version that this page was written from and now. `kept` and `typed`: as this page shows it, then and now.
 */
export const mergeFields = (
  theirs: { before: Fields; after: Fields },
  ours: { kept: Fields; typed: Fields },
): Merge => {
  const [before, after] = [byName(theirs.before), byName(theirs.after)];
  const [kept, typed] = [byName(ours.kept), byName(ours.typed)];
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name) && after.get(name) !== typed.get(name),
  );
  const clash = changed.filter((name) => kept.get(name) !== typed.get(name));
  return { take: changed.filter((name) => !clash.includes(name)), clash };
};

/** Whether two forms say the same. */
export const sameFields = (one: Fields, other: Fields): boolean => {
  const [first, second] = [byName(one), byName(other)];
  return [...new Set([...first.keys(), ...second.keys()])].every(
    (name) => (first.get(name) ?? '') === (second.get(name) ?? ''),
  );
};

/** The values of a name. */
export const valuesOf = (fields: Fields, name: string): string[] =>
  fields.flatMap(([known, value]) => (known === name ? [value] : []));

/** The values of each name in one text, so that they compare. Line breaks of browsers are those of everybody. */
const byName = (fields: Fields): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const [name, value] of fields) {
    const plain = value.replaceAll(/\r\n?/g, '\n').trim();
    const known = found.get(name);
    found.set(name, known === undefined ? plain : `${known}\0${plain}`);
  }
  return found;
};
