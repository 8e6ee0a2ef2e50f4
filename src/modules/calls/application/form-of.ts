import type { ApplicationContent, ApplicationPart } from './content.ts';

/** The fields of a form, each with one value; several of one name are several. */
export type FormFields = readonly (readonly [name: string, value: string])[];

/**
 * A part as its form would send it: read again by `readPartForm`, it gives the same part. Nothing for the budget and the
 * indicators, whose lines a page draws by itself.
 */
export const formOf = <Part extends ApplicationPart>(
  part: Part,
  content: ApplicationContent[Part],
): FormFields | undefined => makers[part]?.(content);

const makers: { readonly [Part in ApplicationPart]?: (content: ApplicationContent[Part]) => FormFields } = {
  project: (content) => Object.entries(content),
  holder: ({ commune, ...content }) => [...Object.entries(content), ['commune', commune], ['commune_code', commune]],
  partners: ({ partners }) => partners.flatMap((row, at) => rowOf(row, at)),
  territory: ({ territories, words }) => [
    ['listed', '1'],
    ...territories.map((scope) => ['territories', scope] as const),
    ['words', words],
  ],
  axes: ({ axes, words }) => [...axes.map((axis) => ['axes', String(axis)] as const), ['words', words]],
  audience: ({ words, families, stages }) => [
    ['words', words],
    ['families', families],
    ...stages.map((stage) => ['stages', stage] as const),
  ],
  calendar: ({ starts_on, ends_on, steps }) => [
    ...dayOf('starts_on', starts_on),
    ...dayOf('ends_on', ends_on),
    ...steps.flatMap(({ title, on }, at) => [[`title-${at}`, title] as const, ...dayOf(`on-${at}`, on)]),
  ],
  questions: ({ answers }) => answers.map((answer, at) => [`answers-${at}`, answer]),
};

const rowOf = (row: Readonly<Record<string, string>>, at: number): FormFields =>
  Object.entries(row).map(([name, value]) => [`${name}-${at}`, value]);

const dayOf = (name: string, iso: string): FormFields => {
  const [year = '', month = '', day = ''] = iso.split('-');
  return [
    [`${name}_jour`, day],
    [`${name}_mois`, month],
    [`${name}_annee`, year],
  ];
};
