import { z } from 'zod';
import { formatDay } from '#messages/format.ts';
import { creditLines } from '../envelope.ts';
import { formatCents } from '../money.ts';
import { rules } from '../rule.ts';
import type { GrantLine } from './agreement.ts';

const line = z.string().max(300);
const long = z.string().max(10_000);
const cents = z.number().int().min(0).max(100_000_000_000);

/** What an agreement says, as its row keeps it: never changed, written again it is another row. */
export const termsSchema = z.object({
  /** Where it stands: the call, the application, the laureate. */
  call: line,
  application: line,
  number: z.number().int(),
  object: long,
  conditions: long,
  starts_on: z.iso.date(),
  ends_on: z.iso.date(),
  interim_on: z.union([z.iso.date(), z.literal('')]),
  decided_on: z.iso.date(),
  lines: z.array(z.object({ key: line.min(1), funder: line.min(1), line: z.enum(creditLines), cents })).max(20),
  schedule: z.array(z.object({ id: z.string().min(1).max(40), key: line.min(1), cents, on: z.iso.date() })).max(60),
  /** In the order in which they sign. */
  parties: z
    .array(
      z.object({
        ...{ id: z.string().min(1).max(40), kind: z.enum(['holder', 'funder']), organisation: line.min(1) },
        ...{ name: line.min(1), job: line },
      }),
    )
    .min(2)
    .max(12),
  indicators: z
    .array(
      z.object({
        ...{ id: z.string().min(1).max(40), axis: z.number().int().nullable(), title: line, unit: line },
        ...{ baseline: z.number().nullable(), target: z.number().nullable(), due: z.string().max(10) },
      }),
    )
    .max(40),
});
export type TermsContent = z.infer<typeof termsSchema>;

/** One part of the text of an agreement. */
export interface TextPart {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** What is said to whoever reads a prepared agreement: nobody takes our words for those of a legal service. */
export const toBeChecked =
  'Ces formulations sont celles de Mille jours, écrites simplement. Le service juridique de chaque partie les relit avant la signature.';

/** The State’s credits that are annual. */
export const annualLines: readonly GrantLine['line'][] = ['FIR', 'P304-17'];

/** The text of an agreement, in plain words, the same on the page and in the PDF. `amendment`: its number, from 1. */
export const agreementText = (terms: TermsContent, amendment = 0): readonly TextPart[] => {
  const day = (iso: string): string => formatDay('fr', iso);
  const holder = terms.parties.find(({ kind }) => kind === 'holder')?.organisation ?? '';
  const total = terms.lines.reduce((sum, one) => sum + one.cents, 0);
  const labelOf = new Map(terms.lines.map((one) => [one.key, lineLabel(one)]));
  return [
    {
      title: 'Les parties',
      paragraphs: terms.parties.map(
        ({ organisation, name, job, kind }) =>
          `${organisation}, ${kind === 'holder' ? 'structure porteuse' : 'financeur'}, par ${[name, job].filter(Boolean).join(', ')}.`,
      ),
    },
    {
      title: 'Ce que la convention concerne',
      paragraphs: [
        ...(amendment > 0
          ? [
              `Ceci est l’avenant n° ${amendment}. Une fois signé par toutes les parties, il remplace les termes précédents.`,
            ]
          : []),
        `Candidature n° ${terms.number}, « ${terms.application} », retenue à la suite de « ${terms.call} » par décision du ${day(terms.decided_on)}.`,
        ...paragraphs(terms.object),
      ],
    },
    {
      title: 'La durée',
      paragraphs: [`Du ${day(terms.starts_on)} au ${day(terms.ends_on)}.`],
    },
    {
      title: 'Les montants, par ligne de crédit',
      paragraphs: [
        terms.lines.length === 0
          ? 'Aucun montant : l’appui accordé n’est pas financier.'
          : `${formatCents(total)} en tout. Chaque ligne reste distincte.`,
        ...(terms.lines.some((one) => annualLines.includes(one.line))
          ? [
              `Les crédits de l’État sont annuels : « ${rules['R-36'].quotation} » (${rules['R-36'].reference}, R-36). Rien ici n’engage l’année suivante.`,
            ]
          : []),
      ],
      table: {
        columns: ['Ligne', 'Montant'],
        rows: terms.lines.map((one) => [lineLabel(one), formatCents(one.cents)]),
      },
    },
    {
      title: 'Les versements prévus',
      paragraphs: [],
      table: {
        columns: ['Ligne', 'Jour prévu', 'Montant'],
        rows: terms.schedule.map(({ key, on, cents: amount }) => [
          labelOf.get(key) ?? key,
          day(on),
          formatCents(amount),
        ]),
      },
    },
    {
      title: 'Ce qui sera mesuré',
      paragraphs: ['Les indicateurs sont ceux de la candidature déposée ; les bilans y répondent un par un.'],
      table: {
        columns: ['Indicateur', 'Départ', 'Cible'],
        rows: terms.indicators.map(({ title, unit, baseline, target }) => [
          title,
          valueWords(baseline, unit),
          valueWords(target, unit),
        ]),
      },
    },
    {
      title: 'Les bilans',
      paragraphs: [
        ...(terms.interim_on ? [`Un bilan intermédiaire est demandé le ${day(terms.interim_on)}.`] : []),
        `Le bilan final est demandé trente jours après la fin. ${holder} y dit, pour chaque indicateur, la valeur atteinte, ce qui a été dépensé, ce qui a changé pour les familles, et la suite.`,
      ],
    },
    ...(terms.conditions.trim() === ''
      ? []
      : [{ title: 'Autres engagements', paragraphs: paragraphs(terms.conditions) }]),
  ];
};

/** « ARS Bretagne, FIR » */
export const lineLabel = ({ funder, line: credit }: Pick<GrantLine, 'funder' | 'line'>): string =>
  credit === 'other' ? funder : `${funder}, ${credit}`;

/** « 120 familles », « non précisé ». */
export const valueWords = (value: number | null, unit: string): string =>
  value === null ? 'non précisé' : [String(value).replace('.', ','), unit].filter(Boolean).join(' ');

/** Payments on annual credits that are planned in a later year than the decision: to look at, nothing forbids them. */
export const laterYears = ({ schedule, lines, decided_on }: TermsContent): readonly string[] => {
  const annual = lines.filter((one) => annualLines.includes(one.line)).map(({ key }) => key);
  return schedule
    .filter(({ key, on }) => annual.includes(key) && on.slice(0, 4) > decided_on.slice(0, 4))
    .map(({ on }) => on);
};

const paragraphs = (text: string): string[] =>
  text
    .split(/\n+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
