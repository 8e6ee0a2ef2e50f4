import { formatCents, type LineUse, pooledUse } from '#modules/calls/index.ts';

/** What envelopes hold, for the table that shows them; pooled, a line more that is only a view. */
export const saidUses = (uses: readonly LineUse[], pooled: boolean) => {
  const line = (id: string, name: string, { total, given, left }: Pick<LineUse, 'total' | 'given' | 'left'>) => ({
    ...{ id, line: name, total: formatCents(total), given: formatCents(given), over: left < 0 },
    left: left < 0 ? `−${formatCents(-left)}` : formatCents(left),
  });
  return [
    ...uses.map((use) => line(use.key, lineName(use), use)),
    ...(pooled && uses.length > 1 ? [line('pooled', 'Ensemble (pour information)', pooledUse(uses))] : []),
  ];
};

/** « ARS (FIR) », or the name of another funder. */
export const lineName = ({ funder, line }: Pick<LineUse, 'funder' | 'line'>): string =>
  line === 'other' ? funder : `${funder} (${line})`;
