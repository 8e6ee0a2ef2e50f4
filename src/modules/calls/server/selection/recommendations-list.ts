import type { List } from '#platform/server/lists/list.ts';
import { supportWords } from '../../after/support.ts';
import type { SupportLine } from '../after/supports.ts';
import { followWords, type recommendationsOf } from './recommendations.ts';

type Recommendation = Awaited<ReturnType<typeof recommendationsOf>>[number];

/** One line of the list: a recommendation, or a step of a technical support. */
interface Line {
  readonly what: string;
  readonly about: string;
  readonly words: string;
  readonly by: string;
  readonly on: string;
  readonly said: string;
  readonly last: string;
}

/** Recommendations, then the steps of technical supports, as a list to take away. `nameOf`, `dayOf`: as the page says them. */
export const recommendationsList = (
  call: { readonly title: string; readonly slug: string; readonly madeOn: string },
  recommendations: readonly Recommendation[],
  supports: ReadonlyMap<string, readonly SupportLine[]>,
  { nameOf, dayOf }: { nameOf: (id: string | null) => string; dayOf: (at: Temporal.Instant | string) => string },
): List<Line> => ({
  ...{ title: `Préconisations : ${call.title}`, file: `preconisations-${call.slug}`, madeOn: call.madeOn },
  subject: 'Les préconisations, les étapes des accompagnements techniques, et ce que chacune est devenue.',
  rows: [
    ...recommendations.map(({ application, text, author_name, written_at, status, steps }) => ({
      ...{ what: 'Préconisation', about: nameOf(application), words: text, by: author_name, on: dayOf(written_at) },
      ...{ said: followWords[status], last: steps.at(-1)?.words ?? '' },
    })),
    ...[...supports].flatMap(([application, steps]) =>
      steps.map(({ words, by, on, status, settled }) => ({
        ...{ what: 'Étape d’accompagnement', about: nameOf(application), words, by: sides[by], on },
        ...{ said: supportWords[status], last: settled ? `${settled.on} ${settled.words}`.trim() : '' },
      })),
    ),
  ],
  columns: [
    { title: 'Nature', kind: 'text', of: ({ what }) => what },
    { title: 'Projet', kind: 'text', of: ({ about }) => about },
    { title: 'Ce qui est dit ou prévu', kind: 'text', of: ({ words }) => words },
    { title: 'Par', kind: 'text', of: ({ by }) => by },
    { title: 'Le', kind: 'text', of: ({ on }) => on },
    { title: 'Où elle en est', kind: 'text', of: ({ said }) => said },
    { title: 'Dernière note', kind: 'text', of: ({ last }) => last },
  ],
});

const sides = { holder: 'La structure porteuse', organiser: 'Les organisateurs' } as const;
