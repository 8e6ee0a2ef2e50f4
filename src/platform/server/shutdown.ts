/**
 * What must be finished before the process ends. The process (`server.ts`) and the built application hold two copies
 * of this file, hence the registry on `globalThis`.
 */
const key = Symbol.for('mille-jours.shutdown');
const registry = globalThis as typeof globalThis & { [key]?: Set<() => Promise<void>> };

/** Registers something to finish at the end. Called in the reverse order of registration. */
export const onShutdown = (finish: () => Promise<void>): void => {
  registry[key] ??= new Set();
  registry[key].add(finish);
};

/** Finishes all that was registered; one that fails does not keep the others from finishing. */
export const runShutdown = async (onTrouble: (error: unknown) => void): Promise<void> => {
  for (const finish of [...(registry[key] ?? [])].reverse()) await finish().catch(onTrouble);
  registry[key]?.clear();
};
