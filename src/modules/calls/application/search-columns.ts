import type { ApplicationContent, ApplicationPart } from './content.ts';

/** What lists search an application by; kept on its row by whoever writes a part. Amounts in whole cents. */
export interface SearchColumns {
  readonly title: string;
  readonly holder: string;
  readonly siren: string;
  readonly asked_cents: number;
  readonly total_cents: number;
  readonly axes: readonly number[];
  readonly territories: readonly string[];
}

/** The columns that a part feeds; nothing for a part that lists do not search by. */
export const columnsOf = <Part extends ApplicationPart>(
  part: Part,
  content: ApplicationContent[Part],
): Partial<SearchColumns> => {
  const of = columns[part] as ((content: ApplicationContent[Part]) => Partial<SearchColumns>) | undefined;
  return of?.(content) ?? {};
};

/** The number of the company in a SIRET of fourteen digits; empty when there is none. */
export const sirenOf = (siret: string): string => /^(\d{9})\d{5}$/.exec(siret.replaceAll(/\D/g, ''))?.[1] ?? '';

const columns: { readonly [Part in ApplicationPart]?: (content: ApplicationContent[Part]) => Partial<SearchColumns> } =
  {
    project: ({ title }) => ({ title }),
    holder: ({ name, siret }) => ({ holder: name, siren: sirenOf(siret) }),
    territory: ({ territories }) => ({ territories }),
    axes: ({ axes }) => ({ axes }),
    budget: ({ expenses, resources }) => ({
      asked_cents: sum(resources.filter(({ source }) => source === 'call')),
      total_cents: sum(expenses),
    }),
  };

const sum = (lines: readonly { readonly cents: number }[]): number => lines.reduce((all, { cents }) => all + cents, 0);
