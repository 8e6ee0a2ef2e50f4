/**
 * Keeps the latest things made from one version of what is in memory, by a text: the view of an address, the sheet of a
 * territory. They go with their version, so that nothing is ever told from an older one. At most `most` of each version;
 * a text of more than 300 signs is nobody's second question and is not kept. What is given back is shared: read only.
 */
export const keepPerVersion = <Version extends object, Made>(
  most: number,
): ((version: Version, text: string, make: () => Made) => Made) => {
  const versions = new WeakMap<Version, Map<string, Made>>();
  return (version, text, make) => {
    if (text.length > LONGEST) return make();
    const kept = versions.get(version) ?? new Map<string, Made>();
    versions.set(version, kept);
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make();
    kept.set(text, made);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return made;
  };
};

const LONGEST = 300;
