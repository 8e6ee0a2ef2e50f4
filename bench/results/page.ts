import type { Measure } from '../bench.ts';
import { holds } from './verdict.ts';

/** A measure that was made, or why it was not. */
export interface Outcome {
  readonly file: string;
  readonly measure: Measure | undefined;
  readonly seconds: number;
  /** Why there is none: « n’a pas abouti en 4 minutes ». */
  readonly trouble?: string;
}

/** What all measures found, as a page: first in a few sentences, then each with its method. */
export const resultsPage = (machine: string, day: string, outcomes: readonly Outcome[]): string => {
  const aimed = outcomes.flatMap(({ measure }) =>
    (measure?.rows ?? []).flatMap(({ label, value, aim }) =>
      aim === undefined ? [] : [{ name: measure?.name ?? '', label, value, aim, held: holds(value, aim) }],
    ),
  );
  const held = aimed.filter((row) => row.held === true);
  const missed = aimed.filter((row) => row.held === false);
  const unread = aimed.length - held.length - missed.length;
  const troubles = outcomes.flatMap(({ file, trouble }) => (trouble ? [`- bench/${file} ${trouble}.`] : []));
  const minutes = outcomes.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  return [
    '# Mesures\n',
    `Machine : ${machine}. Le ${day}, en ${Math.ceil(minutes)} min. Chaque mesure dit sa méthode ; \`npm run bench\` la refait.\n`,
    `${held.length} visées tenues, ${missed.length} non tenues${unread > 0 ? `, ${unread} à lire` : ''}.\n`,
    ...(missed.length > 0
      ? [
          '## Visées non tenues\n',
          ...missed.map(({ name, label, value, aim }) => `- ${name}, ${label} : ${value}, pour ${aim}.`),
          '',
        ]
      : []),
    ...(troubles.length > 0 ? ['## Mesures qui manquent\n', ...troubles, ''] : []),
    ...outcomes.flatMap(({ measure, seconds }) => (measure ? [sectionOf(measure, seconds)] : [])),
  ].join('\n');
};

/** One measure: its method, then its figures. */
export const sectionOf = ({ name, method, rows }: Measure, seconds: number): string =>
  [
    `## ${name}\n`,
    `${method} Mesuré en ${Math.round(seconds)} s.\n`,
    '| mesure | valeur | visée | |\n|---|---|---|---|',
    ...rows.map(
      ({ label, value, aim }) => `| ${label} | ${value} | ${aim ?? ''} | ${aim ? said(holds(value, aim)) : ''} |`,
    ),
    '',
  ].join('\n');

const said = (held: boolean | undefined): string => (held === undefined ? '' : held ? 'tenue' : '**non tenue**');
